//! A data plane that answers the same to everything, and remembers what it was asked.

use std::sync::Mutex;

use async_trait::async_trait;
use paifang_api_huawei::{DebugAnswer, DebugRefused, DebugRequest, Debugger};

#[derive(Default)]
pub(crate) struct FakeDebugger(Mutex<Vec<DebugRequest>>);

impl FakeDebugger {
    pub(crate) fn last(&self) -> DebugRequest {
        self.0.lock().unwrap().last().unwrap().clone()
    }
}

#[async_trait]
impl Debugger for FakeDebugger {
    async fn debug(&self, request: DebugRequest) -> Result<DebugAnswer, DebugRefused> {
        let text = |value: &axum::http::HeaderValue| value.to_str().unwrap().to_owned();
        let sent = request.headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect();
        let not_served = request.path == "/nowhere";
        self.0.lock().unwrap().push(request);
        if not_served {
            return Err(DebugRefused::NotServed("it serves nothing".to_owned()));
        }
        Ok(DebugAnswer {
            sent,
            status: 200,
            headers: vec![("Content-Type".to_owned(), "application/json".to_owned())],
            body: "mock success".into(),
            truncated: false,
            latency_ms: 7,
            log: vec!["the route was found".to_owned(), "the gateway answers itself".to_owned()],
        })
    }
}

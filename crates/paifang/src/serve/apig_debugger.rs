//! The same debugger for the façade: its requests and answers in the words of the native port.

use std::net::{IpAddr, Ipv4Addr};

use async_trait::async_trait;
use paifang_api_huawei as apig;
use paifang_api_native as native;

/// A debugger of the native interface, as the façade knows one.
pub(super) struct Apig<D>(pub(super) D);

#[async_trait]
impl<D: native::Debugger> apig::Debugger for Apig<D> {
    async fn debug(&self, request: apig::DebugRequest) -> Result<apig::DebugAnswer, apig::DebugRefused> {
        self.0.debug(asked(request)).await.map(answered).map_err(refused)
    }
}

fn asked(request: apig::DebugRequest) -> native::DebugRequest {
    native::DebugRequest {
        api: request.api,
        group: request.group,
        target: match request.target {
            apig::DebugTarget::Stage(stage) => native::DebugTarget::Stage(stage),
            apig::DebugTarget::Draft(definition) => native::DebugTarget::Draft(definition),
        },
        scheme: request.scheme,
        method: request.method,
        path: request.path,
        query: request.query,
        headers: request.headers,
        body: request.body,
        caller: match request.caller {
            apig::DebugCaller::Owner => native::DebugCaller::Waived,
            apig::DebugCaller::App { key, secret } => native::DebugCaller::AppKey { key, secret },
        },
        source: IpAddr::V4(Ipv4Addr::LOCALHOST),
    }
}

fn answered(answer: native::DebugAnswer) -> apig::DebugAnswer {
    apig::DebugAnswer {
        sent: answer.sent.headers,
        status: answer.status,
        headers: answer.headers,
        body: answer.body,
        truncated: answer.truncated,
        latency_ms: answer.latency_ms,
        log: answer.decisions.into_iter().map(|decision| decision.what).collect(),
    }
}

fn refused(refused: native::DebugRefused) -> apig::DebugRefused {
    match refused {
        native::DebugRefused::Invalid(violations) => apig::DebugRefused::Invalid(violations),
        native::DebugRefused::NotServed(why) => apig::DebugRefused::NotServed(why),
        native::DebugRefused::Unavailable(why) => apig::DebugRefused::Unavailable(why),
    }
}

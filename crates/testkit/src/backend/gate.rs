//! A backend that answers when it is told to.

use std::convert::Infallible;

use bytes::Bytes;
use http_body_util::Full;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::sync::watch;

use super::Backend;

/// Keeps the callers of a backend waiting.
#[derive(Debug)]
pub struct Gate(watch::Sender<bool>);

impl Gate {
    /// Lets them through, now and later.
    pub fn open(&self) {
        self.0.send_replace(true);
    }
}

impl Backend {
    /// Answers 200 with an empty body, but lets callers wait until the gate is opened.
    pub async fn behind_a_gate() -> (Self, Gate) {
        let (gate, opened) = watch::channel(false);
        let backend = Self::listening(move |stream, backend, _| {
            let opened = opened.clone();
            async move {
                let service = service_fn(move |request| {
                    let (backend, mut opened) = (backend.clone(), opened.clone());
                    async move {
                        backend.record(request).await;
                        // A gate that is gone lets everybody through.
                        let _ = opened.wait_for(|open| *open).await;
                        Ok::<_, Infallible>(http::Response::new(Full::new(Bytes::new())))
                    }
                });
                let http1 = hyper::server::conn::http1::Builder::new();
                let _ = http1.serve_connection(TokioIo::new(stream), service).await;
            }
        });
        (backend.await, Gate(gate))
    }
}

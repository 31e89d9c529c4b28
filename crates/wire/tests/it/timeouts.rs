//! Time runs out, and the error says waiting for what.

use std::time::Duration;

use paifang_wire::{
    Attempt, Body, Frame, Method, Origin, SendError, SendFailure, TimeoutPhase, TlsClient, TlsClientSettings,
    TlsTarget, Verification, WireError,
};
use tokio::net::TcpStream;

use crate::support::{get, pool, raw, request, within, worker};

const SHORT: Duration = Duration::from_millis(60);

/// Accepts, reads nothing, says nothing.
async fn silent() -> Origin {
    Origin::http1(
        raw(|stream: TcpStream, _| async move {
            std::future::pending::<()>().await;
            drop(stream)
        })
        .await,
    )
}

#[track_caller]
fn assert_late(error: &SendError, phase: TimeoutPhase, attempt: Attempt) {
    assert!(matches!(error.failure, SendFailure::Timeout { phase: found } if found == phase), "{error:?}");
    assert_eq!(error.attempt, attempt);
}

#[test]
fn a_backend_that_never_replies() {
    worker(async {
        let origin = silent().await;
        let error = pool().send(&origin, get("/"), &within(SHORT)).await.unwrap_err();
        assert_late(&error, TimeoutPhase::Head, Attempt::Sent);
        let h2c = Origin { protocol: paifang_wire::Protocol::H2c, ..origin };
        let error = pool().send(&h2c, get("/"), &within(SHORT)).await.unwrap_err();
        assert_late(&error, TimeoutPhase::Head, Attempt::Sent);
    });
}

#[test]
fn a_client_that_never_finishes_its_upload() {
    worker(async {
        let frames = futures_util::stream::pending::<Result<Frame, WireError>>();
        let post = request(Method::POST, "/", Body::stream(Some(10), frames));
        let error = pool().send(&silent().await, post, &within(SHORT)).await.unwrap_err();
        assert_late(&error, TimeoutPhase::Send, Attempt::Sent);
    });
}

#[test]
fn a_backend_that_never_shakes_hands() {
    worker(async {
        let settings = TlsClientSettings { verification: Verification::DangerNone, ..Default::default() };
        let tls = TlsTarget::new(TlsClient::new(settings).unwrap(), "backend.test").unwrap();
        let origin = Origin { tls: Some(tls), ..silent().await };
        let error = pool().send(&origin, get("/"), &within(SHORT)).await.unwrap_err();
        assert_late(&error, TimeoutPhase::Handshake, Attempt::NotSent);
    });
}

//! Bodies that stop arriving end by themselves, whatever they come from.

use std::time::Duration;

use paifang_wire::{
    Body, ByteBudget, CollectError, Frame, Method, Origin, Protocol, Request, ServerSettings, WireError,
};

use crate::support::{ok, pool, request, serve_with, soon, text, worker};

const SHORT: Duration = Duration::from_millis(60);

fn silent() -> Body {
    Body::stream(Some(10), futures_util::stream::pending::<Result<Frame, WireError>>())
}

#[test]
fn a_body_that_is_waited_for_in_vain_fails() {
    worker(async {
        let collected = silent().stalls_after(SHORT).collect(100, &ByteBudget::default()).await;
        assert!(matches!(collected, Err(CollectError::Wire(WireError::Stalled { .. }))), "{collected:?}");
    });
}

/// The connection lives on: only the stream is at fault.
#[test]
fn an_upload_over_http2_that_stops_is_noticed() {
    worker(async {
        let settings = ServerSettings { body_idle: SHORT, ..ServerSettings::default() };
        let served = serve_with(settings, |request: Request| async move {
            match request.body.collect(100, &ByteBudget::default()).await {
                Ok(_) => ok("all of it"),
                Err(error) => ok(format!("{error}")),
            }
        })
        .await;
        let (pool, origin) = (pool(), Origin { protocol: Protocol::H2c, ..served.origin() });
        let stalled = pool.send(&origin, request(Method::POST, "/", silent()), &soon()).await.unwrap();
        assert_eq!(text(stalled).await, "the body broke off");
        let whole = pool.send(&origin, request(Method::POST, "/", Body::full("x")), &soon()).await.unwrap();
        assert_eq!(text(whole).await, "all of it");
        assert_eq!(served.accepted.get(), 1);
    });
}

//! HTTP/2: what was not sent before GOAWAY, or came too late for it, belongs on the next connection (RFC 9113 §6.8).

use bytes::Bytes;
use http_body_util::{BodyExt as _, Empty};
use hyper::client::conn::http2::{SendRequest, handshake};
use hyper_util::rt::{TokioExecutor, TokioIo};

use super::State;

/// Calls at a time.
const AT_ONCE: usize = 4;

/// Calls over one connection for as long as it lasts.
pub(super) async fn calls(state: &State) -> Result<(), String> {
    let stream = state.connect("h2").await?;
    let opened = handshake::<_, _, Empty<Bytes>>(TokioExecutor::new(), TokioIo::new(stream)).await;
    let (sender, connection) = opened.map_err(|error| format!("no handshake: {error}"))?;
    tokio::spawn(connection);
    let lanes = (0..AT_ONCE).map(|_| lane(state, sender.clone()));
    let lanes: Vec<Result<(), String>> = futures_util::future::join_all(lanes).await;
    lanes.into_iter().collect()
}

async fn lane(state: &State, mut sender: SendRequest<Empty<Bytes>>) -> Result<(), String> {
    while !state.is_over() {
        if sender.ready().await.is_err() {
            return Ok(());
        }
        let uri = format!("http://{}{}", state.target.host, state.target.path);
        let request = http::Request::get(uri).body(Empty::new()).unwrap();
        let response = match sender.try_send_request(request).await {
            Ok(response) => response,
            Err(mut error) => {
                // Where the request comes back, it never left.
                let is_unsent = error.take_message().is_some();
                let error = error.into_error();
                return if is_unsent || came_too_late(&error) {
                    Ok(())
                } else {
                    Err(format!("no answer: {error:?}"))
                };
            }
        };
        let status = response.status();
        let body = response.into_body().collect().await.map_err(|error| format!("broken off: {error:?}"))?;
        if status != http::StatusCode::OK {
            return Err(format!("{status} {}", String::from_utf8_lossy(&body.to_bytes())));
        }
        state.answered();
    }
    Ok(())
}

/// The last GOAWAY names a stream before this one: nobody has looked at it. The client's library answers the server's ping before it writes
/// requests that it has numbered already.
fn came_too_late(error: &hyper::Error) -> bool {
    let source = std::error::Error::source(error).and_then(|source| source.downcast_ref::<h2::Error>());
    source.is_some_and(|error| {
        error.is_go_away() && error.is_remote() && error.reason() == Some(h2::Reason::NO_ERROR)
    })
}

//! A request that failed early is sent again with the same body.

use paifang_wire::{Attempt, Body, Frame, Method, Origin, WireError};
use tokio::io::AsyncWriteExt;

use crate::support::{bytes, pool, raw, read_until, request, soon, text, worker};

fn streaming() -> Body {
    let frames = ["one ", "two ", "three"].map(|piece| Ok(Frame::Data(piece.into())));
    Body::stream(Some(13), futures_util::stream::iter(frames))
}

#[test]
fn a_streamed_body_is_sent_twice() {
    worker(async {
        let address = raw(|mut stream, number| async move {
            let seen = read_until(&mut stream, "three").await;
            assert!(seen.contains("content-length: 13"), "{seen}");
            if number > 0 {
                stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok").await.unwrap();
            }
        })
        .await;
        let (pool, origin) = (pool(), Origin::http1(address));
        let (body, replay) = streaming().replayable(64 * 1024);
        let failed = pool.send(&origin, request(Method::PUT, "/", body), &soon()).await.unwrap_err();
        assert_eq!(failed.attempt, Attempt::Sent);
        let again = request(Method::PUT, "/", replay.reset().unwrap());
        assert_eq!(text(pool.send(&origin, again, &soon()).await.unwrap()).await, "ok");
    });
}

#[test]
fn the_rest_follows_what_was_kept() {
    worker(async {
        let (mut body, replay) = streaming().replayable(100);
        assert_eq!(body.declared_length(), Some(13));
        assert!(body.next().await.unwrap().is_ok());
        let again = replay.reset().unwrap();
        assert_eq!(again.declared_length(), Some(13));
        assert!(matches!(body.next().await, Some(Err(WireError::Superseded))));
        assert_eq!(bytes(again).await, "one two three");
        assert_eq!(bytes(replay.reset().unwrap()).await, "one two three");
    });
}

#[test]
fn more_than_may_be_kept_cannot_be_replayed_but_is_still_read() {
    worker(async {
        let (body, replay) = streaming().replayable(5);
        assert_eq!(bytes(body).await, "one two three");
        assert!(replay.reset().is_none());
    });
}

#[test]
fn a_body_in_memory_is_shared() {
    worker(async {
        let (body, replay) = Body::full("whole").replayable(1);
        assert_eq!(bytes(body).await, "whole");
        assert_eq!(bytes(replay.reset().unwrap()).await, "whole");
    });
}

//! HTTP/2, with prior knowledge on both sides.

use std::cell::Cell;
use std::rc::Rc;

use paifang_wire::{
    Attempt, Body, ByteBudget, Method, Origin, Protocol, Request, SendFailure, Version, host_of,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::Notify;

use crate::messages::{body_with_trailer, echo_trailers};
use crate::support::{
    Served, bytes, chunks, echo, get, ok, pool, raw, read_until, request, serve, soon, text, with, worker,
};

fn h2c(served: &Served) -> Origin {
    Origin { protocol: Protocol::H2c, ..served.origin() }
}

#[test]
fn many_requests_share_one_connection() {
    worker(async {
        let backend = serve(|request: Request| async move {
            assert_eq!(request.head.version, Version::HTTP_2);
            ok(format!("{}{}", host_of(&request.head).unwrap(), request.head.target))
        })
        .await;
        let (pool, origin) = (pool(), h2c(&backend));
        let send = |n: usize| {
            let (pool, origin) = (pool.clone(), origin.clone());
            async move {
                let get = with(get(&format!("/{n}")), "host", "a.test:99");
                text(pool.send(&origin, get, &soon()).await.unwrap()).await
            }
        };
        let replies = futures_util::future::join_all((0..20).map(send)).await;
        assert_eq!(replies[7], "a.test/7");
        assert_eq!(backend.accepted.get(), 1);
    });
}

#[test]
fn a_plain_listener_speaks_both_versions() {
    worker(async {
        let served = serve(|request: Request| async move { ok(format!("{:?}", request.head.version)) }).await;
        let pool = pool();
        for (origin, version) in [(served.origin(), "HTTP/1.1"), (h2c(&served), "HTTP/2.0")] {
            assert_eq!(text(pool.send(&origin, get("/"), &soon()).await.unwrap()).await, version);
        }
        // The preface's first letters are also a method's.
        let mut client = served.connect().await;
        for piece in ["P", "RI", "NT / HTTP/1.1\r\nhost: a\r\n\r\n"] {
            client.write_all(piece.as_bytes()).await.unwrap();
        }
        assert!(read_until(&mut client, "HTTP/1.1").await.starts_with("HTTP/1.1 200"));
    });
}

#[test]
fn trailers_pass_both_ways() {
    worker(async {
        let backend = serve(echo_trailers).await;
        let post = request(Method::POST, "/", body_with_trailer());
        let reply = pool().send(&h2c(&backend), post, &soon()).await.unwrap();
        let collected = reply.body.collect(100, &ByteBudget::default()).await.unwrap();
        assert_eq!(collected.bytes, "data");
        assert_eq!(collected.trailers.unwrap().text("x-sum"), Some("42"));
    });
}

#[test]
fn a_body_larger_than_all_windows_comes_back() {
    worker(async {
        let backend = serve(echo).await;
        let upload = Body::stream(None, chunks(160, 64 * 1024, Rc::default()));
        let reply = pool().send(&h2c(&backend), request(Method::POST, "/", upload), &soon()).await.unwrap();
        assert_eq!(bytes(reply.body).await.len(), 160 * 64 * 1024);
    });
}

#[test]
fn a_request_given_up_cancels_its_handler() {
    worker(async {
        let (started, dropped) = (Rc::new(Notify::new()), Rc::new(Notify::new()));
        let (start, gone) = (Rc::clone(&started), Rc::clone(&dropped));
        let backend = serve(move |_| {
            let guard = crate::cancel::Guard(Rc::clone(&gone));
            start.notify_one();
            async move {
                let _guard = guard;
                std::future::pending().await
            }
        })
        .await;
        let (pool, origin) = (pool(), h2c(&backend));
        let sent = tokio::task::spawn_local(async move { pool.send(&origin, get("/"), &soon()).await });
        started.notified().await;
        sent.abort();
        dropped.notified().await;
    });
}

/// An HTTP/2 frame (RFC 9113 §4.1).
fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let mut frame = (payload.len() as u32).to_be_bytes()[1..].to_vec();
    frame.extend([kind, flags]);
    frame.extend(stream.to_be_bytes());
    frame.extend(payload);
    frame
}

#[test]
fn a_refused_stream_was_not_sent() {
    worker(async {
        let connections = Rc::new(Cell::new(0));
        let count = Rc::clone(&connections);
        let address = raw(move |mut stream, number| {
            count.set(number + 1);
            async move {
                const SETTINGS: u8 = 4;
                const RST_STREAM: u8 = 3;
                const HEADERS: u8 = 1;
                const ACK: u8 = 1;
                stream.write_all(&frame(SETTINGS, 0, 0, &[])).await.unwrap();
                stream.read_exact(&mut [0; 24]).await.unwrap();
                loop {
                    let mut head = [0; 9];
                    stream.read_exact(&mut head).await.unwrap();
                    let length = u32::from_be_bytes([0, head[0], head[1], head[2]]) as usize;
                    stream.read_exact(&mut vec![0; length]).await.unwrap();
                    if head[3] == SETTINGS && head[4] & ACK == 0 {
                        stream.write_all(&frame(SETTINGS, ACK, 0, &[])).await.unwrap();
                    }
                    if head[3] == HEADERS {
                        let refused = 7u32.to_be_bytes();
                        stream.write_all(&frame(RST_STREAM, 0, 1, &refused)).await.unwrap();
                    }
                }
            }
        })
        .await;
        let origin = Origin { protocol: Protocol::H2c, ..Origin::http1(address) };
        let error = pool().send(&origin, get("/"), &soon()).await.unwrap_err();
        assert_eq!(error.attempt, Attempt::NotSent, "{error:?}");
        assert!(matches!(error.failure, SendFailure::Protocol(_)), "{error:?}");
        assert_eq!(connections.get(), 1);
    });
}

/// As when a backend was asked with `HEAD` for a client's `GET`: a client takes the stream for broken (RFC 9113 §8.1.1).
#[test]
fn a_length_that_no_body_follows_is_corrected() {
    worker(async {
        let served = serve(|_| async {
            let mut reply = ok("");
            reply.head.headers.insert("content-length", paifang_wire::HeaderValue::from_static("10"));
            reply
        })
        .await;
        let reply = pool().send(&h2c(&served), get("/"), &soon()).await.unwrap();
        assert_eq!(reply.head.headers.text("content-length"), Some("0"));
        assert_eq!(text(reply).await, "");
    });
}

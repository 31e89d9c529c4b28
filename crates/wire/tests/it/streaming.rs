//! Bodies of any size pass in both directions without being held.

use std::cell::Cell;
use std::rc::Rc;

use bytes::Bytes;
use paifang_wire::{Body, Frame, Method, OutgoingRequest, Reply, Request, StatusCode, strip_hop_by_hop};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::support::{Served, chunks, echo, pool, read_until, request, serve, soon, worker};

const CHUNK: usize = 64 * 1024;

#[test]
fn a_small_reader_holds_a_big_sender_back() {
    worker(async {
        const COUNT: usize = 960;
        let made = Rc::new(Cell::new(0));
        let count = Rc::clone(&made);
        let backend = serve(move |_| {
            let body = Body::stream(None, chunks(COUNT, CHUNK, Rc::clone(&count)));
            async { Reply::new(StatusCode::OK, body) }
        })
        .await;
        let mut client = backend.connect().await;
        client.write_all(b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await.unwrap();
        let (mut read, mut ahead, mut piece) = (0, 0, vec![0; 4096]);
        loop {
            let n = client.read(&mut piece).await.unwrap();
            if n == 0 {
                break;
            }
            read += n;
            ahead = ahead.max(made.get().saturating_sub(read));
        }
        assert_eq!(made.get(), COUNT * CHUNK);
        assert!(read > COUNT * CHUNK, "everything arrived, with the framing of chunks");
        assert!(ahead < COUNT * CHUNK / 2, "{ahead} bytes were made before anybody wanted them");
    });
}

#[test]
fn twenty_megabytes_go_through_a_proxy_and_come_back() {
    worker(async {
        let backend = serve(echo).await;
        let front = proxy(&backend).await;
        let upload = Body::stream(None, chunks(320, CHUNK, Rc::default()));
        let mut reply =
            pool().send(&front.origin(), request(Method::POST, "/", upload), &soon()).await.unwrap();
        let mut length = 0;
        while let Some(frame) = reply.body.next().await {
            if let Frame::Data(data) = frame.unwrap() {
                length += data.len();
            }
        }
        assert_eq!(length, 320 * CHUNK);
    });
}

#[test]
fn an_upload_of_known_length_is_announced_and_the_connection_used_again() {
    worker(async {
        let backend = serve(|request: Request| async move {
            let announced = request.body.declared_length();
            let length = crate::support::bytes(request.body).await.len();
            crate::support::ok(format!("{announced:?} {length}"))
        })
        .await;
        let pool = pool();
        for _ in 0..3 {
            let upload = Body::stream(Some(10 * 1024), chunks(10, 1024, Rc::default()));
            let reply =
                pool.send(&backend.origin(), request(Method::PUT, "/", upload), &soon()).await.unwrap();
            assert_eq!(crate::support::text(reply).await, "Some(10240) 10240");
        }
        assert_eq!(backend.accepted.get(), 1);
    });
}

#[test]
fn the_body_is_asked_for_only_when_it_is_wanted() {
    worker(async {
        let served = serve(|request: Request| async move {
            if request.head.target.raw_path() == "/no" {
                return Reply::new(StatusCode::UNAUTHORIZED, Body::empty());
            }
            Reply::new(StatusCode::OK, Body::full(crate::support::bytes(request.body).await))
        })
        .await;
        let ask = |path: &str| {
            format!("PUT {path} HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\n")
        };
        let mut refused = served.connect().await;
        refused.write_all(ask("/no").as_bytes()).await.unwrap();
        assert!(read_until(&mut refused, "\r\n\r\n").await.starts_with("HTTP/1.1 401"));
        let mut wanted = served.connect().await;
        wanted.write_all(ask("/yes").as_bytes()).await.unwrap();
        assert_eq!(read_until(&mut wanted, "\r\n\r\n").await, "HTTP/1.1 100 Continue\r\n\r\n");
        wanted.write_all(b"ok").await.unwrap();
        assert!(read_until(&mut wanted, "ok").await.starts_with("HTTP/1.1 200"));
    });
}

/// Many connections through a proxy at once, with bodies of every shape: whoever loses a wake-up or a step hangs here.
#[test]
fn a_crowd_with_mixed_bodies_gets_through() {
    worker(async {
        let backend = serve(|request: Request| async move {
            let streamed = request.head.target.raw_path() == "/streamed";
            let bytes = crate::support::bytes(request.body).await;
            let frames = bytes.chunks(3000).map(|piece| Ok(Frame::Data(Bytes::copy_from_slice(piece))));
            let pieces = futures_util::stream::iter(frames.collect::<Vec<_>>());
            let body = if streamed { Body::stream(None, pieces) } else { Body::full(bytes) };
            Reply::new(StatusCode::OK, body)
        })
        .await;
        let front = proxy(&backend).await;
        let client = |n: usize| {
            let origin = front.origin();
            async move {
                let pool = pool();
                for size in [0, 1, 1000, 9000, 100_000, 300_000 + n] {
                    for path in ["/streamed", "/full"] {
                        let post = request(Method::POST, path, Body::full(vec![b'x'; size]));
                        let reply = pool.send(&origin, post, &soon()).await.unwrap();
                        assert_eq!(crate::support::bytes(reply.body).await.len(), size);
                    }
                }
            }
        };
        futures_util::future::join_all((0..40).map(client)).await;
        assert_eq!(front.accepted.get(), 40);
        assert!(backend.accepted.get() <= 80, "{} connections for 40 clients", backend.accepted.get());
    });
}

async fn proxy(backend: &Served) -> Served {
    let (inner, origin) = (pool(), backend.origin());
    serve(move |request: Request| {
        let (inner, origin) = (inner.clone(), origin.clone());
        async move {
            let mut head = request.head;
            strip_hop_by_hop(&mut head.headers);
            let outgoing = OutgoingRequest { head, body: request.body };
            inner.send(&origin, outgoing, &soon()).await.unwrap()
        }
    })
    .await
}

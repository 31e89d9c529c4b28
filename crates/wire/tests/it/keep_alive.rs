//! Connections to backends: used again, replaced when stale, and honest about how far a request got.

use paifang_wire::{Attempt, Body, Frame, Method, Origin, PoolSettings, SendFailure};
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

use crate::support::{echo, get, ok, pool, raw, read_until, request, serve, soon, text, worker};

const HELLO: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello";

#[test]
fn one_connection_serves_many_requests() {
    worker(async {
        let backend =
            serve(|request: paifang_wire::Request| async move { ok(request.head.target.to_string()) }).await;
        let pool = pool();
        for n in 0..5 {
            let reply = pool.send(&backend.origin(), get(&format!("/{n}?q")), &soon()).await.unwrap();
            assert_eq!(text(reply).await, format!("/{n}?q"));
        }
        assert_eq!(backend.accepted.get(), 1);
        assert_eq!(pool.idle_connections(), 1);
    });
}

#[test]
fn concurrent_requests_take_connections_of_their_own_and_rest_afterwards() {
    worker(async {
        let backend = serve(echo).await;
        let pool = pool();
        let send = |n: usize| {
            let (pool, origin) = (pool.clone(), backend.origin());
            async move {
                let post = request(Method::POST, "/", Body::full(vec![b'x'; n]));
                text(pool.send(&origin, post, &soon()).await.unwrap()).await.len()
            }
        };
        let lengths = futures_util::future::join_all((1..=8).map(send)).await;
        assert_eq!(lengths, (1..=8).collect::<Vec<_>>());
        assert_eq!(pool.idle_connections(), backend.accepted.get());
    });
}

#[test]
fn a_connection_closed_while_it_rested_is_replaced_without_the_caller_noticing() {
    worker(async {
        let closed = Rc::new(Notify::new());
        let tell = Rc::clone(&closed);
        let accepted = Rc::new(Cell::new(0));
        let count = Rc::clone(&accepted);
        let address = raw(move |mut stream: TcpStream, number| {
            count.set(number + 1);
            let tell = Rc::clone(&tell);
            async move {
                read_until(&mut stream, "\r\n\r\n").await;
                stream.write_all(HELLO).await.unwrap();
                drop(stream);
                tell.notify_one();
            }
        })
        .await;
        let (pool, origin) = (pool(), Origin::http1(address));
        let first = pool.send(&origin, get("/"), &soon()).await.unwrap();
        assert_eq!(text(first).await, "hello");
        closed.notified().await;
        let post = request(Method::POST, "/", Body::full("not idempotent"));
        let second = pool.send(&origin, post, &soon()).await.unwrap();
        assert_eq!(text(second).await, "hello");
        assert_eq!(accepted.get(), 2);
    });
}

#[test]
fn nothing_was_sent_when_nobody_listens() {
    worker(async {
        let unused = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let error = pool().send(&Origin::http1(unused), get("/"), &soon()).await.unwrap_err();
        assert!(matches!(error.failure, SendFailure::Connect(_)), "{error:?}");
        assert_eq!(error.attempt, Attempt::NotSent);
    });
}

#[test]
fn a_backend_that_hangs_up_tells_how_far_the_request_got() {
    worker(async {
        let address = raw(|mut stream: TcpStream, number| async move {
            read_until(&mut stream, "\r\n\r\n").await;
            if number == 1 {
                stream.write_all(b"HTTP/1.1 2").await.unwrap();
            }
        })
        .await;
        let (pool, origin) = (pool(), Origin::http1(address));
        for attempt in [Attempt::Sent, Attempt::Began] {
            let error = pool.send(&origin, get("/"), &soon()).await.unwrap_err();
            assert!(matches!(error.failure, SendFailure::Closed(_)), "{error:?}");
            assert_eq!(error.attempt, attempt);
        }
    });
}

#[test]
fn an_answer_that_is_no_http_is_a_protocol_failure() {
    worker(async {
        let address = raw(|mut stream: TcpStream, _| async move {
            read_until(&mut stream, "\r\n\r\n").await;
            stream.write_all(b"220 mail.example ESMTP\r\n\r\n").await.unwrap();
        })
        .await;
        let error = pool().send(&Origin::http1(address), get("/"), &soon()).await.unwrap_err();
        assert!(matches!(error.failure, SendFailure::Protocol(_)), "{error:?}");
        assert_eq!(error.attempt, Attempt::Began);
    });
}

#[test]
fn a_broken_upload_is_the_clients_fault() {
    worker(async {
        let backend = serve(echo).await;
        let frames = [Ok(Frame::Data("part".into())), Err(paifang_wire::WireError::Incomplete)];
        let body = Body::stream(Some(100), futures_util::stream::iter(frames));
        let error = pool().send(&backend.origin(), request(Method::PUT, "/", body), &soon()).await;
        // The reply's head may be there before the upload breaks; then its body breaks.
        match error {
            Err(error) => assert!(matches!(error.failure, SendFailure::BodyFromClient(_)), "{error:?}"),
            Ok(mut reply) => while reply.body.next().await.unwrap().is_ok() {},
        }
    });
}

#[test]
fn the_idle_connections_are_limited_and_swept() {
    worker(async {
        let backend = serve(echo).await;
        let settings =
            PoolSettings { idle_per_origin: 2, idle_timeout: Duration::ZERO, ..PoolSettings::default() };
        let pool = paifang_wire::Pool::new(settings);
        let send = || async { text(pool.send(&backend.origin(), get("/"), &soon()).await.unwrap()).await };
        futures_util::future::join_all((0..6).map(|_| send())).await;
        assert!(pool.idle_connections() <= 2);
        pool.sweep();
        assert_eq!(pool.idle_connections(), 0);
    });
}

#[test]
fn what_every_request_moves_is_small() {
    let (pool, timeouts) = (pool(), soon());
    let origin = Origin::http1(([127, 0, 0, 1], 1).into());
    let sending = size_of_val(&pool.send(&origin, get("/"), &timeouts));
    assert!(sending <= 1536, "{sending} bytes: part of every request's pipeline");
    assert!(size_of::<Body>() <= 160, "{} bytes", size_of::<Body>());
}

//! Backends that answer before they have the whole request, or never want it.

use std::cell::Cell;
use std::rc::Rc;

use bytes::Bytes;
use paifang_wire::{Body, Frame, Method, Origin, SendFailure, StatusCode, TimeoutPhase, WireError};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::{Notify, mpsc};

use crate::support::{bytes, chunks, pool, raw, read_until, request, soon, text, within, worker};

const CHUNK: usize = 64 * 1024;

/// A body that the test feeds.
fn fed() -> (mpsc::UnboundedSender<Result<Frame, WireError>>, Body) {
    let (feed, mut fed) = mpsc::unbounded_channel();
    (feed, Body::stream(None, futures_util::stream::poll_fn(move |cx| fed.poll_recv(cx))))
}

#[test]
fn an_answer_can_come_before_the_request_is_written() {
    worker(async {
        let address = raw(|mut stream: TcpStream, _| async move {
            read_until(&mut stream, "\r\n\r\n").await;
            stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").await.unwrap();
            let rest = read_until(&mut stream, "0\r\n\r\n").await;
            let answer = format!("{:x}\r\n{rest}\r\n0\r\n\r\n", rest.len());
            stream.write_all(answer.as_bytes()).await.unwrap();
            read_until(&mut stream, "again").await;
        })
        .await;
        let (pool, (feed, body)) = (pool(), fed());
        let reply =
            pool.send(&Origin::http1(address), request(Method::POST, "/", body), &soon()).await.unwrap();
        assert_eq!(reply.head.status, StatusCode::OK);
        feed.send(Ok(Frame::Data("late".into()))).unwrap();
        drop(feed);
        assert_eq!(text(reply).await, "4\r\nlate\r\n0\r\n\r\n");
        assert_eq!(pool.idle_connections(), 1, "both were complete at last");
    });
}

#[test]
fn a_refused_upload_is_answered_though_the_backend_reads_none_of_it() {
    worker(async {
        let address = raw(|mut stream: TcpStream, _| async move {
            read_until(&mut stream, "\r\n\r\n").await;
            let answer =
                "HTTP/1.1 413 Content Too Large\r\nconnection: close\r\ncontent-length: 3\r\n\r\nbig";
            stream.write_all(answer.as_bytes()).await.unwrap();
            std::future::pending::<()>().await;
        })
        .await;
        let made = Rc::new(Cell::new(0));
        let upload = Body::stream(None, chunks(10_000, CHUNK, Rc::clone(&made)));
        let pool = pool();
        let reply =
            pool.send(&Origin::http1(address), request(Method::PUT, "/", upload), &soon()).await.unwrap();
        assert_eq!(reply.head.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(text(reply).await, "big");
        assert_eq!(pool.idle_connections(), 0);
        assert!(made.get() < 10_000 * CHUNK / 2, "{} bytes for nobody", made.get());
    });
}

/// The answer was on its way when the connection was closed under the upload.
#[test]
fn an_answer_is_read_though_writing_failed() {
    worker(async {
        let address = raw(|mut stream: TcpStream, _| async move {
            read_until(&mut stream, "first piece").await;
            stream.write_all(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\n\r\nno").await.unwrap();
            // Closed in good order: everything that came was read.
            stream.shutdown().await.unwrap();
        })
        .await;
        let (feed, body) = fed();
        feed.send(Ok(Frame::Data("first piece".into()))).unwrap();
        let pool = pool();
        let reply =
            pool.send(&Origin::http1(address), request(Method::POST, "/", body), &soon()).await.unwrap();
        assert_eq!(reply.head.status, StatusCode::FORBIDDEN);
        assert_eq!(text(reply).await, "no");
        assert_eq!(pool.idle_connections(), 0);
        drop(feed);
    });
}

#[test]
fn the_rest_of_an_upload_follows_a_complete_answer() {
    worker(async {
        let (read, all) = (Rc::new(Cell::new(0)), Rc::new(Notify::new()));
        let (count, tell) = (Rc::clone(&read), Rc::clone(&all));
        let address = raw(move |mut stream: TcpStream, _| {
            let (count, tell) = (Rc::clone(&count), Rc::clone(&tell));
            async move {
                read_until(&mut stream, "\r\n\r\n").await;
                stream.write_all(b"HTTP/1.1 202 Accepted\r\ncontent-length: 2\r\n\r\nok").await.unwrap();
                let mut piece = vec![0; CHUNK];
                loop {
                    match stream.read(&mut piece).await.unwrap() {
                        0 => break,
                        n => count.set(count.get() + n),
                    }
                }
                tell.notify_one();
            }
        })
        .await;
        let upload = Body::stream(Some(100 * CHUNK as u64), chunks(100, CHUNK, Rc::default()));
        let reply =
            pool().send(&Origin::http1(address), request(Method::PUT, "/", upload), &soon()).await.unwrap();
        assert_eq!(text(reply).await, "ok");
        all.notified().await;
        assert!(read.get() >= 99 * CHUNK, "{}", read.get());
    });
}

#[test]
fn large_bodies_pass_both_ways_at_once() {
    worker(async {
        let address = raw(|mut stream: TcpStream, _| async move {
            read_until(&mut stream, "\r\n\r\n").await;
            stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n").await.unwrap();
            let (mut from, mut to) = stream.split();
            tokio::io::copy(&mut from, &mut to).await.unwrap();
        })
        .await;
        let upload = Body::stream(Some(64 * CHUNK as u64), chunks(64, CHUNK, Rc::default()));
        let mut reply =
            pool().send(&Origin::http1(address), request(Method::PUT, "/", upload), &soon()).await.unwrap();
        let mut length = 0;
        while length < 63 * CHUNK {
            match reply.body.next().await {
                Some(Ok(Frame::Data(data))) => length += data.len(),
                other => panic!("{other:?} after {length}"),
            }
        }
    });
}

#[test]
fn a_large_answer_comes_whole() {
    worker(async {
        const LENGTH: usize = 3_000_001;
        for framing in
            ["content-length: 3000001\r\n", "transfer-encoding: chunked\r\n", "connection: close\r\n"]
        {
            let address = raw(move |mut stream: TcpStream, _| async move {
                read_until(&mut stream, "\r\n\r\n").await;
                stream.write_all(format!("HTTP/1.1 200 OK\r\n{framing}\r\n").as_bytes()).await.unwrap();
                let body: Vec<u8> = (0..LENGTH).map(|n| (n % 251) as u8).collect();
                if framing.contains("chunked") {
                    for chunk in body.chunks(7919) {
                        stream.write_all(format!("{:x}\r\n", chunk.len()).as_bytes()).await.unwrap();
                        stream.write_all(chunk).await.unwrap();
                        stream.write_all(b"\r\n").await.unwrap();
                    }
                    stream.write_all(b"0\r\n\r\n").await.unwrap();
                } else {
                    stream.write_all(&body).await.unwrap();
                }
            })
            .await;
            let get = request(Method::GET, "/", Body::empty());
            let reply = pool().send(&Origin::http1(address), get, &soon()).await.unwrap();
            let body: Bytes = bytes(reply.body).await;
            assert_eq!(body.len(), LENGTH, "{framing}");
            assert!(body.iter().enumerate().all(|(n, byte)| *byte == (n % 251) as u8), "{framing}");
        }
    });
}

#[test]
fn a_backend_that_takes_nothing_more_is_waited_for_until_the_deadline() {
    worker(async {
        let address = raw(|mut stream: TcpStream, _| async move {
            read_until(&mut stream, "\r\n\r\n").await;
            std::future::pending::<()>().await;
        })
        .await;
        let upload = Body::stream(None, chunks(10_000, CHUNK, Rc::default()));
        let short = within(std::time::Duration::from_millis(60));
        let sent = pool().send(&Origin::http1(address), request(Method::PUT, "/", upload), &short).await;
        let error = sent.unwrap_err();
        assert!(matches!(error.failure, SendFailure::Timeout { phase: TimeoutPhase::Send }), "{error:?}");
        assert_eq!(error.attempt, paifang_wire::Attempt::Sent);
    });
}

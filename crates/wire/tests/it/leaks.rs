//! Nothing of one answer can become part of the next: the connection goes instead.

use std::cell::Cell;
use std::rc::Rc;

use paifang_wire::{Body, Frame, Method, Origin, OutgoingRequest, Pool};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::Notify;

use crate::support::{get, pool, raw, read_to_end, read_until, request, soon, text, with, worker};

const POISON: &str = "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\npoison";

/// Says `first` to the first request on its first connection, and a proper answer to all that come on others.
async fn poisonous(first: String) -> (Origin, Rc<Cell<usize>>) {
    let accepted = Rc::new(Cell::new(0));
    let count = Rc::clone(&accepted);
    let address = raw(move |mut stream: TcpStream, number| {
        count.set(number + 1);
        let first = first.clone();
        async move {
            read_until(&mut stream, "\r\n\r\n").await;
            let answer =
                if number == 0 { &first } else { "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nclean" };
            stream.write_all(answer.as_bytes()).await.unwrap();
            read_to_end(&mut stream).await;
        }
    })
    .await;
    (Origin::http1(address), accepted)
}

async fn ask(pool: &Pool, origin: &Origin, request: OutgoingRequest) -> String {
    text(pool.send(origin, request, &soon()).await.unwrap()).await
}

#[test]
fn what_comes_with_an_answer_beyond_its_end() {
    worker(async {
        for answer in [
            "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nfirst",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nfirst\r\n0\r\n\r\n",
        ] {
            let (origin, accepted) = poisonous(format!("{answer}{POISON}")).await;
            let pool = pool();
            assert_eq!(ask(&pool, &origin, get("/")).await, "first");
            assert_eq!(pool.idle_connections(), 0);
            assert_eq!(ask(&pool, &origin, get("/")).await, "clean");
            assert_eq!(accepted.get(), 2);
        }
    });
}

#[test]
fn a_body_where_none_may_be() {
    worker(async {
        let cases = [
            (Method::HEAD, "HTTP/1.1 200 OK\r\ncontent-length: 62\r\n\r\n"),
            (Method::GET, "HTTP/1.1 304 Not Modified\r\ncontent-length: 62\r\n\r\n"),
            (Method::GET, "HTTP/1.1 204 No Content\r\n\r\n"),
        ];
        for (method, head) in cases {
            let (origin, accepted) = poisonous(format!("{head}{POISON}")).await;
            let pool = pool();
            assert_eq!(ask(&pool, &origin, request(method, "/", Body::empty())).await, "");
            assert_eq!(ask(&pool, &origin, get("/")).await, "clean");
            assert_eq!(accepted.get(), 2);
        }
    });
}

#[test]
fn what_comes_while_the_connection_rests() {
    worker(async {
        let (poison, poisoned) = (Rc::new(Notify::new()), Rc::new(Notify::new()));
        let (go, gone) = (Rc::clone(&poison), Rc::clone(&poisoned));
        let address = raw(move |mut stream: TcpStream, number| {
            let (go, gone) = (Rc::clone(&go), Rc::clone(&gone));
            async move {
                read_until(&mut stream, "\r\n\r\n").await;
                let body = if number == 0 { "first" } else { "clean" };
                let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n{body}");
                stream.write_all(answer.as_bytes()).await.unwrap();
                if number == 0 {
                    go.notified().await;
                    stream.write_all(POISON.as_bytes()).await.unwrap();
                    gone.notify_one();
                }
                read_to_end(&mut stream).await;
            }
        })
        .await;
        let (pool, origin) = (pool(), Origin::http1(address));
        assert_eq!(ask(&pool, &origin, get("/")).await, "first");
        assert_eq!(pool.idle_connections(), 1);
        poison.notify_one();
        poisoned.notified().await;
        // Whoever yields lets the worker look at its sockets once.
        tokio::task::yield_now().await;
        assert_eq!(ask(&pool, &origin, request(Method::POST, "/", Body::full("x"))).await, "clean");
    });
}

#[test]
fn a_body_that_is_not_read_to_its_end() {
    worker(async {
        let long = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{POISON}", 1 << 20);
        let (origin, accepted) = poisonous(long).await;
        let pool = pool();
        let mut reply = pool.send(&origin, get("/"), &soon()).await.unwrap();
        assert!(reply.body.next().await.unwrap().is_ok());
        drop(reply);
        assert_eq!(pool.idle_connections(), 0);
        assert_eq!(ask(&pool, &origin, get("/")).await, "clean");
        assert_eq!(accepted.get(), 2);
    });
}

#[test]
fn a_request_that_says_close_is_the_last() {
    worker(async {
        let (origin, accepted) =
            poisonous("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nfirst".to_owned()).await;
        let pool = pool();
        assert_eq!(ask(&pool, &origin, with(get("/"), "connection", "close")).await, "first");
        assert_eq!(ask(&pool, &origin, get("/")).await, "clean");
        assert_eq!(accepted.get(), 2);
    });
}

/// A caller that gives a call up takes the connection along: its answer would be the next one's.
#[test]
fn a_call_that_is_given_up() {
    worker(async {
        let (asked, hung_up) = (Rc::new(Notify::new()), Rc::new(Notify::new()));
        let (ask_, gone) = (Rc::clone(&asked), Rc::clone(&hung_up));
        let address = raw(move |mut stream: TcpStream, _| {
            let (ask_, gone) = (Rc::clone(&ask_), Rc::clone(&gone));
            async move {
                read_until(&mut stream, "\r\n\r\n").await;
                ask_.notify_one();
                read_to_end(&mut stream).await;
                gone.notify_one();
            }
        })
        .await;
        let (pool, origin) = (pool(), Origin::http1(address));
        let timeouts = soon();
        tokio::select! {
            _ = pool.send(&origin, get("/"), &timeouts) => panic!("nothing was answered"),
            () = asked.notified() => {}
        }
        hung_up.notified().await;
        assert_eq!(pool.idle_connections(), 0);
    });
}

/// RFC 9112 §6.3: the length is the sender's promise, and the connection is out of step when it is broken.
#[test]
fn an_upload_of_another_length_than_announced() {
    worker(async {
        for pieces in [vec!["short"], vec!["far too long ", "for ten bytes"]] {
            let gone = Rc::new(Notify::new());
            let tell = Rc::clone(&gone);
            let address = raw(move |mut stream: TcpStream, _| {
                let tell = Rc::clone(&tell);
                async move {
                    read_to_end(&mut stream).await;
                    tell.notify_one();
                }
            })
            .await;
            let frames: Vec<_> = pieces.into_iter().map(|piece| Ok(Frame::Data(piece.into()))).collect();
            let body = Body::stream(Some(10), futures_util::stream::iter(frames));
            let pool = pool();
            let sent = pool.send(&Origin::http1(address), request(Method::PUT, "/", body), &soon()).await;
            let error = sent.unwrap_err();
            assert!(matches!(error.failure, paifang_wire::SendFailure::BodyFromClient(_)), "{error:?}");
            gone.notified().await;
        }
    });
}

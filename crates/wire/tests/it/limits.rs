//! What clients may not do: too much, or too slowly.

use std::time::Duration;

use paifang_wire::{Body, Ended, Reply, Request, ServerSettings, StatusCode};
use tokio::io::AsyncWriteExt;

use crate::support::{bytes, echo, ok, say, serve_with, worker};

const SHORT: Duration = Duration::from_millis(50);

#[test]
fn heads_are_limited_in_fields_and_bytes() {
    worker(async {
        let settings = ServerSettings { max_headers: 10, max_head_bytes: 9000, ..ServerSettings::default() };
        let served = serve_with(settings, echo).await;
        let many = "a: b\r\n".repeat(20);
        let answer = say(&served, &format!("GET / HTTP/1.1\r\nhost: a\r\n{many}\r\n")).await;
        assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
        let long = "x".repeat(9500);
        let answer = say(&served, &format!("GET / HTTP/1.1\r\nhost: a\r\nlong: {long}\r\n\r\n")).await;
        assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
    });
}

#[test]
fn a_head_that_trickles_in_is_cut() {
    worker(async {
        let settings = ServerSettings { head_timeout: SHORT, ..ServerSettings::default() };
        let served = serve_with(settings, echo).await;
        let mut client = served.connect().await;
        client.write_all(b"GET / HT").await.unwrap();
        assert_eq!(served.ended().await.unwrap(), Ended::SlowHead);
        let silent = served.connect().await;
        assert_eq!(served.ended().await.unwrap(), Ended::SlowHead);
        drop(silent);
    });
}

#[test]
fn an_idle_connection_is_closed() {
    worker(async {
        let settings = ServerSettings { keep_alive: SHORT, ..ServerSettings::default() };
        let served = serve_with(settings, |_: Request| async { ok("hello") }).await;
        let answer = say(&served, "GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
        assert!(answer.ends_with("hello"), "{answer}");
        assert_eq!(served.ended().await.unwrap(), Ended::Idle);
    });
}

#[test]
fn an_upload_that_stops_is_cut_while_a_slow_handler_is_not() {
    worker(async {
        let settings = ServerSettings { body_idle: SHORT, ..ServerSettings::default() };
        let served = serve_with(settings, |request: Request| async move {
            if request.head.target.raw_path() == "/slow" {
                tokio::time::sleep(3 * SHORT).await;
                return ok("slept");
            }
            Reply::new(StatusCode::OK, Body::full(bytes(request.body).await))
        })
        .await;
        let answer = say(&served, "GET /slow HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
        assert!(answer.ends_with("slept"), "{answer}");
        assert_eq!(served.ended().await.unwrap(), Ended::Closed);
        let mut client = served.connect().await;
        client.write_all(b"PUT / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\n\r\nab").await.unwrap();
        assert_eq!(served.ended().await.unwrap(), Ended::StalledBody);
    });
}

#[test]
fn a_client_that_stops_reading_is_cut() {
    worker(async {
        let settings = ServerSettings { write_idle: SHORT, ..ServerSettings::default() };
        let served = serve_with(settings, |_: Request| async {
            let endless = crate::support::chunks(usize::MAX, 1 << 16, std::rc::Rc::default());
            Reply::new(StatusCode::OK, Body::stream(None, endless))
        })
        .await;
        let mut client = served.connect().await;
        client.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
        assert_eq!(served.ended().await.unwrap(), Ended::StalledReader);
    });
}

//! Too slow is over, at every stage; who merely waits for us is left alone.

use std::time::Duration;

use paifang_wire::{Body, ConnectionInfo, Drain, Ended, Reply, Request, Server, ServerSettings, StatusCode};
use tokio::io::AsyncWriteExt;
use tokio::time::timeout;

use super::{hasty, quiet};
use crate::support::{chunks, read_until, serve_with, worker};

const SHORT: Duration = Duration::from_millis(80);

/// A byte now and then does not keep a body alive.
#[test]
fn an_upload_below_the_least_rate_is_cut() {
    worker(async {
        let settings = ServerSettings { body_idle: SHORT, least_rate: 1000, ..ServerSettings::default() };
        let served = serve_with(settings, quiet).await;
        let mut client = served.connect().await;
        client.write_all(b"PUT / HTTP/1.1\r\nhost: a\r\ncontent-length: 100000\r\n\r\n").await.unwrap();
        let trickle = async {
            while client.write_all(b"x").await.is_ok() {
                tokio::time::sleep(SHORT / 8).await;
            }
        };
        let ended = tokio::select! {
            ended = served.ended() => ended.unwrap(),
            () = trickle => served.ended().await.unwrap(),
        };
        assert_eq!(ended, Ended::StalledBody);
    });
}

#[test]
fn a_slow_reader_below_the_least_rate_is_cut() {
    worker(async {
        let settings = ServerSettings { write_idle: SHORT, least_rate: 1 << 30, ..ServerSettings::default() };
        let served = serve_with(settings, |_: Request| async {
            Reply::new(
                StatusCode::OK,
                Body::stream(None, chunks(usize::MAX, 1 << 16, std::rc::Rc::default())),
            )
        })
        .await;
        let mut client = served.connect().await;
        client.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
        let sip = async {
            let mut piece = vec![0; 4096];
            while matches!(tokio::io::AsyncReadExt::read(&mut client, &mut piece).await, Ok(1..)) {
                tokio::time::sleep(SHORT / 16).await;
            }
        };
        let ended = tokio::select! {
            ended = served.ended() => ended.unwrap(),
            () = sip => served.ended().await.unwrap(),
        };
        assert_eq!(ended, Ended::StalledReader);
    });
}

/// The head's time begins with its first byte, not with the end of the request before.
#[test]
fn a_later_head_has_its_own_time() {
    worker(async {
        let settings = ServerSettings { head_timeout: SHORT, ..ServerSettings::default() };
        let served = serve_with(settings, hasty).await;
        let mut client = served.connect().await;
        for _ in 0..2 {
            client.write_all(b"GET /one HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
            read_until(&mut client, "[/one]").await;
            assert!(timeout(2 * SHORT, served.ended()).await.is_err(), "it rests, which it may for 25 s");
        }
        client.write_all(b"GET /two HT").await.unwrap();
        assert_eq!(served.ended().await.unwrap(), Ended::SlowHead);
    });
}

/// Part of what an idle connection costs; its buffers are given back.
#[test]
fn what_a_connection_holds_is_small() {
    worker(async {
        let server = Server::new(hasty, ServerSettings::default(), Drain::new());
        let (near, _far) = tokio::io::duplex(1);
        let address = ([127, 0, 0, 1], 1).into();
        let size = size_of_val(&server.serve(near, ConnectionInfo::plain(address, address)));
        assert!(size <= 2048, "{size} bytes");
    });
}

//! Requests that come together are answered in their order, however they are split.

use paifang_wire::ServerSettings;
use tokio::io::AsyncWriteExt;

use super::told;
use crate::support::{read_to_end, read_until, serve, serve_with, worker};

const BATCH: &str = "GET /1 HTTP/1.1\r\nhost: a\r\n\r\n\
    POST /2 HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\n\r\nabc\
    POST /3 HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n3\r\ndef\r\n2\r\ngh\r\n0\r\nx-t: 1\r\n\r\n\
    \r\nGET /4 HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
const ANSWERS: [&str; 4] = ["[GET /1 ]", "[POST /2 abc]", "[POST /3 defgh]", "[GET /4 ]"];

fn bodies(heard: &str) -> Vec<&str> {
    heard.split("\r\n\r\n").filter_map(|part| part.split_once(']').map(|(body, _)| body)).collect()
}

#[test]
fn every_split_of_a_batch_gives_the_same_answers() {
    worker(async {
        let served = serve(told).await;
        for at in 1..BATCH.len() {
            let mut client = served.connect().await;
            client.set_nodelay(true).unwrap();
            client.write_all(&BATCH.as_bytes()[..at]).await.unwrap();
            // So that the first part is read alone.
            tokio::task::yield_now().await;
            client.write_all(&BATCH.as_bytes()[at..]).await.unwrap();
            let heard = read_to_end(&mut client).await;
            let answers: Vec<String> = bodies(&heard).iter().map(|body| format!("{body}]")).collect();
            assert_eq!(answers, ANSWERS, "split at {at}: {heard}");
        }
    });
}

#[test]
fn byte_by_byte() {
    worker(async {
        let served = serve(told).await;
        let mut client = served.connect().await;
        client.set_nodelay(true).unwrap();
        for byte in BATCH.as_bytes() {
            client.write_all(&[*byte]).await.unwrap();
            tokio::task::yield_now().await;
        }
        let heard = read_to_end(&mut client).await;
        assert_eq!(bodies(&heard).len(), 4, "{heard}");
    });
}

#[test]
fn more_requests_ahead_than_a_buffer_holds() {
    worker(async {
        let served = serve(told).await;
        let mut client = served.connect().await;
        let (mut from, mut to) = client.split();
        const COUNT: usize = 3000;
        let asking = async {
            for number in 0..COUNT {
                let request = format!("GET /{number} HTTP/1.1\r\nhost: a\r\n\r\n");
                to.write_all(request.as_bytes()).await.unwrap();
            }
        };
        let hearing = async {
            let (mut heard, last) = (Vec::new(), format!("[GET /{} ]", COUNT - 1));
            while !heard.ends_with(last.as_bytes()) {
                assert_ne!(tokio::io::AsyncReadExt::read_buf(&mut from, &mut heard).await.unwrap(), 0);
            }
            String::from_utf8(heard).unwrap()
        };
        let ((), heard) = tokio::join!(asking, hearing);
        assert_eq!(heard.matches("HTTP/1.1 200 OK").count(), COUNT);
        assert_eq!(served.accepted.get(), 1);
    });
}

#[test]
fn a_head_larger_than_a_buffer() {
    worker(async {
        let settings = ServerSettings { max_head_bytes: 100_000, ..ServerSettings::default() };
        let served = serve_with(settings, told).await;
        let mut client = served.connect().await;
        for _ in 0..2 {
            let request = format!("GET / HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n", "y".repeat(90_000));
            client.write_all(request.as_bytes()).await.unwrap();
            assert!(read_until(&mut client, "[GET / ]").await.starts_with("HTTP/1.1 200 OK\r\n"));
        }
    });
}

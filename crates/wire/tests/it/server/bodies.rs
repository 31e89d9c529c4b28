//! Uploads: asked for when wanted, taken apart strictly, never mistaken for the next request.

use tokio::io::AsyncWriteExt;

use super::{hasty, quiet, told};
use crate::support::{read_until, say, serve, worker};

#[test]
fn an_upload_that_breaks_the_grammar_fails_and_ends_the_connection() {
    worker(async {
        let table = [
            ("transfer-encoding: chunked", "3\nabc\r\n0\r\n\r\n"),
            ("transfer-encoding: chunked", "3\r\nabcd\r\n0\r\n\r\n"),
            ("transfer-encoding: chunked", "3\r\nabc\r\n0\r\nhost: b\r\n\r\n"),
            ("transfer-encoding: chunked", "zz\r\n"),
        ];
        for (framing, body) in table {
            let served = serve(told).await;
            let batch = format!(
                "PUT / HTTP/1.1\r\nhost: a\r\n{framing}\r\n\r\n{body}GET /next HTTP/1.1\r\nhost: a\r\n\r\n"
            );
            let answer = say(&served, &batch).await;
            assert!(answer.contains("[PUT / the body broke off]"), "{body:?}: {answer}");
            assert!(
                answer.contains("connection: close\r\n") && !answer.contains("/next"),
                "{body:?}: {answer}"
            );
        }
    });
}

#[test]
fn a_short_body_that_nobody_reads_is_skipped() {
    worker(async {
        let served = serve(hasty).await;
        for (framing, body) in
            [("content-length: 5", "GET /"), ("transfer-encoding: chunked", "5\r\nGET /\r\n0\r\n\r\n")]
        {
            let batch = format!(
                "PUT /one HTTP/1.1\r\nhost: a\r\n{framing}\r\n\r\n{body}\
                 GET /two HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"
            );
            let answer = say(&served, &batch).await;
            assert!(answer.contains("[/one]") && answer.ends_with("[/two]"), "{answer}");
        }
    });
}

#[test]
fn what_comes_behind_a_skipped_body_in_pieces_is_the_next_request() {
    worker(async {
        let served = serve(hasty).await;
        let mut client = served.connect().await;
        client.write_all(b"PUT /one HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\n12345").await.unwrap();
        read_until(&mut client, "[/one]").await;
        client.write_all(b"67890GET /two HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
        read_until(&mut client, "[/two]").await;
    });
}

#[test]
fn the_invitation_is_sent_once_and_only_where_it_is_waited_for() {
    worker(async {
        let served = serve(quiet).await;
        let head = "PUT / HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: 4\r\n\r\n";
        let mut client = served.connect().await;
        client.write_all(head.as_bytes()).await.unwrap();
        assert_eq!(read_until(&mut client, "\r\n\r\n").await, "HTTP/1.1 100 Continue\r\n\r\n");
        client.write_all(b"ab").await.unwrap();
        tokio::task::yield_now().await;
        client.write_all(b"cd").await.unwrap();
        assert!(read_until(&mut client, "[4]").await.starts_with("HTTP/1.1 200 OK\r\n"));
        client.write_all(format!("{head}abcd").as_bytes()).await.unwrap();
        assert!(read_until(&mut client, "[4]").await.starts_with("HTTP/1.1 200 OK\r\n"), "it did not wait");
        // RFC 9110 §10.1.1: HTTP/1.0 knows no interim replies.
        let old = head.replace("1.1", "1.0");
        client.write_all(old.as_bytes()).await.unwrap();
        tokio::task::yield_now().await;
        client.write_all(b"abcd").await.unwrap();
        assert!(read_until(&mut client, "[4]").await.starts_with("HTTP/1.1 200 OK\r\n"));
    });
}

#[test]
fn a_refusal_instead_of_the_invitation_closes_the_connection() {
    worker(async {
        let served = serve(hasty).await;
        let head = "PUT / HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: 4\r\n\r\n";
        let answer = say(&served, head).await;
        assert!(
            answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.contains("connection: close\r\n"),
            "{answer}"
        );
    });
}

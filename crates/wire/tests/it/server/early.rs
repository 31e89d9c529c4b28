//! Answers that come before the client is done: they reach it all the same.

use paifang_wire::Ended;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::hasty;
use crate::support::{serve, worker};

/// Far more than sockets buffer: closing at once would reset the connection while the client still writes.
#[test]
fn an_answer_is_not_lost_while_the_client_still_sends() {
    const LENGTH: usize = 64 << 20;
    worker(async {
        let served = serve(hasty).await;
        let mut client = served.connect().await;
        let (mut from, mut to) = client.split();
        let sending = async {
            let head = format!("PUT /early HTTP/1.1\r\nhost: a\r\ncontent-length: {LENGTH}\r\n\r\n");
            to.write_all(head.as_bytes()).await.unwrap();
            let piece = vec![b'x'; 1 << 16];
            for _ in 0..LENGTH / piece.len() {
                to.write_all(&piece).await.unwrap();
            }
        };
        let hearing = async {
            let mut heard = String::new();
            from.read_to_string(&mut heard).await.unwrap();
            heard
        };
        let ((), heard) = tokio::join!(sending, hearing);
        assert!(heard.contains("connection: close\r\n") && heard.ends_with("[/early]"), "{heard}");
        drop(client);
        assert_eq!(served.ended().await.unwrap(), Ended::Closed);
    });
}

/// As when a proxied backend answers while the rest of the upload still has to reach it.
#[test]
fn an_upload_that_another_task_goes_on_reading_comes_to_its_end_first() {
    worker(async {
        let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
        let served = serve(move |request: paifang_wire::Request| {
            let tell = tell.clone();
            async move {
                let target = request.head.target.to_string();
                tokio::task::spawn_local(async move {
                    let length = crate::support::bytes(request.body).await.len();
                    tell.send(length).unwrap();
                });
                crate::support::ok(format!("[{target}]"))
            }
        })
        .await;
        let mut client = served.connect().await;
        client.write_all(b"PUT /one HTTP/1.1\r\nhost: a\r\ncontent-length: 6\r\n\r\nabc").await.unwrap();
        crate::support::read_until(&mut client, "[/one]").await;
        client.write_all(b"defGET /two HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
        crate::support::read_until(&mut client, "[/two]").await;
        assert_eq!(told.recv().await, Some(6));
    });
}

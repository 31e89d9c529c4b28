//! What is no request is told so once, by the handler, and ends the connection.

use std::cell::RefCell;
use std::rc::Rc;

use paifang_wire::http1::HeadError;
use paifang_wire::{Handler, Reply, Request, StatusCode, Unreadable};

use crate::support::{ok, say, serve, worker};

/// Remembers what it refused.
#[derive(Clone, Default)]
struct Strict(Rc<RefCell<Vec<String>>>);

impl Handler for Strict {
    async fn handle(&self, _: Request) -> Reply {
        ok("[handled]")
    }

    fn refuse(&self, unreadable: Unreadable) -> Reply {
        let Unreadable { error, method, target, headers, .. } = &unreadable;
        let target = target.as_ref().map(ToString::to_string);
        let seen = format!("{error:?} {method:?} {target:?} {:?} {}", headers.text("host"), headers.len());
        self.0.borrow_mut().push(seen);
        Reply::new(StatusCode::IM_A_TEAPOT, paifang_wire::Body::full("[refused]"))
    }
}

#[test]
fn the_handler_is_told_what_could_be_understood() {
    worker(async {
        let table = [
            ("nonsense\r\n\r\n", "Method None None None 0"),
            ("GET /a HTTP/3.0\r\n\r\n", "Version None None None 0"),
            (
                "PUT /a HTTP/1.1\r\nhost: b\r\nx: 1\r\nbad name: 1\r\n\r\n",
                "FieldName Some(PUT) Some(\"/a\") Some(\"b\") 2",
            ),
            ("GET /a HTTP/1.1\r\n\r\n", "HostMissing Some(GET) Some(\"/a\") None 0"),
            ("GET a HTTP/1.1\r\nhost: b\r\n\r\n", "Target Some(GET) None Some(\"b\") 1"),
            ("GET * HTTP/1.1\r\nhost: b\r\n\r\n", "Target Some(GET) None Some(\"b\") 1"),
            ("CONNECT /a HTTP/1.1\r\nhost: b\r\n\r\n", "Target Some(CONNECT) None Some(\"b\") 1"),
            ("GET ftp://b/ HTTP/1.1\r\nhost: b\r\n\r\n", "Target Some(GET) None Some(\"b\") 1"),
            ("GET http://u@b/ HTTP/1.1\r\nhost: b\r\n\r\n", "Target Some(GET) None Some(\"b\") 1"),
            ("GET http:///a HTTP/1.1\r\nhost: b\r\n\r\n", "Target Some(GET) None Some(\"b\") 1"),
            ("GET / HTTP/1.1\r\nhost: b/c\r\n\r\n", "Host Some(GET) Some(\"/\") Some(\"b/c\") 1"),
            ("GET / HTTP/1.1\r\nhost:\r\n\r\n", "Host Some(GET) Some(\"/\") Some(\"\") 1"),
            (
                "PUT / HTTP/1.1\r\nhost: b\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n",
                "LengthAndCoding Some(PUT) Some(\"/\") Some(\"b\") 3",
            ),
        ];
        for (head, expected) in table {
            let strict = Strict::default();
            let served = serve(strict.clone()).await;
            let answer = say(&served, &format!("{head}GET / HTTP/1.1\r\nhost: a\r\n\r\n")).await;
            assert!(answer.starts_with("HTTP/1.1 418 "), "{head:?}: {answer}");
            assert!(
                answer.contains("connection: close\r\n") && answer.ends_with("[refused]"),
                "{head:?}: {answer}"
            );
            assert_eq!(*strict.0.borrow(), [expected], "{head:?}");
            assert!(served.ended().await.is_err());
        }
    });
}

#[test]
fn who_leaves_without_a_whole_head_is_not_answered() {
    worker(async {
        let strict = Strict::default();
        let served = serve(strict.clone()).await;
        let mut client = served.connect().await;
        tokio::io::AsyncWriteExt::write_all(&mut client, b"GET / HTTP/1.1\r\nhost:").await.unwrap();
        drop(client);
        assert!(served.ended().await.is_err());
        assert!(strict.0.borrow().is_empty());
    });
}

#[test]
fn without_a_handler_of_its_own_the_status_is_that_of_rfc_9110() {
    worker(async {
        let served = serve(super::hasty).await;
        let statuses = [
            ("GET / HTTP/1.1\r\n\r\n", 400),
            ("GET / HTTP/2.0\r\nhost: a\r\n\r\n", 505),
            ("PUT / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: gzip\r\n\r\n", 501),
        ];
        for (head, status) in statuses {
            let answer = say(&served, head).await;
            assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
        }
        assert_eq!(HeadError::HostMissing.to_string(), "Host is missing");
    });
}

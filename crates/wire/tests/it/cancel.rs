//! A client that goes away takes its request with it, down to the backend.

use std::rc::Rc;

use paifang_wire::{Origin, Request};
use tokio::io::AsyncWriteExt;
use tokio::sync::Notify;

use crate::support::{get, pool, raw, read_to_end, read_until, serve, soon, worker};

/// Tells when it is dropped.
pub(crate) struct Guard(pub(crate) Rc<Notify>);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.notify_one();
    }
}

#[test]
fn a_disconnected_client_drops_the_handler() {
    worker(async {
        let (started, dropped) = (Rc::new(Notify::new()), Rc::new(Notify::new()));
        let (start, gone) = (Rc::clone(&started), Rc::clone(&dropped));
        let served = serve(move |_: Request| {
            let guard = Guard(Rc::clone(&gone));
            start.notify_one();
            async move {
                let _guard = guard;
                std::future::pending().await
            }
        })
        .await;
        let mut client = served.connect().await;
        client.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
        started.notified().await;
        drop(client);
        dropped.notified().await;
        assert!(served.ended().await.is_err());
    });
}

#[test]
fn a_disconnected_client_ends_the_call_to_the_backend() {
    worker(async {
        let (asked, hung_up) = (Rc::new(Notify::new()), Rc::new(Notify::new()));
        let (ask, gone) = (Rc::clone(&asked), Rc::clone(&hung_up));
        let address = raw(move |mut stream, _| {
            let (ask, gone) = (Rc::clone(&ask), Rc::clone(&gone));
            async move {
                read_until(&mut stream, "\r\n\r\n").await;
                ask.notify_one();
                read_to_end(&mut stream).await;
                gone.notify_one();
            }
        })
        .await;
        let pool = pool();
        let front = serve(move |_: Request| {
            let pool = pool.clone();
            async move { pool.send(&Origin::http1(address), get("/"), &soon()).await.unwrap() }
        })
        .await;
        let mut client = front.connect().await;
        client.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
        asked.notified().await;
        drop(client);
        hung_up.notified().await;
    });
}

//! A worker that stops finishes what it has begun.

use std::rc::Rc;

use paifang_wire::{Ended, Origin, Protocol, Request};
use tokio::io::AsyncWriteExt;
use tokio::sync::Notify;

use crate::support::{Served, get, ok, pool, read_to_end, serve, soon, text, worker};

struct Gate {
    started: Rc<Notify>,
    go: Rc<Notify>,
    served: Served,
}

/// Requests wait at a gate.
async fn gated() -> Gate {
    let (started, go) = (Rc::new(Notify::new()), Rc::new(Notify::new()));
    let (start, pass) = (Rc::clone(&started), Rc::clone(&go));
    let served = serve(move |_: Request| {
        let (start, pass) = (Rc::clone(&start), Rc::clone(&pass));
        async move {
            start.notify_one();
            pass.notified().await;
            ok("done")
        }
    })
    .await;
    Gate { started, go, served }
}

#[test]
fn a_request_under_way_is_answered_and_the_connection_closed() {
    worker(async {
        let gate = gated().await;
        let mut client = gate.served.connect().await;
        client.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
        gate.started.notified().await;
        gate.served.drain.begin();
        gate.go.notify_one();
        let answer = read_to_end(&mut client).await;
        assert!(answer.contains("connection: close") && answer.ends_with("done"), "{answer}");
        assert_eq!(gate.served.ended().await.unwrap(), Ended::Closed);
    });
}

#[test]
fn an_idle_connection_gets_one_more_request() {
    worker(async {
        let gate = gated().await;
        let (pool, origin) = (pool(), gate.served.origin());
        gate.go.notify_one();
        assert_eq!(text(pool.send(&origin, get("/"), &soon()).await.unwrap()).await, "done");
        gate.served.drain.begin();
        gate.go.notify_one();
        let last = pool.send(&origin, get("/"), &soon()).await.unwrap();
        assert_eq!(last.head.headers.text("connection"), Some("close"));
        assert_eq!(text(last).await, "done");
        assert_eq!((gate.served.accepted.get(), pool.idle_connections()), (1, 0));
    });
}

#[test]
fn http2_goes_away_and_finishes_its_streams() {
    worker(async {
        let gate = gated().await;
        let (pool, origin) = (pool(), Origin { protocol: Protocol::H2c, ..gate.served.origin() });
        let sent = tokio::task::spawn_local({
            let (pool, origin) = (pool.clone(), origin.clone());
            async move { text(pool.send(&origin, get("/"), &soon()).await.unwrap()).await }
        });
        gate.started.notified().await;
        gate.served.drain.begin();
        gate.go.notify_one();
        assert_eq!(sent.await.unwrap(), "done");
        assert_eq!(gate.served.ended().await.unwrap(), Ended::Closed);
        gate.go.notify_one();
        assert_eq!(text(pool.send(&origin, get("/"), &soon()).await.unwrap()).await, "done");
        assert_eq!(gate.served.accepted.get(), 2, "the old connection was left");
    });
}

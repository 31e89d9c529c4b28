//! The certificate of the subdomains is renewed while clients come and go.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::HashSet;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use paifang_control::{AcceptAll, Clock as _, Control, FrozenClock, Settings, SystemClock};
use paifang_proxy::observe::{AccessLog, Destination};
use paifang_proxy::{Gateway, GatewaySettings};
use paifang_store::{SqliteStore, Store};
use paifang_testkit::TlsCaller;
use tokio::sync::{mpsc, oneshot};

use super::{keep, path};
use crate::publisher::{Defects, Publisher};

const DAY_MS: i64 = 24 * 3600 * 1000;
const CLIENTS: usize = 3;

#[tokio::test(flavor = "multi_thread")]
async fn what_the_authority_signed_is_renewed_before_it_ends_and_no_handshake_fails() {
    // Clients go by their own clock, to which the gateway's has caught up when the time has come.
    let clock = Arc::new(FrozenClock::at(SystemClock.now() - 61 * DAY_MS));
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open_in_memory().await.unwrap());
    let settings = Settings::default();
    let control = Control::new(Arc::clone(&store), Arc::clone(&clock) as _, Arc::new(AcceptAll), settings);
    let place = tempfile::tempdir().unwrap();
    keep(&control, place.path()).await.unwrap();
    let (gateway, address) = serving(&store);
    let mut served = gateway.served_revision();
    let made = *served.wait_for(|served| *served > 0).await.unwrap();

    let caller = TlsCaller::trusting(&std::fs::read_to_string(path(place.path())).unwrap());
    let (over, (came, mut coming)) = (Arc::new(AtomicBool::new(false)), mpsc::channel(CLIENTS));
    let clients: Vec<_> = (0..CLIENTS)
        .map(|_| tokio::spawn(shown(caller.clone(), address, came.clone(), Arc::clone(&over))))
        .collect();
    for _ in 0..CLIENTS {
        coming.recv().await.unwrap();
    }
    clock.advance(59 * DAY_MS);
    keep(&control, place.path()).await.unwrap();
    assert_eq!(store.head().await.unwrap(), made, "31 days are left: nothing is due");
    clock.advance(2 * DAY_MS);
    keep(&control, place.path()).await.unwrap();
    served.wait_for(|served| *served > made).await.unwrap();
    over.store(true, Ordering::SeqCst);
    for client in clients {
        assert_eq!(client.await.unwrap().len(), 2, "the old one, and the new one after it");
    }
    let renewed = store.head().await.unwrap();
    keep(&control, place.path()).await.unwrap();
    assert_eq!(store.head().await.unwrap(), renewed, "once");
}

/// A gateway that serves what is in a store.
fn serving(store: &Arc<dyn Store>) -> (Arc<Gateway>, SocketAddr) {
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap();
    let gateway = Gateway::start(GatewaySettings {
        tls_sockets: vec![socket],
        sockets: Vec::new(),
        workers: 1,
        access_log: AccessLog::start(Destination::Off).unwrap(),
        begin: paifang_proxy::Begin::Served,
        counting_secret: None,
        redis: None,
        settings: paifang_proxy::Settings { nonces: 1, ..paifang_proxy::Settings::default() },
    });
    let gateway = Arc::new(gateway.unwrap());
    let publisher = Publisher::new(Arc::clone(store), &gateway, Defects::default());
    tokio::spawn(async move {
        let (_end, ended) = oneshot::channel();
        publisher.run(None, ended).await;
    });
    (gateway, address)
}

/// The certificates that a client is shown, one handshake after the other, and one more when it is over.
async fn shown(
    caller: TlsCaller,
    address: SocketAddr,
    came: mpsc::Sender<()>,
    over: Arc<AtomicBool>,
) -> HashSet<Vec<u8>> {
    let (mut shown, mut came) = (HashSet::new(), Some(came));
    loop {
        let last = over.load(Ordering::SeqCst);
        let stream = caller.handshake(address, "localhost").await.unwrap();
        shown.insert(stream.get_ref().1.peer_certificates().unwrap()[0].to_vec());
        if let Some(came) = came.take() {
            came.send(()).await.unwrap();
        }
        if last {
            return shown;
        }
    }
}

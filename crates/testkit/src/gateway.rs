//! A running gateway, called over loopback.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};

use http::Method;
use paifang_model::Group;
use paifang_proxy::Gateway;
use paifang_proxy::config::{Change, Update};

use crate::call::Call;
use crate::connection::{Connection, Raw};

/// A running gateway.
#[derive(Debug)]
pub struct TestGateway {
    /// The gateway itself.
    pub gateway: Gateway,
    /// Where it listens.
    pub address: SocketAddr,
    /// Where it listens for TLS.
    pub tls_address: SocketAddr,
    /// The group that it serves.
    pub group: Group,
    revision: AtomicU64,
}

impl TestGateway {
    pub(crate) fn new(gateway: Gateway, address: SocketAddr, tls_address: SocketAddr, group: Group) -> Self {
        Self { gateway, address, tls_address, group, revision: AtomicU64::new(1) }
    }

    /// Publishes an update and waits until it is served.
    pub async fn serve(&self, update: Update) {
        let revision = update.revision;
        self.gateway.publish(update).await.unwrap();
        self.gateway.served_revision().wait_for(|served| *served >= revision).await.unwrap();
    }

    /// Publishes changes and waits until they are served.
    pub async fn change(&self, changes: Vec<Change>) {
        let revision = self.revision.fetch_add(1, Ordering::Relaxed) + 1;
        self.serve(Update { revision, changes }).await;
    }

    /// A connection that is kept for many calls.
    pub async fn connect(&self) -> Connection {
        Connection::http1(self.address).await
    }

    /// The same, with HTTP/2 by prior knowledge.
    pub async fn connect_h2(&self) -> Connection {
        Connection::http2(self.address).await
    }

    /// A connection that speaks bytes.
    pub async fn raw(&self) -> Raw {
        Raw::to(self.address).await
    }

    /// A GET.
    pub fn get(&self, target: &str) -> Call {
        self.call(Method::GET, target)
    }

    /// A POST.
    pub fn post(&self, target: &str, body: impl Into<bytes::Bytes>) -> Call {
        self.call(Method::POST, target).body(body)
    }

    /// Any call, to the group's own domain.
    pub fn call(&self, method: Method, target: &str) -> Call {
        Call::new(self.address, method, target)
    }
}

//! After a backend switched protocols: bytes both ways, until either side is done or silent for too long.

use std::time::Duration;

use http::HeaderValue;
use http::header::{CONNECTION, UPGRADE};
use paifang_wire::{Reply, Upgrade};

use crate::worker::Worker;

/// How long a tunnel may be silent.
const IDLE_AT_MOST: Duration = Duration::from_secs(60);

/// Joins the two connections as soon as the client has its `101`. A worker that ends waits for them as for any call.
pub(super) fn start(worker: &Worker, client: Upgrade, reply: &mut Reply, protocol: Option<HeaderValue>) {
    let Some(backend) = reply.upgraded.take() else { return };
    if let Some(protocol) = protocol {
        reply.head.headers.insert(UPGRADE, protocol);
        reply.head.headers.insert(CONNECTION, HeaderValue::from_static("upgrade"));
    }
    let stay = worker.open.enter();
    tokio::task::spawn_local(async move {
        match client.connection().await {
            Ok(client) => {
                let stats = paifang_wire::tunnel(client, backend, IDLE_AT_MOST).await;
                tracing::debug!(?stats, "a tunnel ended");
            }
            Err(error) => tracing::debug!(%error, "a client did not switch protocols: {error}"),
        }
        drop(stay);
    });
}

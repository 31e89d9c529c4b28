//! The way to a host: the address that its name has, where a backend may be there.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use super::forbidden::is_forbidden;
use crate::refusal::Refusal;
use crate::shared::Shared;
use crate::snapshot::Address;
use crate::worker::Worker;

/// Why there is no way to a host.
#[derive(Debug)]
pub(crate) enum NoWay {
    /// Its name has no address.
    NameNotKnown { host: Arc<str> },
    /// Nobody said in time which address its name has.
    NameTooLate { host: Arc<str>, patience: Duration },
    /// No backend may be there.
    Forbidden { host: Arc<str>, socket: SocketAddr },
}

/// Finds the way to a host; where its name has to be asked for, that may take so long.
pub(super) async fn find(
    worker: &Worker,
    to: &Address,
    patience: impl FnOnce() -> Duration,
) -> Result<SocketAddr, NoWay> {
    let ip = match to.literal {
        Some(literal) => literal,
        None => resolve(worker, &to.host, patience).await?,
    };
    allowed(&worker.shared, to, SocketAddr::new(ip, to.port))
}

/// Finds the way of who makes no call, at a port of its own: by the first address that a name has.
pub(crate) async fn first(shared: &Shared, to: &Address, port: u16) -> Result<SocketAddr, NoWay> {
    let ip = match to.literal {
        Some(literal) => Some(literal),
        None => shared.resolver.resolve(&to.host).await.first().copied(),
    };
    let ip = ip.ok_or_else(|| NoWay::NameNotKnown { host: Arc::clone(&to.host) })?;
    allowed(shared, to, SocketAddr::new(ip, port))
}

fn allowed(shared: &Shared, to: &Address, socket: SocketAddr) -> Result<SocketAddr, NoWay> {
    if is_forbidden(&shared.settings, socket) {
        return Err(NoWay::Forbidden { host: Arc::clone(&to.host), socket });
    }
    Ok(socket)
}

async fn resolve(
    worker: &Worker,
    host: &Arc<str>,
    patience: impl FnOnce() -> Duration,
) -> Result<IpAddr, NoWay> {
    let resolver = &worker.shared.resolver;
    let addresses = match resolver.remembered(host) {
        Some(addresses) => addresses,
        None => {
            let patience = patience();
            let late = |_| NoWay::NameTooLate { host: Arc::clone(host), patience };
            tokio::time::timeout(patience, resolver.ask(host)).await.map_err(late)?
        }
    };
    let turn = worker.turn(addresses.len());
    addresses.get(turn).copied().ok_or_else(|| NoWay::NameNotKnown { host: Arc::clone(host) })
}

impl From<NoWay> for Refusal {
    fn from(no_way: NoWay) -> Self {
        match no_way {
            NoWay::NameNotKnown { host } | NoWay::NameTooLate { host, .. } => {
                Self::NameNotResolved { host: host.to_string() }
            }
            NoWay::Forbidden { host, socket } => {
                let address = socket.ip().to_canonical().to_string();
                Self::AddressRefused { host: host.to_string(), address }
            }
        }
    }
}

impl fmt::Display for NoWay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NameNotKnown { host } => write!(f, "the name `{host}` is not known"),
            Self::NameTooLate { host, patience } => {
                write!(f, "the name `{host}` was not resolved in {} ms", patience.as_millis())
            }
            Self::Forbidden { socket, .. } => write!(f, "no backend may be at {socket}"),
        }
    }
}

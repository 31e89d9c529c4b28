//! A connection for its own sake: whether somebody takes it where a call would go.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpStream;

use crate::backend::way;
use crate::shared::Shared;
use crate::snapshot::Address;

/// How long it may take, where nothing else is asked.
const AT_MOST: Duration = Duration::from_secs(2);

/// Looks whether a connection is taken.
///
/// # Errors
/// Why it is not, as a sentence.
pub(crate) async fn knock(shared: &Shared, address: &Address) -> Result<(), Box<str>> {
    let knock = async { connect(socket(shared, address, address.port).await?).await };
    let late = |_| Err(format!("no connection in {} s", AT_MOST.as_secs()).into());
    tokio::time::timeout(AT_MOST, knock).await.unwrap_or_else(late)
}

/// Where a name is, when a backend may be there.
pub(crate) async fn socket(shared: &Shared, address: &Address, port: u16) -> Result<SocketAddr, Box<str>> {
    way::first(shared, address, port).await.map_err(|no_way| no_way.to_string().into())
}

pub(crate) async fn connect(socket: SocketAddr) -> Result<(), Box<str>> {
    let connected = TcpStream::connect(socket).await;
    connected.map(drop).map_err(|error| format!("connecting failed: {error}").into())
}

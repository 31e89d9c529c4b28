//! Sockets, bound before anything is started: what cannot be had is said at once, and port 0 becomes a real one.

use std::net::{SocketAddr, TcpListener};

use anyhow::{Context as _, Result};
use socket2::{Domain, Protocol, Socket, Type};

use crate::settings::Settings;

/// Connections that wait to be accepted. The operating system may allow fewer.
const BACKLOG: i32 = 4096;

/// The sockets.
#[derive(Debug)]
pub(super) struct Listeners {
    pub(super) http: TcpListener,
    pub(super) https: Option<TcpListener>,
    pub(super) management: TcpListener,
}

impl Listeners {
    pub(super) fn bind(settings: &Settings) -> Result<Self> {
        Ok(Self {
            http: bind("calls", settings.http)?,
            https: settings.https.map(|address| bind("calls over TLS", address)).transpose()?,
            management: bind("management", settings.management)?,
        })
    }
}

fn bind(purpose: &str, address: SocketAddr) -> Result<TcpListener> {
    listen(address).with_context(|| format!("listening for {purpose} on {address}"))
}

fn listen(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    // Connections of an earlier process that are still being forgotten do not keep the port.
    socket.set_reuse_address(true)?;
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

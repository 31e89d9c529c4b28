//! Sockets, inherited or bound before anything is started: what cannot be had is said at once, and port 0 becomes a real one.

use std::net::{SocketAddr, TcpListener};
use std::os::fd::{AsFd as _, BorrowedFd};

use anyhow::{Context as _, Result};
use socket2::{Domain, Protocol, Socket, Type};
use tracing::warn;

use super::inherited::Inherited;
use crate::settings::Settings;

/// Connections that wait to be accepted. The operating system may allow fewer.
const BACKLOG: i32 = 4096;

/// What the sockets are called where they are inherited.
const HTTP: &str = "http";
const HTTPS: &str = "https";
const MANAGEMENT: &str = "management";

/// The sockets.
#[derive(Debug)]
pub(super) struct Listeners {
    pub(super) http: TcpListener,
    pub(super) https: Option<TcpListener>,
    pub(super) management: TcpListener,
}

impl Listeners {
    /// Takes those that are inherited and binds the others.
    pub(super) fn open(settings: &Settings, mut inherited: Inherited) -> Result<Self> {
        let http = open(HTTP, "calls", settings.http, &mut inherited)?;
        let https = open_https(settings.https, &mut inherited)?;
        let management = open(MANAGEMENT, "management", settings.management, &mut inherited)?;
        inherited.expect_none(&[HTTP, HTTPS, MANAGEMENT])?;
        Ok(Self { http, https, management })
    }

    /// The same sockets once more.
    pub(super) fn share(&self) -> std::io::Result<Self> {
        Ok(Self {
            http: self.http.try_clone()?,
            https: self.https.as_ref().map(TcpListener::try_clone).transpose()?,
            management: self.management.try_clone()?,
        })
    }

    /// By the names under which another process inherits them.
    pub(super) fn named(&self) -> Vec<(&'static str, BorrowedFd<'_>)> {
        let https = self.https.iter().map(|socket| (HTTPS, socket.as_fd()));
        [(HTTP, self.http.as_fd()), (MANAGEMENT, self.management.as_fd())].into_iter().chain(https).collect()
    }
}

/// Whoever inherits the socket takes calls at it, whether or not the settings name an address: callers may wait there.
fn open_https(setting: Option<SocketAddr>, inherited: &mut Inherited) -> Result<Option<TcpListener>> {
    match setting {
        Some(address) => open(HTTPS, "calls over TLS", address, inherited).map(Some),
        None => inherited.take(HTTPS),
    }
}

fn open(name: &str, purpose: &str, address: SocketAddr, inherited: &mut Inherited) -> Result<TcpListener> {
    let Some(socket) = inherited.take(name)? else {
        return listen(address).with_context(|| format!("listening for {purpose} on {address}"));
    };
    let actual = socket.local_addr().with_context(|| format!("looking at the inherited socket `{name}`"))?;
    if actual != address && address.port() != 0 {
        warn!(%actual, setting = %address, "The inherited socket `{name}` counts, on {actual}; the setting says {address}");
    }
    Ok(socket)
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

//! Sockets that somebody else made: systemd, which keeps them while no gateway runs, or the gateway that this one succeeds.
//! They are known by name. Nobody binds them again, so that no caller is refused between two processes.

use std::net::TcpListener;

use anyhow::{Context as _, Result, bail, ensure};
use listenfd::ListenFd;

/// Sockets, each with its name.
#[derive(Debug, Default)]
pub(super) struct Inherited(Vec<(String, TcpListener)>);

impl Inherited {
    pub(super) fn new(sockets: Vec<(String, TcpListener)>) -> Self {
        Self(sockets)
    }

    /// What systemd hands over: `LISTEN_FDS`, with names in `LISTEN_FDNAMES` (sd_listen_fds(3)).
    ///
    /// # Errors
    /// When one of them is no TCP socket, or has no name.
    pub(super) fn from_environment() -> Result<Self> {
        let mut given = ListenFd::from_env();
        let names = std::env::var("LISTEN_FDNAMES").unwrap_or_default();
        let mut names = names.split(':').filter(|name| !name.is_empty());
        let mut sockets = Vec::new();
        for index in 0..given.len() {
            let name = names.next().with_context(|| unnamed(index))?;
            let socket = given.take_tcp_listener(index);
            let socket = socket.with_context(|| format!("taking the inherited socket `{name}`"))?;
            sockets.extend(socket.map(|socket| (name.to_owned(), socket)));
        }
        Ok(Self(sockets))
    }

    /// The socket of a name, not to be waited on; none when there is none.
    ///
    /// # Errors
    /// When there are several.
    pub(super) fn take(&mut self, name: &str) -> Result<Option<TcpListener>> {
        let mut found = self.0.extract_if(.., |(given, _)| given == name);
        let (first, another) = (found.next(), found.next());
        ensure!(another.is_none(), "there are two inherited sockets `{name}`: one is expected");
        let Some((_, socket)) = first else { return Ok(None) };
        socket.set_nonblocking(true).with_context(|| format!("taking the inherited socket `{name}`"))?;
        Ok(Some(socket))
    }

    /// All that is wanted was taken.
    ///
    /// # Errors
    /// When there is more: callers would wait at it for ever.
    pub(super) fn expect_none(self, wanted: &[&str]) -> Result<()> {
        let Some((name, _)) = self.0.first() else { return Ok(()) };
        bail!(
            "the inherited socket `{name}` has no use; what is known are {}: see FileDescriptorName= in systemd.socket(5)",
            wanted.join(", ")
        )
    }
}

fn unnamed(index: usize) -> String {
    format!("the inherited socket {index} has no name: see FileDescriptorName= in systemd.socket(5)")
}

//! The HTTP/2 connections of one origin.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant};

use hyper::client::conn::http2::{Builder, SendRequest};
use hyper_util::rt::TokioIo;
use tokio::sync::Mutex;

use crate::client::connect::{connect, within};
use crate::client::home::Home;
use crate::client::upload::Upload;
use crate::client::{Origin, SendError, SendFailure, TimeoutPhase, Timeouts};
use crate::exec::LocalExec;

/// What a backend may send ahead, per stream and in all.
const STREAM_WINDOW: u32 = 1 << 20;
const CONNECTION_WINDOW: u32 = 4 << 20;

#[derive(Default)]
pub(in crate::client) struct Shared {
    connections: RefCell<Vec<Connection>>,
    /// Held while connecting, so that a burst of first requests makes one connection.
    connecting: Mutex<()>,
}

struct Connection {
    sender: SendRequest<Upload>,
    use_: Rc<Use>,
}

struct Use {
    streams: Cell<u32>,
    rested: Cell<Instant>,
}

impl Shared {
    /// A place for one request, on an open connection if there is one.
    pub(super) async fn stream(
        &self,
        home: &Home,
        origin: &Origin,
        timeouts: &Timeouts,
    ) -> Result<Stream, SendError> {
        let most = home.settings().streams_per_connection;
        if let Some(stream) = self.place(most) {
            return Ok(stream);
        }
        let _turn = within(timeouts, TimeoutPhase::Connect, self.connecting.lock()).await?;
        if let Some(stream) = self.place(most) {
            return Ok(stream);
        }
        let connection = open(home, origin, timeouts).await?;
        let stream = connection.stream();
        self.connections.borrow_mut().push(connection);
        Ok(stream)
    }

    fn place(&self, most: u32) -> Option<Stream> {
        let mut connections = self.connections.borrow_mut();
        connections.retain(|connection| !connection.sender.is_closed());
        connections.iter().find(|connection| connection.use_.streams.get() < most).map(Connection::stream)
    }

    /// Drops what is closed or idle; says whether anything is left.
    pub(in crate::client) fn sweep(&self, now: Instant, idle_timeout: Duration) -> bool {
        let mut connections = self.connections.borrow_mut();
        connections.retain(|connection| {
            let use_ = &connection.use_;
            let idle =
                use_.streams.get() == 0 && now.saturating_duration_since(use_.rested.get()) >= idle_timeout;
            !idle && !connection.sender.is_closed()
        });
        !connections.is_empty()
    }
}

async fn open(home: &Home, origin: &Origin, timeouts: &Timeouts) -> Result<Connection, SendError> {
    let transport = connect(origin, timeouts).await?;
    let io = TokioIo::new(transport);
    let handshake = Builder::new(LocalExec)
        .initial_stream_window_size(STREAM_WINDOW)
        .initial_connection_window_size(CONNECTION_WINDOW)
        .max_header_list_size(home.settings().max_head_bytes)
        .handshake(io);
    let (sender, connection) = within(timeouts, TimeoutPhase::Handshake, handshake)
        .await?
        .map_err(|error| SendError::not_sent(SendFailure::from_hyper(error)))?;
    // Its failure reaches every request on it.
    tokio::task::spawn_local(async move { drop(connection.await) });
    let use_ = Rc::new(Use { streams: Cell::new(0), rested: Cell::new(Instant::now()) });
    Ok(Connection { sender, use_ })
}

impl Connection {
    fn stream(&self) -> Stream {
        self.use_.streams.set(self.use_.streams.get() + 1);
        Stream { sender: self.sender.clone(), use_: Rc::clone(&self.use_) }
    }
}

/// A place on a connection, taken until it is dropped.
pub(in crate::client) struct Stream {
    sender: SendRequest<Upload>,
    use_: Rc<Use>,
}

impl Stream {
    pub(super) fn sender(&mut self) -> &mut SendRequest<Upload> {
        &mut self.sender
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.use_.streams.set(self.use_.streams.get() - 1);
        self.use_.rested.set(Instant::now());
    }
}

//! Callers that never stop while something happens to a gateway: each failure is told, none is tried again.
//!
//! A failure is what a careful client cannot cope with: a connection that breaks with a request on it, an answer that breaks
//! off, another status than 200. Being told that a connection ends (`Connection: close`, GOAWAY) before a request is sent
//! is none.

mod http1;
mod http2;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::tls::TlsCaller;

/// What is called.
#[derive(Debug, Clone)]
pub struct Target {
    /// Where the gateway listens.
    pub address: SocketAddr,
    /// The host.
    pub host: String,
    /// The path.
    pub path: String,
    /// Who speaks TLS with it; absent: plain text.
    pub tls: Option<TlsCaller>,
}

/// How a caller uses connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// HTTP/1.1, one connection for as many calls as it lasts.
    Kept,
    /// HTTP/1.1, a connection for each call.
    Fresh,
    /// HTTP/2, by prior knowledge where it is not over TLS, a few calls at a time on one connection.
    H2,
}

/// Callers at work.
#[derive(Debug)]
pub struct Load {
    callers: Vec<JoinHandle<()>>,
    state: Arc<State>,
}

#[derive(Debug)]
struct State {
    target: Target,
    stage: watch::Sender<Stage>,
    answered: watch::Sender<u64>,
    failures: Mutex<Vec<String>>,
}

/// What callers do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Calling,
    /// They call for as long as their connections last.
    TurnedAway,
    Over,
}

/// A connection, secured or not.
trait Io: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Io for T {}

impl Load {
    /// Begins: this many callers of each manner.
    pub fn start(target: Target, callers: &[(Manner, usize)]) -> Self {
        let state = Arc::new(State {
            target,
            stage: watch::Sender::new(Stage::Calling),
            answered: watch::Sender::new(0),
            failures: Mutex::default(),
        });
        let manners = callers.iter().flat_map(|(manner, count)| std::iter::repeat_n(*manner, *count));
        let callers = manners.map(|manner| tokio::spawn(call(manner, Arc::clone(&state)))).collect();
        Self { callers, state }
    }

    /// Waits for this many further answers.
    pub async fn wait_for(&self, further: u64) {
        let mut answered = self.state.answered.subscribe();
        let due = *answered.borrow() + further;
        answered.wait_for(|answered| *answered >= due).await.unwrap();
    }

    /// Nobody connects any more, as when whatever stands before a gateway has turned to another one.
    pub fn turn_away(&self) {
        self.state.stage.send_replace(Stage::TurnedAway);
    }

    /// Ends it, each caller after its call; how many calls were answered. Panics with the failures if there was any.
    pub async fn end(self) -> u64 {
        self.state.stage.send_replace(Stage::Over);
        for caller in self.callers {
            caller.await.unwrap();
        }
        let failures = self.state.failures.lock().unwrap();
        let answered = *self.state.answered.borrow();
        assert!(failures.is_empty(), "{} of {answered} calls failed: {:#?}", failures.len(), &*failures);
        answered
    }
}

async fn call(manner: Manner, state: Arc<State>) {
    while !state.is_over() && *state.stage.borrow() == Stage::Calling {
        let outcome = match manner {
            Manner::Kept => http1::kept(&state).await,
            Manner::Fresh => http1::fresh(&state).await,
            Manner::H2 => http2::calls(&state).await,
        };
        if let Err(failure) = outcome {
            state.failures.lock().unwrap().push(format!("{manner:?}: {failure}"));
        }
    }
}

impl State {
    fn is_over(&self) -> bool {
        // One that always fails would fill the memory.
        *self.stage.borrow() == Stage::Over || self.failures.lock().unwrap().len() >= 100
    }

    /// A connection on which this protocol is spoken, by its name in ALPN.
    async fn connect(&self, protocol: &str) -> Result<Box<dyn Io>, String> {
        let Target { address, host, tls, .. } = &self.target;
        let connected: std::io::Result<Box<dyn Io>> = match tls {
            None => TcpStream::connect(address).await.map(|stream| Box::new(stream) as _),
            Some(caller) => {
                let secured = caller.clone().offering(&[protocol]).handshake(*address, host).await;
                secured.map(|stream| Box::new(stream) as _)
            }
        };
        connected.map_err(|error| format!("not connected: {error}"))
    }

    fn answered(&self) {
        self.answered.send_modify(|answered| *answered += 1);
    }
}

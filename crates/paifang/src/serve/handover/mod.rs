//! One gateway hands over to the next, which may be another version, up or down, and callers notice nothing.
//!
//! The running one starts the new one with a stream on its standard input, and sends it the lock of the data directory and
//! its sockets. Both say one thing at a time:
//!
//! | new process | running process |
//! |---|---|
//! | `prepared`: its settings can be used | lays down what changes the store: management, tasks, reports; it serves on |
//! | | `yours`: the store is the new one's |
//! | opens the store, serves what is stored | |
//! | `ready`: it takes calls | takes none any more |
//! | | writes down what limits have counted; `draining` |
//! | goes on from that, and is managed | answers what it has, follows what the new one changes, ends |
//!
//! While nobody is managed, whoever wants to manage waits in the socket's queue. When the new one fails before it is ready,
//! the running one takes up again what it laid down and says why.

mod line;
mod parcel;
mod predecessor;
mod requests;
mod successor;

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::time::Instant;
use tracing::{error, info};

pub(crate) use line::Line;
pub(super) use parcel::Parcel;
pub(super) use predecessor::Predecessor;
pub(super) use requests::Requests;
pub(crate) use requests::{Reply, Wish, socket};
use successor::Successor;

use super::ground::Ground;
use super::notify;
use super::serving::Serving;
use super::signals::Signals;

/// What a new process says to the running one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum FromSuccessor {
    /// Its settings can be used.
    Prepared,
    /// It takes calls.
    Ready,
    /// It cannot, and ends.
    Failed { reason: String },
}

/// What the running process says to the new one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum FromPredecessor {
    /// The store is the new one's.
    Yours,
    /// The running one takes no calls any more.
    Draining,
}

/// Why a gateway was not handed over.
#[derive(Debug)]
pub(super) enum Failure {
    /// The new process could not.
    Successor(anyhow::Error),
    /// This one was told to end meanwhile.
    ToldToEnd,
}

/// What the wait for a new process ends with, at the latest.
struct Patience<'s> {
    deadline: Instant,
    within: Duration,
    signals: &'s mut Signals,
}

/// Hands over; the number of the process that serves from now on.
///
/// # Errors
/// When it could not be; then this process goes on as before.
pub(super) async fn hand_over(
    wish: &Wish,
    ground: &Ground,
    serving: &mut Serving,
    signals: &mut Signals,
) -> Result<u32, Failure> {
    let within = Duration::from_secs(wish.ready_within_s);
    let mut patience = Patience { deadline: Instant::now() + within, within, signals };
    info!(binary = %wish.binary.display(), "Handing over to `{}`", wish.binary.display());
    let mut successor = Successor::start(&wish.binary, ground)?;
    let handed_over = take_turns(&mut successor, serving, &mut patience).await;
    if let Err(failure) = handed_over {
        successor.end().await;
        serving.take_up(ground).await;
        error!("Nothing was handed over, and this process goes on: {failure}");
        return Err(failure);
    }
    serving.parts.gateway.stop_accepting();
    serving.parts.hand_over_counts().await;
    let pid = successor.pid();
    notify::succeeded_by(pid);
    // It serves, whether it hears this or not.
    let _ = successor.say(&FromPredecessor::Draining).await;
    info!(pid, "Process {pid} serves");
    Ok(pid)
}

async fn take_turns(
    successor: &mut Successor,
    serving: &mut Serving,
    patience: &mut Patience<'_>,
) -> Result<(), Failure> {
    successor.expect(&FromSuccessor::Prepared, patience).await?;
    serving.lay_down().await;
    successor.say(&FromPredecessor::Yours).await?;
    successor.expect(&FromSuccessor::Ready, patience).await
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Successor(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Successor(error) => write!(f, "{error:#}"),
            Self::ToldToEnd => f.write_str("the gateway was told to end meanwhile"),
        }
    }
}

//! Work that others hand to a worker: the pipeline belongs to its thread and can be reached in no other way.

use std::collections::VecDeque;
use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;

use bytes::Bytes;
use paifang_wire::{Body, Head, Headers, StatusCode};
use tokio::sync::{mpsc, oneshot};

use crate::exchange::{Aim, Client, ClientScheme, Exchange, Source, now_ms};
use crate::explain::{Decision, Explain};
use crate::observe::{Minute, Minutes, minute_of};
use crate::pipeline;
use crate::worker::Worker;

/// The most bytes of an answer's body that an explanation keeps.
const ANSWER_AT_MOST: usize = 2 * 1024 * 1024;

/// How long the body of an answer is read for an explanation; a stream of events would never end.
const ANSWER_WITHIN: std::time::Duration = std::time::Duration::from_secs(10);

/// How long the workers may take to hand over what they counted.
const COUNTED_WITHIN: std::time::Duration = std::time::Duration::from_secs(2);

/// Work for a worker.
#[derive(Debug)]
pub(crate) enum Job {
    /// Makes a call and says how it was decided.
    Explain(Box<Trial>, oneshot::Sender<Explained>),
    /// Hands over what was counted.
    Count(Minutes, oneshot::Sender<VecDeque<Minute>>),
}

/// A call to be tried.
#[derive(Debug)]
pub struct Trial {
    /// The head of the request.
    pub head: Head,
    /// Its body.
    pub body: Bytes,
    /// The address that it is said to come from.
    pub from: IpAddr,
    /// How the client is said to speak.
    pub scheme: ClientScheme,
    /// What is to answer; none: what the host leads to.
    pub aim: Option<Aim>,
}

/// What became of a trial.
#[derive(Debug)]
pub struct Explained {
    /// The status of the answer.
    pub status: StatusCode,
    /// Its headers.
    pub headers: Headers,
    /// Its body, or as much of it as is kept.
    pub body: Bytes,
    /// Whether the body is longer.
    pub truncated: bool,
    /// How the call was decided.
    pub decisions: Vec<Decision>,
}

impl Job {
    pub(crate) async fn run(self, worker: &Rc<Worker>) {
        match self {
            Self::Explain(trial, answer) => {
                let explained = explain(worker, *trial).await;
                // Whoever asked may have given up.
                let _ = answer.send(explained);
            }
            Self::Count(minutes, answer) => {
                let mut rollup = worker.rollup.borrow_mut();
                let counted = match minutes {
                    Minutes::Ended => rollup.ended(minute_of(now_ms())),
                    Minutes::All => rollup.all(),
                };
                if let Err(counted) = answer.send(counted) {
                    rollup.give_back(counted);
                }
            }
        }
    }
}

/// What all workers counted. One that has much to do keeps what it has, for the next time.
pub(crate) async fn count(workers: &[mpsc::Sender<Job>], minutes: Minutes) -> Vec<Minute> {
    let ask = |worker: &mpsc::Sender<Job>| {
        let (answer, answered) = oneshot::channel();
        worker.try_send(Job::Count(minutes, answer)).ok().map(|()| answered)
    };
    let asked: Vec<_> = workers.iter().filter_map(ask).collect();
    let deadline = tokio::time::Instant::now() + COUNTED_WITHIN;
    let mut counted = Vec::new();
    for answer in asked {
        if let Ok(Ok(minutes)) = tokio::time::timeout_at(deadline, answer).await {
            counted.extend(minutes);
        }
    }
    counted
}

async fn explain(worker: &Rc<Worker>, trial: Trial) -> Explained {
    let Trial { head, body, from, scheme, aim } = trial;
    let client = Client::new(from, scheme, SocketAddr::from(([127, 0, 0, 1], 0)));
    let mut exchange = Exchange::new(head, Body::full(body), client);
    exchange.explain = Explain::on();
    exchange.source = Source::Debugger(aim);
    let (reply, decisions) = pipeline::explain(worker, exchange).await;
    let (bytes, truncated) = read(reply.body).await;
    Explained { status: reply.head.status, headers: reply.head.headers, body: bytes, truncated, decisions }
}

/// As much of an answer as is kept; one that breaks off is shown as far as it came, and so is one that does not end.
async fn read(mut body: Body) -> (Bytes, bool) {
    let mut kept = Vec::new();
    let end = tokio::time::Instant::now() + ANSWER_WITHIN;
    loop {
        let frame = match tokio::time::timeout_at(end, body.next()).await {
            Ok(Some(Ok(frame))) => frame,
            Ok(_) => return (kept.into(), false),
            Err(_) => return (kept.into(), true),
        };
        if let paifang_wire::Frame::Data(data) = frame {
            let room = ANSWER_AT_MOST - kept.len();
            kept.extend_from_slice(&data[..data.len().min(room)]);
            if data.len() > room {
                return (kept.into(), true);
            }
        }
    }
}

//! The connection to Redis, on a thread of its own: it is made again when it is lost, and calls never wait for that.

use std::fmt;
use std::io;
use std::str::FromStr;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use arc_swap::ArcSwapOption;
use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, RedisError, RedisResult};
use tokio::sync::Notify;

use super::Few;
use super::script::{self, Grant, Question};
use crate::exchange::now_ms;
use crate::limits::Key;

/// How long a call waits for an answer before the node counts alone.
const ANSWER_WITHIN: Duration = Duration::from_millis(200);

/// How long making a connection may take.
const CONNECT_WITHIN: Duration = Duration::from_secs(2);

/// How often a node says that it is there, and looks whether Redis is.
const BEAT: Duration = Duration::from_secs(1);

/// After how long without a beat a node is gone, in milliseconds.
const GONE_AFTER_MS: i64 = 5_000;

/// Where Redis is: `redis://user:password@host:6379/0`, `rediss://…` over TLS, or `redis+unix:///path`. It may hold a
/// password, so it shows itself to nobody.
#[derive(Clone)]
pub struct RedisUrl(Client);

impl FromStr for RedisUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        // What was given is not repeated.
        let bad = "it is not a URL of Redis, as in `redis://:password@host:6379/0`, `rediss://…` or `redis+unix:///path`";
        Client::open(text).map(Self).map_err(|_| bad.to_owned())
    }
}

impl fmt::Debug for RedisUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RedisUrl")
    }
}

/// How Redis is for this node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Why it is away; none: it is there.
    pub away: Option<String>,
    /// Since when it is there or away, in milliseconds since 1970.
    pub since_ms: i64,
    /// Nodes that share their limits, this one included; 1 while Redis is away.
    pub nodes: u32,
    /// Questions for places so far, each for all that a call wants.
    pub asked: u64,
    /// Questions about a nonce so far.
    pub nonces: u64,
    /// Of both, those that failed.
    pub failed: u64,
}

/// The connection, or why there is none.
#[derive(Debug)]
pub(super) struct Link {
    state: Arc<State>,
    thread: tokio::runtime::Handle,
}

#[derive(Debug)]
struct State {
    redis: RedisUrl,
    connection: ArcSwapOption<Connection>,
    away: Mutex<Away>,
    lost: Notify,
    nodes: AtomicU32,
    asked: AtomicU64,
    nonces: AtomicU64,
    failed: AtomicU64,
    /// The nodes that are there: a sorted set of their numbers by the time of their last beat.
    nodes_key: String,
    /// This node's number.
    node: u64,
}

#[derive(Debug)]
struct Away {
    reason: Option<String>,
    since_ms: i64,
}

struct Connection(MultiplexedConnection);

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connection")
    }
}

impl Link {
    pub(super) fn start(url: &RedisUrl) -> io::Result<Self> {
        let state = Arc::new(State {
            redis: url.clone(),
            connection: ArcSwapOption::empty(),
            away: Mutex::new(Away { reason: Some("it has not answered yet".to_owned()), since_ms: now_ms() }),
            lost: Notify::new(),
            nodes: AtomicU32::new(1),
            asked: AtomicU64::new(0),
            nonces: AtomicU64::new(0),
            failed: AtomicU64::new(0),
            nodes_key: format!("paifang:{}:nodes", hex::encode(Key::of(&[b"nodes"]).to_bytes())),
            node: fastrand::u64(..),
        });
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (kept, thread) = (Arc::downgrade(&state), runtime.handle().clone());
        std::thread::Builder::new().name("redis".to_owned()).spawn(move || runtime.block_on(keep(kept)))?;
        Ok(Self { state, thread })
    }

    /// Whether there is a connection.
    pub(super) fn is_there(&self) -> bool {
        self.state.connection.load().is_some()
    }

    /// Does something on the connection's thread, for as long as that lives.
    pub(super) fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        self.thread.spawn(work);
    }

    /// Places for each question; none while Redis is away. One round trip.
    pub(super) async fn ask(&self, questions: &[Question]) -> Option<Few<Grant>> {
        let mut pipeline = redis::pipe();
        let nodes = self.state.nodes.load(Relaxed);
        questions.iter().for_each(|question| question.add_to(&mut pipeline, nodes));
        let grants = |connection| async move {
            pipeline.query_async::<Vec<(u32, i64, u32)>>(&mut { connection }).await
        };
        let grants =
            self.state.query(&self.state.asked, grants, |grants| grants.len() == questions.len()).await?;
        let answers = questions.iter().zip(grants);
        Some(answers.map(|(question, answer)| question.grant(answer)).collect())
    }

    /// Whether a name is new, which is taken for so many milliseconds then; none while Redis is away. One round trip.
    pub(super) async fn take_name(&self, name: &str, for_ms: u64) -> Option<bool> {
        let mut set = redis::cmd("SET");
        set.arg(name).arg(1).arg("NX").arg("PX").arg(for_ms);
        let is_new = |connection| async move { set.query_async::<bool>(&mut { connection }).await };
        self.state.query(&self.state.nonces, is_new, |_| true).await
    }

    pub(super) fn standing(&self) -> Standing {
        let (state, away) = (&self.state, self.state.away());
        Standing {
            away: away.reason.clone(),
            since_ms: away.since_ms,
            nodes: if away.reason.is_none() { state.nodes.load(Relaxed) } else { 1 },
            asked: state.asked.load(Relaxed),
            nonces: state.nonces.load(Relaxed),
            failed: state.failed.load(Relaxed),
        }
    }
}

impl State {
    /// What Redis says, as far as it makes sense; none while it is away.
    async fn query<T, F: Future<Output = RedisResult<T>>>(
        &self,
        asked: &AtomicU64,
        ask: impl FnOnce(MultiplexedConnection) -> F,
        makes_sense: impl FnOnce(&T) -> bool,
    ) -> Option<T> {
        let connection = self.connection.load_full()?;
        asked.fetch_add(1, Relaxed);
        let reason = match ask(connection.0.clone()).await {
            Ok(answer) if makes_sense(&answer) => return Some(answer),
            Ok(_) => "a strange answer".to_owned(),
            Err(error) => error.to_string(),
        };
        self.failed.fetch_add(1, Relaxed);
        self.lose(&connection, reason);
        None
    }

    fn away(&self) -> std::sync::MutexGuard<'_, Away> {
        self.away.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets go of a connection that failed, unless that was done already.
    fn lose(&self, failed: &Arc<Connection>, reason: String) {
        let before = self.connection.compare_and_swap(failed, None);
        if before.as_ref().is_some_and(|before| Arc::ptr_eq(before, failed)) {
            self.is_away(reason);
            self.lost.notify_one();
        }
    }

    /// Says it once, not with every attempt.
    fn is_away(&self, reason: String) {
        let mut away = self.away();
        if away.reason.is_none() {
            away.since_ms = now_ms();
        }
        if away.reason.as_ref() != Some(&reason) {
            tracing::warn!(
                reason,
                "Redis is away: limits are counted, and nonces remembered, by this node alone: {reason}"
            );
        }
        away.reason = Some(reason);
    }

    fn is_there(&self, connection: MultiplexedConnection) -> Arc<Connection> {
        let connection = Arc::new(Connection(connection));
        self.connection.store(Some(Arc::clone(&connection)));
        *self.away() = Away { reason: None, since_ms: now_ms() };
        let nodes = self.nodes.load(Relaxed);
        tracing::info!(nodes, "Redis is there: {nodes} nodes count limits together");
        connection
    }

    async fn connect(&self) -> Result<MultiplexedConnection, RedisError> {
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(CONNECT_WITHIN))
            .set_response_timeout(Some(ANSWER_WITHIN));
        let mut connection = self.redis.0.get_multiplexed_async_connection_with_config(&config).await?;
        for script in script::all() {
            script.load_async(&mut connection).await?;
        }
        self.beat(&mut connection).await?;
        Ok(connection)
    }

    /// Says that this node is there, and counts those that are.
    async fn beat(&self, connection: &mut MultiplexedConnection) -> Result<(), RedisError> {
        let (key, now) = (&self.nodes_key, now_ms());
        let mut pipeline = redis::pipe();
        pipeline.cmd("ZADD").arg(key).arg(now).arg(self.node).ignore();
        pipeline.cmd("ZREMRANGEBYSCORE").arg(key).arg("-inf").arg(now - GONE_AFTER_MS).ignore();
        pipeline.cmd("PEXPIRE").arg(key).arg(2 * GONE_AFTER_MS).ignore();
        pipeline.cmd("ZCARD").arg(key);
        let (nodes,): (u32,) = pipeline.query_async(connection).await?;
        self.nodes.store(nodes.max(1), Relaxed);
        Ok(())
    }
}

/// Keeps a connection for as long as somebody may ask.
async fn keep(state: Weak<State>) {
    while let Some(state) = state.upgrade() {
        match state.connect().await {
            Ok(connection) => {
                let connection = state.is_there(connection);
                let state = {
                    let weak = Arc::downgrade(&state);
                    drop(state);
                    weak
                };
                until_lost(&state, &connection).await;
            }
            Err(error) => {
                state.is_away(error.to_string());
                drop(state);
                tokio::time::sleep(BEAT).await;
            }
        }
    }
}

async fn until_lost(state: &Weak<State>, connection: &Arc<Connection>) {
    let mut redis = connection.0.clone();
    while let Some(state) = state.upgrade() {
        let is_lost = tokio::time::timeout(BEAT, state.lost.notified()).await.is_ok();
        if is_lost {
            return;
        }
        if let Err(error) = state.beat(&mut redis).await {
            state.lose(connection, error.to_string());
        }
    }
}

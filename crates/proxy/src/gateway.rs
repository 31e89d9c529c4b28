//! The data plane as a whole: started with sockets, told what to serve, asked what it does, ended without loss.

use std::io;
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use foldhash::{HashMap, HashMapExt};
use paifang_model::definition::Scheme;
use paifang_model::dialect::Dialect;
use paifang_model::id::{ApiId, ChannelId, GroupId, StageId};
use paifang_model::limits::{self as model, Profile};
use paifang_model::telemetry::MinuteRow;
use paifang_model::{Definition, Group, Stage, Violations};
use paifang_wire::ByteBudget;
use tokio::sync::{Notify, mpsc, oneshot, watch};

use crate::backend::Resolver;
use crate::channel::{self, MemberHealth};
use crate::config::{Change, Update};
use crate::exchange::{Aim, ClientScheme, now_ms};
use crate::in_flight::InFlight;
use crate::job::{self, Explained, Job, Trial};
use crate::knock::knock;
use crate::limits::{BadCounts, Cluster, Key, Limits, RedisStanding, RedisUrl};
use crate::listen::{self, Crowd, Phase};
use crate::nonces::Nonces;
use crate::observe::{AccessLog, LeftMinutes, Metrics, Minutes, collect};
use crate::shared::{Settings, Shared};
use crate::snapshot::{Address, GroupEntry, Publisher, PublisherGone, SetAside, compile};

/// How many jobs may wait at one worker.
const JOBS_AT_MOST: usize = 64;

/// What a gateway is started with.
#[derive(Debug)]
pub struct GatewaySettings {
    /// Sockets that listen already; whoever made them may hand them to a successor.
    pub sockets: Vec<TcpListener>,
    /// The same, for calls over TLS.
    pub tls_sockets: Vec<TcpListener>,
    /// When they are accepted from.
    pub begin: Begin,
    /// Threads that answer calls; at least 1.
    pub workers: usize,
    /// Where the access log goes.
    pub access_log: AccessLog,
    /// What the names of counters are made with; none: the process draws it, and its counts mean nothing to another.
    pub counting_secret: Option<[u8; 16]>,
    /// Where limits are counted together with other nodes that have the same secret; none: this one counts alone.
    pub redis: Option<RedisUrl>,
    /// All else.
    pub settings: Settings,
}

/// When a gateway begins to take connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begin {
    /// With the first update.
    Served,
    /// Not before [`Gateway::begin`]: until then another process takes them from the same sockets.
    Told,
}

/// The gateway cannot do what it is asked.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// All workers have ended, or are too busy to take a job.
    #[error("no worker takes the job now")]
    NoWorker,
}

/// The data plane of a process.
#[derive(Debug)]
pub struct Gateway {
    shared: Arc<Shared>,
    publisher: Publisher,
    jobs: Vec<mpsc::Sender<Job>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
    phase: watch::Sender<Phase>,
    next: AtomicUsize,
}

impl Gateway {
    /// Starts the workers. Nothing is served before the first update.
    ///
    /// # Errors
    /// When the operating system gives no thread or a socket cannot be shared.
    pub fn start(start: GatewaySettings) -> io::Result<Self> {
        start.counting_secret.into_iter().for_each(Key::make_with);
        let publisher = Publisher::start(start.settings.profile)?;
        let cluster = start.redis.as_ref().map(Cluster::start).transpose()?.map(Arc::new);
        let shared = Arc::new(Shared {
            served: Arc::clone(publisher.served()),
            limits: Limits::default(),
            metrics: Metrics::new(start.access_log.clone()).of_cluster(cluster.clone()),
            cluster,
            left_minutes: LeftMinutes::default(),
            nonces: Nonces::new(start.settings.nonces),
            crowd: Arc::new(Crowd::new(&start.settings.edge)),
            in_flight: InFlight::new(start.settings.edge.calls),
            body_budget: ByteBudget::new(start.settings.body_budget),
            member_news: Notify::new(),
            resolver: Resolver::start()?,
            access_log: start.access_log,
            settings: start.settings,
        });
        channel::start_probing(Arc::clone(&shared), publisher.revision())?;
        let (phase, observed) = watch::channel(match start.begin {
            Begin::Served => Phase::Serving,
            Begin::Told => Phase::Preparing,
        });
        let (mut jobs, mut threads) = (Vec::new(), Vec::new());
        for index in 0..start.workers.max(1) {
            let (give, take) = mpsc::channel(JOBS_AT_MOST);
            jobs.push(give);
            threads.push(worker(listen::Start {
                index,
                shared: Arc::clone(&shared),
                sockets: share_all(&start.sockets, &start.tls_sockets)?,
                jobs: take,
                phase: observed.clone(),
                served: publisher.revision(),
            })?);
        }
        Ok(Self { shared, publisher, jobs, threads: Mutex::new(threads), phase, next: AtomicUsize::new(0) })
    }

    /// Hands an update over; it is served soon after.
    ///
    /// # Errors
    /// When the process is ending.
    pub async fn publish(&self, update: Update) -> Result<(), PublisherGone> {
        self.publisher.publish(update).await
    }

    /// Hands changes over that are served with the next update, not before it: what there is much of need not be there
    /// as a whole before it is handed over.
    ///
    /// # Errors
    /// When the process is ending.
    pub async fn prepare(&self, changes: Vec<Change>) -> Result<(), PublisherGone> {
        self.publisher.prepare(changes).await
    }

    /// The revision that is served, as it moves.
    #[must_use]
    pub fn served_revision(&self) -> watch::Receiver<u64> {
        self.publisher.revision()
    }

    /// What could not be served, and why.
    #[must_use]
    pub fn set_aside(&self) -> Vec<SetAside> {
        self.shared.served.load().set_aside().to_vec()
    }

    /// What this node knows of the health of a channel's members that are enabled; none: there is no such channel.
    #[must_use]
    pub fn channel_health(&self, id: ChannelId) -> Option<Vec<MemberHealth>> {
        Some(self.shared.served.load().channel(id)?.health())
    }

    /// Looks whether a connection to a host name or an address is taken, where a backend may be.
    ///
    /// # Errors
    /// Why it is not, as a sentence.
    pub async fn knock(&self, host: &str, port: u16) -> Result<(), Box<str>> {
        let address = Address::new(host, port, Scheme::Http);
        let address = address.ok_or_else(|| format!("`{host}` is no host"))?;
        knock(&self.shared, &address).await
    }

    /// The calls counted in windows of an hour and more, for the next process with the same secret.
    #[must_use]
    pub fn counts(&self) -> Vec<u8> {
        self.shared.limits.kept()
    }

    /// How Redis is, where limits are counted through it.
    #[must_use]
    pub fn redis(&self) -> Option<RedisStanding> {
        self.shared.cluster.as_ref().map(|cluster| cluster.standing())
    }

    /// Goes on from the counts of a process before this one.
    ///
    /// # Errors
    /// When they are not [`Gateway::counts`].
    pub fn go_on_from(&self, counts: &[u8]) -> Result<(), BadCounts> {
        self.shared.limits.go_on_from(counts, now_ms())
    }

    /// Figures of all calls.
    #[must_use]
    pub fn metrics(&self) -> &Metrics {
        &self.shared.metrics
    }

    /// Figures of calls that nobody has taken yet, minute by minute; oldest minute first. What a worker counted that is
    /// too busy to answer within a moment is taken the next time; after ten minutes its oldest ones are let go.
    pub async fn take_minutes(&self, minutes: Minutes) -> Vec<MinuteRow> {
        let mut counted = job::count(&self.jobs, minutes).await;
        // After that, for one may have ended instead of answering.
        counted.extend(self.shared.left_minutes.take());
        collect(counted)
    }

    /// What is published in a stage, for a [`Trial`]; none when nothing is.
    #[must_use]
    pub fn published(&self, group: GroupId, stage: StageId, asks_nobody: bool) -> Option<Aim> {
        let group = Arc::clone(self.shared.served.load().group(group)?);
        group.stages.contains_key(&stage).then_some(Aim { group, stage, asks_nobody })
    }

    /// A definition that is not published, for a [`Trial`].
    ///
    /// # Errors
    /// What the data plane cannot do with it.
    pub fn draft(
        &self,
        group: &Group,
        stage: &Stage,
        api: ApiId,
        definition: &Definition,
        asks_nobody: bool,
    ) -> Result<Aim, Violations> {
        let group =
            draft_group(self.shared.served.load().limits(group.dialect), group, stage, api, definition)?;
        Ok(Aim { group: Arc::new(group), stage: stage.id, asks_nobody })
    }

    /// Makes a call through the pipeline and says how it was decided. Limits do not count it.
    ///
    /// # Errors
    /// When no worker takes it.
    pub async fn explain(&self, trial: Trial) -> Result<Explained, GatewayError> {
        let (answer, answered) = oneshot::channel();
        let turn = self.next.fetch_add(1, Ordering::Relaxed) % self.jobs.len();
        let job = Job::Explain(Box::new(trial), answer);
        self.jobs[turn].try_send(job).map_err(|_| GatewayError::NoWorker)?;
        answered.await.map_err(|_| GatewayError::NoWorker)
    }

    /// Takes connections, where it was started to wait for that ([`Begin::Told`]).
    pub fn begin(&self) {
        self.phase.send_if_modified(|phase| {
            let waits = *phase == Phase::Preparing;
            if waits {
                *phase = Phase::Serving;
            }
            waits
        });
    }

    /// Takes no more connections; those that are there end after their call. [`Gateway::drain`] has to follow.
    pub fn stop_accepting(&self) {
        self.phase.send_replace(Phase::Draining);
    }

    /// Ends the gateway: no new connections, calls under way are answered, and what is left after `timeout` is cut.
    /// Returns when all workers have ended and the access log is written.
    pub async fn drain(&self, timeout: Duration) {
        self.stop_accepting();
        let threads = std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        let mut joined = tokio::task::spawn_blocking(move || join(threads));
        if tokio::time::timeout(timeout, &mut joined).await.is_err() {
            self.phase.send_replace(Phase::Ended);
            // It ends now; a panic of a worker is logged where it is found.
            let _ = joined.await;
        }
        self.shared.access_log.flush().await;
    }
}

fn join(threads: Vec<JoinHandle<()>>) {
    for thread in threads {
        if thread.join().is_err() {
            tracing::error!("a worker ended with a panic");
        }
    }
}

fn share_all(plain: &[TcpListener], secured: &[TcpListener]) -> io::Result<Vec<(ClientScheme, TcpListener)>> {
    let plain = plain.iter().map(|socket| (ClientScheme::Http, socket));
    let all = plain.chain(secured.iter().map(|socket| (ClientScheme::Https, socket)));
    all.map(|(scheme, socket)| Ok((scheme, share(socket)?))).collect()
}

fn share(socket: &TcpListener) -> io::Result<TcpListener> {
    let socket = socket.try_clone()?;
    socket.set_nonblocking(true)?;
    Ok(socket)
}

fn worker(start: listen::Start) -> io::Result<JoinHandle<()>> {
    let name = format!("worker-{}", start.index);
    std::thread::Builder::new().name(name).spawn(move || listen::run(start))
}

/// Says what the data plane could not do with a definition: expressions, schemas, addresses, headers.
///
/// # Errors
/// All complaints, with pointers into the definition.
pub fn check(definition: &Definition, dialect: Dialect) -> Result<(), Violations> {
    let group = compile::nameless_group(dialect);
    let stage = Stage::built_in(dialect).next().unwrap_or_else(|| unreachable!("every dialect has a stage"));
    let api = ApiId(paifang_model::Id::ROOT);
    let limits = model::Limits::of(Profile::Own, dialect);
    draft_group(limits, &group, &stage, api, definition).map(drop)
}

fn draft_group(
    limits: model::Limits,
    group: &Group,
    stage: &Stage,
    api: ApiId,
    definition: &Definition,
) -> Result<GroupEntry, Violations> {
    let facts = Arc::new(compile::group_facts(group, limits));
    let stage_facts = Arc::new(compile::stage_facts(stage));
    let context = compile::Context { group, facts: Arc::clone(&facts), stage: stage_facts };
    let route = compile::route(&context, api, 0, definition)?;
    let path = compile::full_path(&group.base_path, &definition.request.path)?;
    let table = compile::single(path, &definition.request, Arc::new(route));
    let mut stages = HashMap::new();
    stages.insert(stage.id, Arc::new(table));
    Ok(GroupEntry { facts, stages })
}

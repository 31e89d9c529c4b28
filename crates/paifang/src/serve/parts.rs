//! The parts of a running gateway, wired together.

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use paifang_control::{Clock as _, Control, NodeReport, NodeState, SystemClock};
use paifang_proxy::observe::AccessLog;
use paifang_proxy::{Begin, Gateway, GatewaySettings};
use paifang_store::Store;
use tracing::warn;

use super::checker::Compiler;
use super::counts::Counts;
use super::data_dir::DataDir;
use super::dns::Dns;
use super::duties::Duties;
use super::following::{Following, asked_head};
use super::knocking::Knocking;
use super::late_store::LateStore;
use super::observer::{Stage, Watcher};
use super::run_file::Run;
use super::store::{self, Started};
use super::{authority, owner};
use crate::node::{Identity, Registry};
use crate::publisher::{Defects, Place, Publisher};
use crate::settings::{DomainCheck, Settings};
use crate::telemetry::{Keeping, Telemetry};

/// Sockets for calls.
pub(super) struct Calls {
    pub(super) http: TcpListener,
    pub(super) https: Option<TcpListener>,
}

/// The parts of a running gateway.
pub(super) struct Parts {
    pub(super) store: Arc<dyn Store>,
    data_dir: PathBuf,
    /// What this machine is called.
    pub(super) machine: String,
    /// What was served last, when the store was away at the start.
    restored: Option<u64>,
    last_good: Place,
    pub(super) control: Control,
    pub(super) gateway: Arc<Gateway>,
    pub(super) watcher: Watcher,
    registry: Registry,
    pub(super) access_log: AccessLog,
    /// None when it has failed.
    following: Option<Following>,
    /// None when they were laid down, and so below.
    duties: Option<Duties>,
    counts: Option<Counts>,
    telemetry: Telemetry,
    keeping: Option<Keeping>,
}

impl Parts {
    /// Starts them: the data plane on sockets that are bound, then what tells it what to serve.
    pub(super) async fn start(
        settings: &Settings,
        data_dir: &DataDir,
        calls: Calls,
        run: &Run,
        begin: Begin,
    ) -> Result<Self> {
        let Started { store, nodes, telemetry, master, late } = store::start(settings, data_dir).await?;
        let control = Control::new(
            Arc::clone(&store),
            Arc::new(SystemClock),
            Arc::new(Compiler),
            control_settings(settings),
        );
        if settings.domain_check == DomainCheck::Dns {
            control.check_domains(Arc::new(Dns::of_system().context("asking for domains in the DNS")?));
        }
        let is_late = late.is_some();
        match late {
            None => {
                owner::make(&control, &*store, data_dir.path()).await?;
                authority::keep(&control, data_dir.path()).await?;
            }
            Some(late) => drop(tokio::spawn(make_owner(late, control.clone(), data_dir.path().to_owned()))),
        }
        let access_log = AccessLog::start(settings.access_log.clone()).context("opening the access log")?;
        let gateway = Gateway::start(GatewaySettings {
            sockets: vec![calls.http],
            tls_sockets: calls.https.into_iter().collect(),
            begin,
            workers: settings.workers,
            access_log: access_log.clone(),
            redis: settings.redis.clone(),
            counting_secret: Some(master.secret("paifang counters v1")),
            settings: proxy_settings(settings, run.https, run.management),
        });
        let gateway = Arc::new(gateway.context("starting the workers")?);
        // While another process takes the calls, it counts them, and keeps that.
        let counts = (begin == Begin::Served).then(|| Counts::go_on(&gateway, data_dir.path()));
        let defects = Defects::default();
        let mut publisher = Publisher::new(Arc::clone(&store), &gateway, defects.clone());
        let last_good = data_dir.last_good(&master)?;
        let served = publisher.restore(last_good.clone()).await;
        let following = Some(Following::start(publisher, served));
        let watcher = Watcher::new(&gateway, defects);
        let identity = Identity::of(data_dir)?;
        let machine = identity.name.clone();
        let (counter, days) = (Box::new(Arc::downgrade(&gateway)), settings.metrics_days);
        let telemetry = Telemetry::new(counter, telemetry, identity.id.into(), Arc::new(SystemClock), days);
        control.connect_telemetry(Arc::new(telemetry.clone()));
        control.connect_knocker(Arc::new(Knocking(Arc::downgrade(&gateway))));
        let keeping = Some(Keeping::start(telemetry.clone()));
        let registry = Registry::new(nodes, facts(identity, run), gateway.served_revision());
        control.connect(Arc::new(registry.clone()));
        let data_dir = data_dir.path().to_owned();
        let duties = Some(Duties::start(&store, &control, &registry, &data_dir));
        Ok(Self {
            store,
            data_dir,
            machine,
            restored: served.filter(|_| is_late),
            last_good,
            control,
            gateway,
            watcher,
            registry,
            access_log,
            following,
            duties,
            counts,
            telemetry,
            keeping,
        })
    }

    /// The process has come to another stage of its life.
    pub(super) fn enter(&self, stage: Stage) {
        self.watcher.enter(stage);
        self.registry.enter(match stage {
            Stage::Starting => NodeState::Starting,
            Stage::Serving => NodeState::Serving,
            Stage::Draining => NodeState::Draining,
        });
    }

    /// Waits until everything that is stored by now is served; while the store is away, what was served last.
    pub(super) async fn wait_until_served(&self) -> Result<()> {
        let head = match self.restored {
            Some(restored) => restored,
            None => self.store.head().await.context("reading the newest revision")?,
        };
        let mut served = self.gateway.served_revision();
        served.wait_for(|revision| *revision >= head).await.context("the data plane has ended")?;
        Ok(())
    }

    /// Changes nothing from now on, in the store or beside it; what another process changes is served.
    pub(super) async fn lay_down(&mut self) {
        if let Some(duties) = self.duties.take() {
            duties.lay_down().await;
        }
        if let Some(keeping) = self.keeping.take() {
            keeping.end().await;
        }
        let Some(mut publisher) = self.end_following().await else { return };
        publisher.follow_by(asked_head(Arc::clone(&self.store)));
        let served = *self.gateway.served_revision().borrow();
        self.following = Some(Following::start(publisher, Some(served).filter(|served| *served > 0)));
    }

    /// Writes down what was counted, for the process that takes the calls from now on.
    pub(super) async fn hand_over_counts(&mut self) {
        if let Some(counts) = self.counts.take() {
            counts.end().await;
        }
    }

    /// Goes on from what the process before this one has counted, where that was not done at the start.
    pub(super) fn go_on_counting(&mut self) {
        self.counts.get_or_insert_with(|| Counts::go_on(&self.gateway, &self.data_dir));
    }

    /// Takes up again what was laid down; nothing where nothing was. Whoever had the store meanwhile may have changed it.
    pub(super) async fn take_up(&mut self) {
        if self.duties.is_some() {
            return;
        }
        if let Some(mut publisher) = self.end_following().await {
            publisher.follow_by(self.store.watch());
            publisher.keep(self.last_good.clone());
            self.following = Some(Following::start(publisher, None));
        }
        self.duties = Some(Duties::start(&self.store, &self.control, &self.registry, &self.data_dir));
        self.keeping = Some(Keeping::start(self.telemetry.clone()));
    }

    async fn end_following(&mut self) -> Option<Publisher> {
        self.following.take()?.end().await
    }

    /// Ends the data plane: calls under way are answered.
    pub(super) async fn drain(mut self, timeout: Duration) {
        let Some(duties) = self.duties.take() else {
            // Another process has them, and what it changes holds for the last call here.
            self.gateway.drain(timeout).await;
            drop(self.end_following().await);
            return;
        };
        // Before it stops following: a release must not wait for what will not come.
        duties.lay_down().await;
        self.registry.leave().await;
        drop(self.end_following().await);
        self.gateway.drain(timeout).await;
        if let Some(counts) = self.counts.take() {
            counts.end().await;
        }
        if let Some(keeping) = self.keeping.take() {
            keeping.end().await;
        }
    }
}

/// Makes the owner once the store is open, should it turn out to be an empty one.
async fn make_owner(late: Arc<LateStore>, control: Control, data_dir: PathBuf) {
    late.opened().await;
    if let Err(error) = owner::make(&control, &*late, &data_dir).await {
        warn!("The first owner could not be made: {error:#}");
    }
    if let Err(error) = authority::keep(&control, &data_dir).await {
        warn!("The certificate authority could not be made: {error:#}");
    }
}

fn facts(Identity { id, name }: Identity, run: &Run) -> NodeReport {
    NodeReport {
        id: id.into(),
        name,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        started_at: SystemClock.now(),
        state: NodeState::Starting,
        served_revision: 0,
        http: run.http.to_string(),
        management: run.management.to_string(),
    }
}

fn control_settings(settings: &Settings) -> paifang_control::Settings {
    paifang_control::Settings {
        base_domain: settings.base_domain.clone(),
        region: settings.region.clone(),
        profile: settings.limits,
        ..paifang_control::Settings::default()
    }
}

fn proxy_settings(
    settings: &Settings,
    https: Option<SocketAddr>,
    management: SocketAddr,
) -> paifang_proxy::Settings {
    paifang_proxy::Settings {
        profile: settings.limits,
        node_name: settings.instance_id.as_str().into(),
        https_port: https.map_or(443, |https| https.port()),
        own_addresses: vec![management],
        link_local_backends: settings.link_local_backends,
        backend_networks: settings.backend_networks.clone(),
        body_budget: settings.body_memory,
        edge: settings.edge.clone(),
        ..paifang_proxy::Settings::default()
    }
}

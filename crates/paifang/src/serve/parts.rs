//! The parts of a running gateway, wired together.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use paifang_control::{Control, SystemClock};
use paifang_proxy::observe::AccessLog;
use paifang_proxy::{Gateway, GatewaySettings};
use paifang_store::Store;
use tokio::task::JoinHandle;

use super::checker::Compiler;
use super::data_dir::DataDir;
use super::observer::Watcher;
use super::tasks::Tasks;
use super::{owner, resealing, seal_old, upkeep};
use crate::open_store::{StoreAt, WithoutKey};
use crate::publisher::{Defects, Publisher};
use crate::settings::Settings;

/// The parts of a running gateway.
pub(super) struct Parts {
    pub(super) store: Arc<dyn Store>,
    pub(super) control: Control,
    pub(super) gateway: Arc<Gateway>,
    pub(super) watcher: Watcher,
    pub(super) access_log: AccessLog,
    publisher: JoinHandle<()>,
    upkeep: JoinHandle<()>,
    resealing: JoinHandle<()>,
    tasks: Tasks,
}

impl Parts {
    /// Starts them: the data plane on sockets that are bound, then what tells it what to serve.
    pub(super) async fn start(
        settings: &Settings,
        data_dir: &DataDir,
        http: TcpListener,
        management: SocketAddr,
    ) -> Result<Self> {
        if let StoreAt::DataDir = settings.store {
            data_dir.make_database()?;
        }
        let opened = settings.store_place().open(WithoutKey::Make).await?;
        opened.settle(data_dir.path())?;
        if let Some(file) = &opened.file {
            seal_old::run(file).await.context("sealing what older versions wrote")?;
        }
        let store = opened.store;
        let control = Control::new(
            Arc::clone(&store),
            Arc::new(SystemClock),
            Arc::new(Compiler),
            control_settings(settings),
        );
        owner::make(&control, &*store, data_dir.path()).await?;
        let access_log = AccessLog::start(settings.access_log.clone()).context("opening the access log")?;
        let gateway = Gateway::start(GatewaySettings {
            sockets: vec![http],
            workers: settings.workers,
            access_log: access_log.clone(),
            settings: proxy_settings(settings, management),
        });
        let gateway = Arc::new(gateway.context("starting the workers")?);
        let defects = Defects::default();
        let publisher = Publisher::new(Arc::clone(&store), &gateway, defects.clone());
        let publisher = tokio::spawn(publisher.run());
        let watcher = Watcher::new(&gateway, defects);
        let upkeep = tokio::spawn(upkeep::run(Arc::clone(&store), control.clone()));
        let resealing = tokio::spawn(resealing::run(Arc::clone(&store)));
        let tasks = Tasks::start(&control);
        Ok(Self { store, control, gateway, watcher, access_log, publisher, upkeep, resealing, tasks })
    }

    /// Waits until everything that is stored by now is served.
    pub(super) async fn wait_until_served(&self) -> Result<()> {
        let head = self.store.head().await.context("reading the newest revision")?;
        let mut served = self.gateway.served_revision();
        served.wait_for(|revision| *revision >= head).await.context("the data plane has ended")?;
        Ok(())
    }

    /// Ends the data plane: calls under way are answered.
    pub(super) async fn drain(self, timeout: Duration) {
        self.tasks.stop().await;
        self.publisher.abort();
        self.upkeep.abort();
        self.resealing.abort();
        self.gateway.drain(timeout).await;
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

fn proxy_settings(settings: &Settings, management: SocketAddr) -> paifang_proxy::Settings {
    paifang_proxy::Settings {
        profile: settings.limits,
        node_name: settings.instance_id.as_str().into(),
        own_addresses: vec![management],
        ..paifang_proxy::Settings::default()
    }
}

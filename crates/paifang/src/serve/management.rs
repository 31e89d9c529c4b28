//! The management port.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use axum::Router;
use paifang_api_alibaba::AlibabaState;
use paifang_api_huawei::{HuaweiSettings, HuaweiState};
use paifang_api_native::{NativeSettings, NativeState, Transport};
use paifang_control::SystemClock;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::apig_debugger::Apig;
use super::debugger::Pipeline;
use super::parts::Parts;
use crate::settings::Settings;

/// How long requests under way may take at the end.
const GRACE: Duration = Duration::from_secs(5);

/// The management port, answering.
pub(super) struct Management {
    stop: oneshot::Sender<()>,
    server: JoinHandle<std::io::Result<()>>,
}

/// Answers on a socket: native REST and the façades side by side.
pub(super) fn start(socket: TcpListener, parts: &Parts, settings: &Settings) -> Result<Management> {
    let listener = tokio::net::TcpListener::from_std(socket).context("listening for management")?;
    let router = native(parts).merge(apig(parts, settings));
    let router = paifang_api_alibaba::before(router, cloud_api(parts));
    let (stop, stopped) = oneshot::channel();
    let server = axum::serve(listener, router).with_graceful_shutdown(async {
        // Dropping the sender stops it too.
        let _ = stopped.await;
    });
    Ok(Management { stop, server: tokio::spawn(server.into_future()) })
}

fn native(parts: &Parts) -> Router {
    // TLS on this port is coming.
    let settings =
        NativeSettings { transport: Transport::Plain, version: env!("CARGO_PKG_VERSION").to_owned() };
    paifang_api_native::router(NativeState::new(
        parts.control.clone(),
        Arc::new(SystemClock),
        Arc::new(debugger(parts)),
        Arc::new(parts.watcher.clone()),
        settings,
    ))
}

fn cloud_api(parts: &Parts) -> AlibabaState {
    AlibabaState::new(parts.control.clone(), Arc::new(SystemClock))
}

fn apig(parts: &Parts, settings: &Settings) -> Router {
    let settings = HuaweiSettings {
        project: settings.project.clone(),
        instance: settings.instance_id.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    let debugger = Arc::new(Apig(debugger(parts)));
    paifang_api_huawei::router(HuaweiState::new(
        parts.control.clone(),
        Arc::new(SystemClock),
        debugger,
        settings,
    ))
}

fn debugger(parts: &Parts) -> Pipeline {
    Pipeline(Arc::downgrade(&parts.gateway))
}

impl Management {
    /// Takes no more requests, and waits for those under way.
    pub(super) async fn stop(self) {
        // An error means that it has ended already.
        let _ = self.stop.send(());
        let abort = self.server.abort_handle();
        match tokio::time::timeout(GRACE, self.server).await {
            Ok(Ok(Ok(()))) => {}
            Ok(Ok(Err(error))) => tracing::error!(%error, "The management port failed: {error}"),
            Ok(Err(error)) => tracing::error!(%error, "The management port's task failed: {error}"),
            Err(_) => abort.abort(),
        }
    }
}

//! The management port.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use paifang_api_alibaba::AlibabaState;
use paifang_api_native::{NativeSettings, NativeState, Transport};
use paifang_control::SystemClock;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::debugger::Pipeline;
use super::parts::Parts;

/// How long requests under way may take at the end.
const GRACE: Duration = Duration::from_secs(5);

/// The management port, answering.
pub(super) struct Management {
    stop: oneshot::Sender<()>,
    server: JoinHandle<std::io::Result<()>>,
}

/// Answers on a socket.
pub(super) fn start(socket: TcpListener, parts: &Parts) -> Result<Management> {
    let listener = tokio::net::TcpListener::from_std(socket).context("listening for management")?;
    let debugger = Pipeline(Arc::downgrade(&parts.gateway));
    // TLS on this port is coming.
    let settings =
        NativeSettings { transport: Transport::Plain, version: env!("CARGO_PKG_VERSION").to_owned() };
    let state = NativeState::new(
        parts.control.clone(),
        Arc::new(SystemClock),
        Arc::new(debugger),
        Arc::new(parts.watcher.clone()),
        settings,
    );
    let alibaba = AlibabaState::new(parts.control.clone(), Arc::new(SystemClock));
    let router = paifang_api_alibaba::before(paifang_api_native::router(state), alibaba);
    let (stop, stopped) = oneshot::channel();
    let server = axum::serve(listener, router).with_graceful_shutdown(async {
        // Dropping the sender stops it too.
        let _ = stopped.await;
    });
    Ok(Management { stop, server: tokio::spawn(server.into_future()) })
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

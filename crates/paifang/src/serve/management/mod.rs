//! The management port.

mod certificates;
mod door;
mod guest;

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn_with_state, map_request};
use axum::response::{IntoResponse as _, Response};
use paifang_api_alibaba::AlibabaState;
use paifang_api_huawei::{HuaweiSettings, HuaweiState};
use paifang_api_native::{NativeSettings, NativeState, Peer, Transport};
use paifang_control::SystemClock;
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;

use certificates::Certificates;
use door::{Came, Door};

use super::apig_debugger::Apig;
use super::debugger::Pipeline;
use super::parts::Parts;
use crate::settings::Settings;

/// How long requests under way may take at the end.
const GRACE: Duration = Duration::from_secs(5);

/// The management port, answering.
pub(super) struct Management {
    door: door::Handle,
    stop: oneshot::Sender<()>,
    cut: watch::Sender<Cut>,
    server: JoinHandle<std::io::Result<()>>,
}

/// Whether requests under way have had their time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    NotYet,
    Now,
}

/// What the settings say of the port.
#[derive(Debug, Clone)]
pub(super) struct PortSettings {
    transport: Transport,
    project: String,
    instance: String,
}

impl PortSettings {
    pub(super) fn of(settings: &Settings) -> Self {
        Self {
            transport: settings.management_transport,
            project: settings.project.clone(),
            instance: settings.instance_id.clone(),
        }
    }
}

/// Answers on a socket: native REST and the façades side by side.
pub(super) fn start(socket: TcpListener, parts: &Parts, settings: &PortSettings) -> Result<Management> {
    let listener = tokio::net::TcpListener::from_std(socket).context("listening for management")?;
    let router = native(parts, settings).merge(apig(parts, settings));
    let router = paifang_api_alibaba::before(router, cloud_api(parts)).layer(map_request(with_peer));
    let (cut, is_cut) = watch::channel(Cut::NotYet);
    let router = router.layer(from_fn_with_state(is_cut, until_cut));
    let certificates = match settings.transport {
        Transport::Plain => None,
        Transport::Tls => Some(Certificates::new(parts.control.clone(), parts.machine.clone())),
    };
    let (door, handle) = Door::open(listener, certificates).context("listening for management")?;
    let service = router.into_make_service_with_connect_info::<Came>();
    let (stop, stopped) = oneshot::channel();
    let server = axum::serve(door, service).with_graceful_shutdown(async {
        // Dropping the sender stops it too.
        let _ = stopped.await;
    });
    Ok(Management { door: handle, stop, cut, server: tokio::spawn(server.into_future()) })
}

/// What takes too long at the end is broken off, so that nothing is changed later by a process that has let go of the store.
async fn until_cut(State(mut cut): State<watch::Receiver<Cut>>, request: Request, next: Next) -> Response {
    tokio::select! {
        response = next.run(request) => response,
        _ = cut.wait_for(|cut| *cut == Cut::Now) => {
            let again = [(header::RETRY_AFTER, "1"), (header::CONNECTION, "close")];
            (StatusCode::SERVICE_UNAVAILABLE, again, "the gateway is ending; look whether it was done").into_response()
        }
    }
}

/// Whoever guesses passwords is slowed down by address.
async fn with_peer(mut request: Request) -> Request {
    let came = request.extensions().get::<ConnectInfo<Came>>().map(|ConnectInfo(Came(peer))| *peer);
    if let Some(peer) = came {
        request.extensions_mut().insert(Peer(peer));
    }
    request
}

fn native(parts: &Parts, settings: &PortSettings) -> Router {
    let settings =
        NativeSettings { transport: settings.transport, version: env!("CARGO_PKG_VERSION").to_owned() };
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

fn apig(parts: &Parts, settings: &PortSettings) -> Router {
    let settings = HuaweiSettings {
        project: settings.project.clone(),
        instance: settings.instance.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    let debugger = Arc::new(Apig(debugger(parts)));
    paifang_api_huawei::router(HuaweiState::new(
        parts.control.clone(),
        Arc::new(SystemClock),
        debugger,
        Arc::new(parts.watcher.clone()),
        settings,
    ))
}

fn debugger(parts: &Parts) -> Pipeline {
    Pipeline(Arc::downgrade(&parts.gateway))
}

impl Management {
    /// Takes no more requests, and waits for those under way.
    pub(super) async fn stop(self) {
        self.door.close().await;
        // An error means that it has ended already.
        let _ = self.stop.send(());
        let abort = self.server.abort_handle();
        match tokio::time::timeout(GRACE, self.server).await {
            Ok(Ok(Ok(()))) => {}
            Ok(Ok(Err(error))) => tracing::error!(%error, "The management port failed: {error}"),
            Ok(Err(error)) => tracing::error!(%error, "The management port's task failed: {error}"),
            Err(_) => {
                abort.abort();
                self.cut.send_replace(Cut::Now);
            }
        }
    }
}

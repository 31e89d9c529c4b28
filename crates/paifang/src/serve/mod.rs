//! `paifang serve`: everything is started in order, serves, and is ended in order.

mod apig_debugger;
pub(crate) mod authority;
mod checker;
mod counts;
mod data_dir;
mod debugger;
mod descriptors;
mod dns;
mod duties;
pub(crate) mod file;
mod first_credentials;
mod following;
mod ground;
pub(crate) mod handover;
mod inherited;
mod knocking;
mod late_store;
mod listeners;
mod management;
mod notify;
mod observer;
mod owner;
mod parts;
mod resealing;
mod run_file;
mod seal_old;
mod serving;
mod signals;
mod store;
mod tasks;
mod trial_request;
mod upkeep;

use std::io::Write as _;

use anyhow::{Context as _, Result};
use paifang_proxy::Begin;
use tracing::{info, warn};

use crate::demo::Demo;
use crate::logging;
use crate::settings::{Flags, Settings, environment};
pub(crate) use data_dir::DataDir;
pub(crate) use first_credentials::FirstCredentials;
use ground::Ground;
use handover::{Failure, Predecessor, Reply, Requests};
use listeners::Listeners;
use observer::Stage;
use paifang_api_native::Transport;
use parts::{Calls, Parts};
use run_file::Run;
pub(crate) use run_file::RunFile;
use serving::Serving;
use signals::Signals;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Also start a small service inside, publish APIs before it, and print curl lines that work when pasted
    #[arg(long)]
    demo: bool,
    #[command(flatten)]
    flags: Flags,
}

/// Threads of the control plane; calls have their own.
const CONTROL_THREADS: usize = 2;

pub(crate) fn run(options: &Options) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(CONTROL_THREADS)
        .thread_name("control")
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let mut predecessor = Predecessor::find()?;
        let outcome = serve(options, &mut predecessor).await;
        if let (Err(error), Some(predecessor)) = (&outcome, &mut predecessor) {
            predecessor.failed(error).await;
        }
        outcome
    })
}

async fn serve(options: &Options, predecessor: &mut Option<Predecessor>) -> Result<()> {
    let settings = Settings::read(&options.flags, environment)?;
    logging::start(settings.log_format);
    descriptors::take_all();
    let mut signals = Signals::catch().context("catching signals")?;
    let ground = Ground::take(&settings, predecessor.as_ref())?;
    let demo = options.demo.then_some(WithDemo);
    // Whoever ends a start that waits, for a store say, does not have to kill it.
    let (mut serving, requests) = tokio::select! {
        started = start(&settings, &ground, demo, predecessor.as_mut()) => started?,
        () = signals.end() => {
            info!("Told to end before everything was served");
            return Ok(());
        }
    };
    let end = until_end(&mut serving, requests, &ground, &mut signals).await;
    let log = serving.parts.access_log.clone();
    tokio::select! {
        () = drain(serving, ground, &settings, end) => {}
        () = signals.until_end(&log) => warn!("Told to end once more: calls under way are cut"),
    }
    Ok(())
}

/// That the demo is wanted.
struct WithDemo;

/// Why a gateway ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// It was told to.
    Told,
    /// Another process serves in its place.
    Succeeded,
}

/// Serves until it ends.
async fn until_end(
    serving: &mut Serving,
    mut requests: Requests,
    ground: &Ground,
    signals: &mut Signals,
) -> End {
    loop {
        let (wish, asker) = tokio::select! {
            () = signals.until_end(&serving.parts.access_log) => {
                requests.remove();
                return End::Told;
            }
            request = requests.next() => request,
        };
        let handed_over = handover::hand_over(&wish, ground, serving, signals).await;
        let reply = match &handed_over {
            Ok(pid) => Reply::HandedOver { pid: *pid, from: std::process::id() },
            Err(failure) => Reply::Failed { reason: failure.to_string() },
        };
        asker.tell(&reply).await;
        match handed_over {
            Ok(_) => return End::Succeeded,
            Err(Failure::ToldToEnd) => {
                requests.remove();
                return End::Told;
            }
            Err(Failure::Successor(_)) => {}
        }
    }
}

async fn drain(mut serving: Serving, ground: Ground, settings: &Settings, end: End) {
    info!("Ending: calls under way are answered");
    serving.parts.enter(Stage::Draining);
    let Ground { data_dir: _taken, listeners, run_file } = ground;
    // Those of the workers are left: when they accept no more, nobody is let into a queue that nobody empties.
    drop(listeners);
    if end == End::Told {
        notify::stopping();
        if let Err(error) = run_file.remove() {
            warn!(error = %format_args!("{error:#}"), "What says where the gateway serves is left behind");
        }
        tokio::time::sleep(settings.drain_delay).await;
        serving.stop_management().await;
    }
    serving.parts.drain(settings.drain_timeout).await;
}

/// Starts everything; returns when it serves, and everybody may know.
async fn start(
    settings: &Settings,
    ground: &Ground,
    demo: Option<WithDemo>,
    mut predecessor: Option<&mut Predecessor>,
) -> Result<(Serving, Requests)> {
    let Listeners { http, https, management } = ground.listeners.share()?;
    let run = Run {
        pid: std::process::id(),
        http: http.local_addr()?,
        https: https.as_ref().map(std::net::TcpListener::local_addr).transpose()?,
        management: management.local_addr()?,
        management_tls: settings.management_transport == Transport::Tls,
    };
    if let Some(predecessor) = predecessor.as_deref_mut() {
        predecessor.prepared().await?;
        ground.data_dir.note_holder()?;
    }
    let begin = if predecessor.is_some() { Begin::Told } else { Begin::Served };
    let parts = Parts::start(settings, &ground.data_dir, Calls { http, https }, &run, begin).await?;
    let mut serving = Serving::new(parts, settings);
    if predecessor.is_none() {
        serving.manage(ground)?;
    }
    let demo = match demo {
        Some(WithDemo) => {
            let context = owner::find(&serving.parts.control, &*serving.parts.store).await?;
            Some(Demo::start(&context, run.http, run.https).await.context("starting the demo")?)
        }
        None => None,
    };
    serving.parts.wait_until_served().await?;
    serving.parts.enter(Stage::Serving);
    if let Some(predecessor) = predecessor {
        serving.parts.gateway.begin();
        predecessor.ready().await?;
        serving.parts.go_on_counting();
        // Only now: what is changed here and proven to be served has to hold for all that take calls.
        serving.manage(ground)?;
    }
    info!(http = %run.http, management = %run.management, "Serving calls on {}, managed on {}", run.http, run.management);
    let requests = Requests::listen(ground.data_dir.path());
    ground.run_file.write(&run)?;
    notify::ready();
    if let Some(demo) = demo {
        print(&demo.lines(run.http, ground.data_dir.path())?)?;
    }
    Ok((serving, requests))
}

/// Standard output may be a pipe whose reader has seen enough.
fn print(text: &str) -> Result<()> {
    let mut out = std::io::stdout();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

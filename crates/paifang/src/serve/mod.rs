//! `paifang serve`: everything is started in order, serves, and is ended in order.

mod apig_debugger;
pub(crate) mod authority;
mod checker;
mod counts;
mod data_dir;
mod debugger;
pub(crate) mod file;
mod first_credentials;
mod late_store;
mod listeners;
mod management;
mod observer;
mod owner;
mod parts;
mod resealing;
mod run_file;
mod seal_old;
mod signals;
mod store;
mod tasks;
mod trial_request;
mod upkeep;

use std::io::Write as _;

use anyhow::{Context as _, Result};
use tracing::{info, warn};

use crate::demo::Demo;
use crate::logging;
use crate::settings::{Flags, Settings, environment};
pub(crate) use data_dir::DataDir;
pub(crate) use first_credentials::FirstCredentials;
use listeners::Listeners;
use management::Management;
use observer::Stage;
use paifang_api_native::Transport;
use parts::{Calls, Parts};
use run_file::Run;
pub(crate) use run_file::RunFile;
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
    let settings = Settings::read(&options.flags, environment)?;
    logging::start(settings.log_format);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(CONTROL_THREADS)
        .thread_name("control")
        .enable_all()
        .build()?;
    runtime.block_on(serve(&settings, options.demo.then_some(WithDemo)))
}

/// That the demo is wanted.
struct WithDemo;

async fn serve(settings: &Settings, demo: Option<WithDemo>) -> Result<()> {
    let mut signals = Signals::catch().context("catching signals")?;
    let data_dir = DataDir::take(&settings.data_dir)?;
    let run_file = RunFile::fresh(data_dir.path())?;
    // Whoever ends a start that waits, for a store say, does not have to kill it.
    let Serving { parts, management } = tokio::select! {
        started = start(settings, &data_dir, &run_file, demo) => started?,
        () = signals.end() => {
            info!("Told to end before everything was served");
            return Ok(());
        }
    };
    signals.until_end(&parts.access_log).await;
    info!("Ending: calls under way are answered");
    parts.enter(Stage::Draining);
    if let Err(error) = run_file.remove() {
        warn!(error = %format_args!("{error:#}"), "What says where the gateway serves is left behind");
    }
    let log = parts.access_log.clone();
    let end = async {
        tokio::time::sleep(settings.drain_delay).await;
        management.stop().await;
        parts.drain(settings.drain_timeout).await;
    };
    tokio::select! {
        () = end => {}
        () = signals.until_end(&log) => warn!("Told to end once more: calls under way are cut"),
    }
    Ok(())
}

/// What serves.
struct Serving {
    parts: Parts,
    management: Management,
}

/// Starts everything; returns when it serves, and everybody may know.
async fn start(
    settings: &Settings,
    data_dir: &DataDir,
    run_file: &RunFile,
    demo: Option<WithDemo>,
) -> Result<Serving> {
    let Listeners { http, https, management } = Listeners::bind(settings)?;
    let run = Run {
        pid: std::process::id(),
        http: http.local_addr()?,
        https: https.as_ref().map(std::net::TcpListener::local_addr).transpose()?,
        management: management.local_addr()?,
        management_tls: settings.management_transport == Transport::Tls,
    };
    let parts = Parts::start(settings, data_dir, Calls { http, https }, &run).await?;
    let management = management::start(management, &parts, settings)?;
    let demo = match demo {
        Some(WithDemo) => {
            let context = owner::find(&parts.control, &*parts.store).await?;
            Some(Demo::start(&context, run.http, run.https).await.context("starting the demo")?)
        }
        None => None,
    };
    parts.wait_until_served().await?;
    parts.enter(Stage::Serving);
    info!(http = %run.http, management = %run.management, "Serving calls on {}, managed on {}", run.http, run.management);
    run_file.write(&run)?;
    if let Some(demo) = demo {
        print(&demo.lines(run.http, data_dir.path())?)?;
    }
    Ok(Serving { parts, management })
}

/// Standard output may be a pipe whose reader has seen enough.
fn print(text: &str) -> Result<()> {
    let mut out = std::io::stdout();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

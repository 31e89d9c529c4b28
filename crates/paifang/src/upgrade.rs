//! `paifang upgrade`: tells the gateway on a data directory to hand over to a binary, and says what became of it.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail, ensure};
use tokio::net::UnixStream;

use crate::serve::handover::{Line, Reply, Wish, socket};
use crate::settings::Beside;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// The binary that is to serve [default: this one]
    #[arg(long, value_name = "PATH")]
    binary: Option<PathBuf>,
    /// Seconds in which it has to serve; otherwise the running one goes on
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=3600))]
    ready_within: u64,
    #[command(flatten)]
    beside: Beside,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match runtime.block_on(ask(options))? {
        Reply::HandedOver { pid, from } => {
            println!("Process {pid} serves; process {from} answers what it has, and ends.");
            Ok(())
        }
        Reply::Failed { reason } => bail!("the running gateway goes on: {reason}"),
    }
}

async fn ask(options: &Options) -> Result<Reply> {
    let binary = match &options.binary {
        Some(path) => std::path::absolute(path)?,
        None => std::env::current_exe().context("finding this binary")?,
    };
    ensure!(binary.is_file(), "there is no file `{}`", binary.display());
    let path = socket(&options.beside.data_dir()?);
    let stream = UnixStream::connect(&path).await.with_context(|| {
        format!("no gateway can be reached at `{}`: is one running on this data directory?", path.display())
    })?;
    let mut line = Line::new(stream);
    line.say(&Wish { binary, ready_within_s: options.ready_within }).await?;
    line.hear().await?.context("the gateway hung up: is it ending, or owned by another user?")
}

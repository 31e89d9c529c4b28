//! `paifang check`: whether everything in the store fits together. Changes nothing; a running gateway does not notice.

mod nouns;

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::Result;
use paifang_store::Finding;

use crate::open_store::WithoutKey;
use crate::settings::Beside;

#[derive(clap::Args)]
pub(crate) struct Options {
    #[command(flatten)]
    beside: Beside,
}

/// Fails when something was found, with a line for each.
pub(crate) fn run(options: Options) -> Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let findings = runtime.block_on(check(options))?;
    let mut out = std::io::stdout().lock();
    for finding in &findings {
        writeln!(out, "{finding}")?;
    }
    match findings.len() {
        0 => writeln!(out, "Everything fits together.")?,
        1 => writeln!(out, "1 finding.")?,
        number => writeln!(out, "{number} findings.")?,
    }
    Ok(if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn check(Options { beside }: Options) -> Result<Vec<Finding>> {
    let place = beside.store_place()?;
    place.expect_data()?;
    let opened = place.open(WithoutKey::GiveUp).await?;
    Ok(opened.store.check(&nouns::as_noun).await?)
}

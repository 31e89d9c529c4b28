//! `paifang keys rewrap`: the same keys under a new master key.
//!
//! The new key is on disk before anything is wrapped by it, and wrapping is one transaction. So wherever this is broken
//! off, one of two files opens the store: `master.key` before the transaction, `master.key.new` after it. The next start,
//! or this command again, finds out which, and goes on from there.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use paifang_control::{AcceptAll, Control, SystemClock};
use paifang_store::MasterKey;

use crate::master_key::{self, OwnFile, Source};
use crate::open_store::{Opened, WithoutKey};
use crate::serve::DataDir;
use crate::settings::Beside;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// File with the new master key [default: one is made, where the data directory keeps it]
    #[arg(long, value_name = "FILE")]
    new_master_key_file: Option<PathBuf>,
    #[command(flatten)]
    beside: Beside,
}

pub(super) async fn run(options: Options) -> Result<String> {
    let place = options.beside.store_place()?;
    place.expect_data()?;
    // A gateway that runs knows the old key only, and could not rotate.
    let data_dir = DataDir::take(&place.data_dir)?;
    let opened = place.open(WithoutKey::GiveUp).await?;
    opened.settle(data_dir.path())?;
    let new = match &options.new_master_key_file {
        Some(path) => master_key::in_file(path)?.key,
        None => MasterKey::random().context("drawing the master key")?,
    };
    let is_own = matches!(opened.key.source, Source::Own(_) | Source::Next(_));
    let fingerprint = new.fingerprint();
    match (is_own, &options.new_master_key_file) {
        (true, _) => {
            let file = OwnFile::of(data_dir.path());
            rewrap_own(opened, &file, new).await?;
            Ok(format!("The keys are wrapped by master key {fingerprint}, in `{}`.\n", file.path().display()))
        }
        (false, Some(path)) => {
            rewrap(opened, new).await?;
            let path = path.display();
            Ok(format!(
                "The keys are wrapped by master key {fingerprint}: start the gateway with that of `{path}`.\n"
            ))
        }
        (false, None) => bail!(
            "the master key is kept by you ({}): put a new one into a file and name it with --new-master-key-file",
            opened.key.source
        ),
    }
}

async fn rewrap_own(opened: Opened, file: &OwnFile, new: MasterKey) -> Result<()> {
    file.announce(&new)?;
    rewrap(opened, new).await?;
    file.follow().with_context(|| format!("the new master key is in `{}`", file.next_path().display()))
}

async fn rewrap(opened: Opened, new: MasterKey) -> Result<()> {
    let settings = paifang_control::Settings::default();
    let control = Control::new(opened.store, Arc::new(SystemClock), Arc::new(AcceptAll), settings);
    control.rewrap_keyring(new).await.context("wrapping the keys")
}

//! `paifang restore`: a backup into an empty store, of the same home or the other.

use std::fs::File;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::open_store::StoreAt;
use crate::serve::DataDir;
use crate::settings::Beside;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Backup to restore
    #[arg(value_name = "FILE")]
    from: PathBuf,
    #[command(flatten)]
    beside: Beside,
}

pub(crate) fn run(options: Options) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let said = runtime.block_on(restore(options))?;
    Ok(std::io::Write::write_all(&mut std::io::stdout(), said.as_bytes())?)
}

async fn restore(Options { from, beside }: Options) -> Result<String> {
    let place = beside.store_place()?;
    let file = File::open(&from).with_context(|| format!("opening `{}`", from.display()))?;
    // A gateway on it would not know what happens to its store.
    let data_dir = DataDir::take(&place.data_dir)?;
    if let StoreAt::DataDir = place.store {
        data_dir.make_database()?;
    }
    let restored = place.restore(&file).await;
    let (header, key) =
        restored.with_context(|| format!("`{}` is not restored, nothing was changed", from.display()))?;
    Ok(format!(
        "Restored revision {} from `{}`, with the master key in {}.\n",
        header.revision,
        from.display(),
        key.source
    ))
}

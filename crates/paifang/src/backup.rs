//! `paifang backup`: everything at one revision in one file, written beside its place and then moved there.

use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result, ensure};
use paifang_store::BackupHeader;

use crate::master_key::Source;
use crate::open_store::{Opened, WithoutKey};
use crate::serve::file;
use crate::settings::Beside;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// File to make
    #[arg(value_name = "FILE")]
    to: PathBuf,
    #[command(flatten)]
    beside: Beside,
}

pub(crate) fn run(options: Options) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let said = runtime.block_on(back_up(options))?;
    Ok(std::io::Write::write_all(&mut std::io::stdout(), said.as_bytes())?)
}

async fn back_up(Options { to, beside }: Options) -> Result<String> {
    ensure!(!to.exists(), "`{}` is there already, and is not overwritten", to.display());
    let place = beside.store_place()?;
    place.expect_data()?;
    let opened = place.open(WithoutKey::GiveUp).await?;
    let header = write(&opened, &to).await?;
    Ok(format!(
        "Backed up revision {} into `{}`.\nWhat is sealed in it opens with master key {} only, which is not in it: \
         it is in {}. Keep a copy of the key, in another place.\n",
        header.revision,
        to.display(),
        header.master_key,
        whereabouts(&opened.key.source),
    ))
}

async fn write(opened: &Opened, to: &Path) -> Result<BackupHeader> {
    // A path of one name has an empty parent.
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // For its owner alone, and gone if this fails.
    let beside = tempfile::Builder::new().prefix(".paifang-backup-").tempfile_in(folder);
    let mut beside = beside.with_context(|| format!("making a file in `{}`", folder.display()))?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    let now = i64::try_from(now).unwrap_or(i64::MAX);
    let header = opened.store.back_up(&mut BufWriter::new(beside.as_file_mut()), now).await?;
    beside.as_file().sync_all().context("writing the backup to disk")?;
    let moved = beside.persist_noclobber(to);
    moved.with_context(|| format!("putting the backup at `{}`", to.display()))?;
    file::sync_folder(&folder.join("backup")).with_context(|| format!("syncing `{}`", folder.display()))?;
    Ok(header)
}

fn whereabouts(source: &Source) -> String {
    match source {
        Source::Environment => "the environment (PAIFANG_MASTER_KEY)".to_owned(),
        file => file.to_string(),
    }
}

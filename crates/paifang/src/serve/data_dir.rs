//! The data directory: one process at a time works in it, or two while one hands over to the other.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::os::fd::{AsFd as _, BorrowedFd};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result, bail, ensure};
use paifang_store::MasterKey;

use crate::publisher::Place;

use super::file;
use crate::open_store;

/// A data directory that belongs to this process until the value goes.
#[derive(Debug)]
pub(crate) struct DataDir {
    path: PathBuf,
    /// The operating system lets go of the lock with the file, however the process ends; who was handed the file has the
    /// lock too.
    lock: File,
}

impl DataDir {
    /// Makes the directory where there is none, and takes it.
    ///
    /// # Errors
    /// When another process has it, or it cannot be written to.
    pub(crate) fn take(path: &Path) -> Result<Self> {
        // Secrets are kept in it.
        let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path);
        made.with_context(|| format!("making the data directory `{}`", path.display()))?;
        let file = path.join("lock");
        let lock = lock(&file, path)?;
        note_holder(&lock).with_context(|| format!("writing to `{}`", file.display()))?;
        Ok(Self { path: path.to_owned(), lock })
    }

    /// Takes the directory together with whoever had it before, who hands over the file with the lock. To be
    /// noted by [`DataDir::note_holder`] once it belongs to this process alone.
    ///
    /// # Errors
    /// When the file is another directory's.
    pub(super) fn succeed(path: &Path, lock: File) -> Result<Self> {
        let file = path.join("lock");
        let there = std::fs::metadata(&file).with_context(|| format!("looking for `{}`", file.display()))?;
        let given = lock.metadata().context("looking at the lock that was handed over")?;
        ensure!(
            (there.dev(), there.ino()) == (given.dev(), given.ino()),
            "a gateway hands over with its data directory, and `{}` is another: stop and start it to move its data",
            path.display()
        );
        Ok(Self { path: path.to_owned(), lock })
    }

    /// The directory belongs to this process alone now.
    pub(super) fn note_holder(&self) -> Result<()> {
        note_holder(&self.lock).context("noting who has the data directory")
    }

    /// What has to be handed over for somebody else to have the directory too.
    pub(super) fn lock(&self) -> BorrowedFd<'_> {
        self.lock.as_fd()
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// A small file in it; none when it is not there.
    pub(crate) fn read(&self, name: &str) -> Result<Option<String>> {
        file::read(&self.path.join(name))
    }

    /// Writes a small file in it: whole or not at all, and for its owner alone.
    pub(crate) fn write(&self, name: &str, text: &str) -> Result<()> {
        file::write(&self.path.join(name), text)
    }

    /// Makes the store's file for its owner alone where there is none: the files that SQLite puts beside it follow.
    ///
    /// # Errors
    /// When it can be neither opened nor made.
    pub(crate) fn make_database(&self) -> Result<()> {
        let path = open_store::file(&self.path);
        let made = OpenOptions::new().append(true).create(true).mode(0o600).open(&path);
        made.with_context(|| format!("making `{}`", path.display()))?;
        Ok(())
    }

    /// Whether something was kept that can be served.
    pub(super) fn has_last_good(&self) -> bool {
        last_good(&self.path).exists()
    }

    /// Where what is served is kept for the next start.
    ///
    /// # Errors
    /// When it cannot be sealed.
    pub(super) fn last_good(&self, master: &MasterKey) -> Result<Place> {
        let cipher = master.cipher("paifang last-good file v1").context("sealing the last-good file")?;
        Ok(Place { path: last_good(&self.path), cipher: Arc::new(cipher) })
    }
}

fn last_good(data_dir: &Path) -> PathBuf {
    data_dir.join("last-good")
}

fn lock(file: &Path, data_dir: &Path) -> Result<File> {
    let opened =
        OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(file);
    let mut lock = opened.with_context(|| format!("opening `{}`", file.display()))?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => bail!(
            "the data directory `{}` is in use by process {}: stop it, or choose another with --data-dir",
            data_dir.display(),
            holder(&mut lock)
        ),
        Err(TryLockError::Error(error)) => {
            return Err(error).with_context(|| format!("locking `{}`", file.display()));
        }
    }
    Ok(lock)
}

fn note_holder(mut lock: &File) -> std::io::Result<()> {
    lock.set_len(0)?;
    lock.rewind()?;
    write!(lock, "{}", std::process::id())
}

/// Who has it, as it noted itself.
fn holder(lock: &mut File) -> String {
    let mut noted = String::new();
    match lock.read_to_string(&mut noted) {
        Ok(_) if noted.trim().parse::<u32>().is_ok() => noted.trim().to_owned(),
        _ => "of unknown number".to_owned(),
    }
}

//! `master.key` in the data directory, and `master.key.new`, which is there while the keys are wrapped anew.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use paifang_store::MasterKey;
use zeroize::Zeroizing;

use super::{Found, Source, parse};
use crate::serve::file;

/// The files of a data directory.
#[derive(Debug)]
pub(crate) struct OwnFile {
    now: PathBuf,
    next: PathBuf,
}

impl OwnFile {
    pub(crate) fn of(data_dir: &Path) -> Self {
        Self { now: data_dir.join("master.key"), next: data_dir.join("master.key.new") }
    }

    /// Where the key is.
    pub(crate) fn path(&self) -> &Path {
        &self.now
    }

    /// Where the key is that is to follow.
    pub(crate) fn next_path(&self) -> &Path {
        &self.next
    }

    /// The keys that are there, the one that follows last.
    pub(super) fn candidates(&self) -> Result<Vec<Found>> {
        let mut found = Vec::new();
        for (path, source) in
            [(&self.now, Source::Own(self.now.clone())), (&self.next, Source::Next(self.next.clone()))]
        {
            if let Some(text) = read(path)? {
                found.push(parse(&text, source)?);
            }
        }
        Ok(found)
    }

    /// Makes the key. It is on disk when this returns: what is sealed before could be opened by nobody.
    pub(crate) fn make(&self) -> Result<Found> {
        let key = MasterKey::random().context("drawing the master key")?;
        file::write(&self.now, &key.text())?;
        Ok(Found { key, source: Source::Own(self.now.clone()) })
    }

    /// Writes down the key that is to follow, before anything is wrapped by it.
    pub(crate) fn announce(&self, key: &MasterKey) -> Result<()> {
        file::write(&self.next, &key.text())
    }

    /// Makes one of two files when wrapping anew was broken off. `opened` is the key that opens the store. Only whoever
    /// has the data directory may do this: it could otherwise take the file away from under the work.
    pub(crate) fn settle(&self, opened: &Source) -> Result<()> {
        match opened {
            Source::Next(_) => self.follow(),
            Source::Own(_) => file::remove(&self.next),
            Source::Given(_) | Source::Environment => Ok(()),
        }
    }

    /// The key that was to follow is the key from now on.
    pub(crate) fn follow(&self) -> Result<()> {
        let moved = std::fs::rename(&self.next, &self.now).and_then(|()| file::sync_folder(&self.now));
        moved.with_context(|| format!("moving `{}` to `{}`", self.next.display(), self.now.display()))
    }
}

/// The text of a key's file; none when it is not there.
pub(super) fn read(path: &Path) -> Result<Option<Zeroizing<String>>> {
    Ok(file::read(path)?.map(Zeroizing::new))
}

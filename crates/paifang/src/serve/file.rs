//! Small files in the data directory: whole or not there, and for their owner alone.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use anyhow::{Context as _, Result};

/// Writes a file beside its place and then moves it there: nobody reads half of it.
pub(crate) fn write(path: &Path, content: &(impl AsRef<[u8]> + ?Sized)) -> Result<()> {
    // With all of its name: `a.key` and `a.json` must not meet beside their places.
    let beside = path.with_added_extension("part");
    let opened = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside);
    let mut file = opened.with_context(|| format!("making `{}`", beside.display()))?;
    let written = file.write_all(content.as_ref()).and_then(|()| file.sync_all());
    written.with_context(|| format!("writing `{}`", beside.display()))?;
    let moved = std::fs::rename(&beside, path).and_then(|()| sync_folder(path));
    moved.with_context(|| format!("putting `{}` in its place", path.display()))
}

/// A name is on disk only once its folder is.
pub(crate) fn sync_folder(path: &Path) -> std::io::Result<()> {
    path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

/// Reads a file; none when it is not there.
pub(crate) fn read(path: &Path) -> Result<Option<String>> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("reading `{}`", path.display())),
    }
}

/// Removes a file if it is there.
pub(crate) fn remove(path: &Path) -> Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("removing `{}`", path.display()))
        }
        _ => Ok(()),
    }
}

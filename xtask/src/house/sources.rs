//! The files of the project: what git tracks or would track.

use anyhow::{Context as _, Result};

use crate::command::{self, program};
use crate::workspace;

/// One text file.
pub(crate) struct Source {
    /// Below the workspace's root.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Source {
    pub(crate) fn has_ending(&self, endings: &[&str]) -> bool {
        endings.iter().any(|ending| self.path.ends_with(ending))
    }
}

/// Every text file, in the order of their paths.
pub(crate) fn read() -> Result<Vec<Source>> {
    let list =
        command::output(program("git").args(["ls-files", "--cached", "--others", "--exclude-standard"]))
            .context("listing the project's files")?;
    let mut files: Vec<Source> = list.lines().filter_map(source).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.dedup_by(|a, b| a.path == b.path);
    Ok(files)
}

/// None for what is not text, and for what was deleted and is not committed yet.
fn source(path: &str) -> Option<Source> {
    let text = std::fs::read_to_string(workspace::path(path)).ok()?;
    Some(Source { path: path.to_owned(), text })
}

//! The house rules: what no compiler checks and a text search can.

mod rules;
mod silhouette;
mod sources;

use anyhow::{Result, bail};

/// Prints the silhouette of the code, and fails when a line of any file breaks a rule.
pub(crate) fn check() -> Result<()> {
    let files = sources::read()?;
    silhouette::print(&files);
    let slips = rules::slips(&files);
    for slip in &slips {
        eprintln!("{slip}");
    }
    match slips.len() {
        0 => Ok(()),
        count => bail!("{count} lines break a house rule"),
    }
}

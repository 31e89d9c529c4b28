//! `cargo xtask audit`: what `deny.toml` says about the dependencies.

use anyhow::{Result, bail};

use crate::command::{self, cargo};
use crate::tools;

pub(crate) fn run() -> Result<()> {
    if tools::find("cargo-deny").is_none() {
        bail!(
            "the audit is done by cargo-deny, which is not installed: `cargo install --locked cargo-deny` builds it in a few minutes"
        );
    }
    // The advisory database is a git repository that cannot be reached from everywhere, so it is not asked.
    command::run(&mut cargo(["deny", "--all-features", "check", "bans", "licenses", "sources"]))
}

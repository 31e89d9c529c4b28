//! `cargo xtask serve`: from a fresh clone to a gateway that serves.

use std::ffi::OsString;
use std::os::unix::process::CommandExt as _;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::build::{self, Profile};
use crate::lock::BuildLock;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Build without optimisation: much quicker to build, much slower to serve
    #[arg(long)]
    debug: bool,
    /// Passed on to `paifang serve`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<OsString>,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let binary = {
        let _lock = BuildLock::take("serve")?;
        build::binary(if options.debug { Profile::Dev } else { Profile::Release })?
    };
    // Becomes the gateway: signals reach it, and its exit status is ours.
    let error = Command::new(&binary).arg("serve").args(&options.arguments).exec();
    Err(error).with_context(|| format!("starting {}", binary.display()))
}

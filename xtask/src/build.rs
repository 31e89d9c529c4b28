//! `cargo xtask build`.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::command::{self, cargo};
use crate::lock::BuildLock;
use crate::{console, profile, workspace};

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Optimise, by what calls are known to execute: slow to build, fast to run
    #[arg(long)]
    release: bool,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let _lock = BuildLock::take("build")?;
    let binary = binary(if options.release { Profile::Release } else { Profile::Dev })?;
    eprintln!("built {}", binary.display());
    Ok(())
}

/// How cargo builds.
#[derive(Clone, Copy)]
pub(crate) enum Profile {
    /// Quick to build.
    Dev,
    /// Quick to run.
    Release,
}

/// Builds the console and the binary; gives the binary's path. The caller holds the lock.
pub(crate) fn binary(profile: Profile) -> Result<PathBuf> {
    console::build()?;
    match profile {
        Profile::Release => profile::release(Allocator::OfRelease),
        Profile::Dev => {
            command::run(&mut cargo(["build", "--package", "paifang"]))?;
            Ok(workspace::target().join("debug").join("paifang"))
        }
    }
}

/// Builds everything that the tests run. Binaries and tests in one go: cargo then resolves the features of
/// shared dependencies once, and compiles them once.
pub(crate) fn tests() -> Result<PathBuf> {
    command::run(&mut cargo(["build", "--workspace", "--bins", "--tests"]))?;
    Ok(workspace::target().join("debug").join("paifang"))
}

/// Which allocator the binary has.
#[derive(Clone, Copy)]
pub(crate) enum Allocator {
    /// The one that releases have.
    OfRelease,
    /// The C library's, which tools can watch.
    OfSystem,
}

impl Allocator {
    /// Tells a build of it.
    pub(crate) fn choose(self, build: &mut Command) -> &mut Command {
        match self {
            Self::OfRelease => build,
            Self::OfSystem => build.arg("--no-default-features"),
        }
    }
}

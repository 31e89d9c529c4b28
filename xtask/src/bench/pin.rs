//! Which core does what: the measured proxy has one to itself, everything else shares the other.

use std::ffi::OsStr;
use std::process::Command;

use anyhow::{Result, bail};

use crate::command::program;

/// A core of the machine.
#[derive(Clone, Copy)]
pub(crate) enum Core {
    /// The measured proxy's.
    Proxy,
    /// The load generator's and the backend's.
    Load,
}

/// The program, held to that core.
pub(crate) fn command(core: Core, name: impl AsRef<OsStr>) -> Command {
    let mut taskset = program("taskset");
    let number = match core {
        Core::Proxy => "0",
        Core::Load => "1",
    };
    taskset.args(["--cpu-list", number]).arg(name);
    taskset
}

/// Fails on a machine that has no second core.
pub(crate) fn check() -> Result<()> {
    match std::thread::available_parallelism() {
        Ok(cores) if cores.get() < 2 => {
            bail!("measuring needs two cores: one for the proxy, one for the load")
        }
        _ => Ok(()),
    }
}

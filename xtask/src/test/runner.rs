//! The tests themselves: cargo-nextest where it is installed, cargo's own runner elsewhere.

use anyhow::Result;

use crate::command::{self, cargo};
use crate::tools;

/// Unit and integration tests of every crate.
pub(crate) fn tests() -> Result<()> {
    tools::postgres()?;
    // In which gateways count limits together.
    tools::require("redis-server", "redis-server")?;
    // What HTTP/1 servers make of doubtful bytes is compared with them.
    tools::require("nginx", "nginx")?;
    tools::require("python3", "python3")?;
    match tools::find("cargo-nextest") {
        Some(_) => {
            command::run(&mut cargo(["nextest", "run", "--workspace", "--no-fail-fast", "--no-tests=pass"]))
        }
        None => {
            command::run(&mut cargo(["test", "--workspace", "--lib", "--bins", "--tests", "--no-fail-fast"]))
        }
    }
}

/// Examples in documentation, which nextest cannot run.
pub(crate) fn documentation() -> Result<()> {
    command::run(&mut cargo(["test", "--workspace", "--doc", "--no-fail-fast"]))
}

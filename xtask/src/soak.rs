//! `cargo xtask soak`: the tests whose size `PAIFANG_SOAK` decides, at full size.

use anyhow::Result;

use crate::command::{self, cargo};
use crate::lock::BuildLock;
use crate::{console, tools};

pub(crate) fn run() -> Result<()> {
    let lock = BuildLock::take("soak")?;
    tools::postgres()?;
    tools::require("redis-server", "redis-server")?;
    tools::require("slowhttptest", "slowhttptest")?;
    command::run(cargo(["test", "--workspace", "--release", "--no-fail-fast"]).env("PAIFANG_SOAK", "1"))?;
    // The console takes it for its own build.
    drop(lock);
    console::test(console::Size::Soak)
}

//! `cargo xtask soak`: the tests whose size `PAIFANG_SOAK` decides, at full size.

use anyhow::Result;

use crate::command::{self, cargo};
use crate::lock::BuildLock;
use crate::tools;

pub(crate) fn run() -> Result<()> {
    let _lock = BuildLock::take("soak")?;
    tools::postgres()?;
    tools::require("slowhttptest", "slowhttptest")?;
    command::run(cargo(["test", "--workspace", "--release", "--no-fail-fast"]).env("PAIFANG_SOAK", "1"))
}

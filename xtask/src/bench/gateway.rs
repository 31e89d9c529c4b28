//! The gateways that are measured: optimised builds, put aside because cargo has one place for both.

use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::build::Allocator;
use crate::command::{self, program};
use crate::{profile, tools, workspace};

/// Builds one as releases are built, and gives its path.
pub(crate) fn build(allocator: Allocator) -> Result<PathBuf> {
    let built = profile::release(allocator)?;
    let folder = workspace::target().join("bench");
    std::fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    match allocator {
        Allocator::OfRelease => {
            let kept = folder.join("paifang");
            std::fs::copy(&built, &kept).with_context(|| format!("copying {}", built.display()))?;
            Ok(kept)
        }
        Allocator::OfSystem => {
            let kept = folder.join("paifang-system-allocator");
            // Valgrind stumbles over debug information newer than itself; symbols are enough for a profile.
            let objcopy = tools::require("objcopy", "binutils")?;
            command::run(program(objcopy).arg("--strip-debug").arg(&built).arg(&kept))?;
            Ok(kept)
        }
    }
}

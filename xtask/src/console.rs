//! The console is built by npm and embedded by `api-native`. Until its folder exists there is nothing to do.

use anyhow::Result;

use crate::command::{self, program};
use crate::{tools, workspace};

/// Builds the console into `console/dist`.
pub(crate) fn build() -> Result<()> {
    let folder = workspace::path("console");
    if !folder.join("package.json").exists() {
        return Ok(());
    }
    tools::npm_ci(&folder)?;
    command::run(program("npm").args(["run", "build"]).current_dir(&folder))
}

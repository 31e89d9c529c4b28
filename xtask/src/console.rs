//! The console: built by npm, embedded by `api-native`, tested in Chromium against the binary.

use std::path::PathBuf;

use anyhow::Result;

use crate::command::{self, program};
use crate::{build, tools, workspace};

/// Builds the console into `console/dist/app`. Without Node the binary has a page that says how to get the console.
pub(crate) fn build() -> Result<()> {
    if tools::find("npm").is_none() {
        eprintln!("npm is not installed: the binary will have no console (Node.js 20.19 or newer builds it)");
        return Ok(());
    }
    tools::npm_ci(&folder())?;
    npm("build", None)
}

/// How much there is of what there may be much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    /// A tenth.
    Test,
    /// All of it.
    Soak,
}

/// Types, what is pure, and every page as a person meets it.
pub(crate) fn test(size: Size) -> Result<()> {
    tools::npm_ci(&folder())?;
    let chromium = tools::require("chromium", "chromium")?;
    // Of the user guide, whose commands are run.
    for needed in ["openssl", "python3", "curl"] {
        tools::require(needed, needed)?;
    }
    npm("build", None)?;
    npm("test", None)?;
    let binary = build::tests()?;
    npm("stories", Some(&Stories { binary, chromium, size }))
}

/// What the stories need.
struct Stories {
    binary: PathBuf,
    chromium: PathBuf,
    size: Size,
}

fn npm(script: &str, stories: Option<&Stories>) -> Result<()> {
    let mut npm = program("npm");
    npm.args(["run", "--silent", script]).current_dir(folder());
    if let Some(Stories { binary, chromium, size }) = stories {
        npm.env("PAIFANG_BINARY", binary).env("CHROMIUM", chromium);
        if *size == Size::Soak {
            npm.env("PAIFANG_SOAK", "1");
        }
    }
    command::run(&mut npm)
}

fn folder() -> PathBuf {
    workspace::path("console")
}

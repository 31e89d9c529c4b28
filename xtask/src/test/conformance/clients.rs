//! The vendors' clients: two projects, one per language.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::command::{self, program};
use crate::{tools, workspace};

/// The two projects, installed.
pub(super) struct Clients {
    pub(super) node: PathBuf,
    python: PathBuf,
    pub(super) interpreter: PathBuf,
}

impl Clients {
    pub(super) fn install() -> Result<Self> {
        let (node, python) = (workspace::path("conformance/node"), workspace::path("conformance/python"));
        tools::npm_ci(&node)?;
        let interpreter = tools::python_venv(&python)?;
        Ok(Self { node, python, interpreter })
    }

    /// Runs both, also when the first fails.
    pub(super) fn run(&self, target: &Path) -> Result<()> {
        let node = command::run(
            program("node")
                .args(["--test", "test/"])
                .current_dir(&self.node)
                .env("PAIFANG_CONFORMANCE", target),
        );
        let python = command::run(
            program(&self.interpreter)
                .args(["-m", "unittest", "discover", "--start-directory", "tests"])
                .current_dir(&self.python)
                .env("PYTHONDONTWRITEBYTECODE", "1")
                .env("PAIFANG_CONFORMANCE", target),
        );
        match (node, python) {
            (Ok(()), Ok(())) => Ok(()),
            (Err(node), Err(python)) => bail!("{node:#}; and {python:#}"),
            (node, python) => node.and(python),
        }
    }
}

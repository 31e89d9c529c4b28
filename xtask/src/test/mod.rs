//! `cargo xtask test`: every check, in the order from quick to slow, the tests last.
//!
//! A failed step does not keep the later ones from running: one run tells everything that is wrong. The test
//! runner comes last, so that its closing lines close the output.

mod conformance;
mod features;
mod runner;
mod step;

use anyhow::{Result, bail};

use crate::command::{self, cargo};
use crate::lock::BuildLock;
use crate::{console, house};
use step::Step;

const STEPS: &[Step] = &[
    Step { name: "fmt", what: "every file is as rustfmt writes it", run: fmt },
    Step { name: "house", what: "the house rules that a text search can check", run: house::check },
    Step { name: "clippy", what: "no warnings", run: clippy },
    Step { name: "features", what: "every feature compiles, and none", run: features::check },
    Step { name: "doc", what: "the documentation builds without warnings", run: doc },
    Step {
        name: "conformance",
        what: "the vendors' own clients against a running gateway",
        run: conformance::run,
    },
    Step {
        name: "console",
        what: "every page of the console, in Chromium",
        run: || console::test(console::Size::Test),
    },
    Step { name: "examples", what: "the examples in the documentation", run: runner::documentation },
    Step { name: "tests", what: "all tests of the workspace", run: runner::tests },
];

/// What `--quick` leaves out.
const SLOW: &[&str] = &["conformance", "console"];

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Leave the vendors' clients and the console out
    #[arg(long)]
    quick: bool,
    /// Run this step alone
    #[arg(long, value_name = "STEP", value_parser = clap::builder::PossibleValuesParser::new(STEPS.iter().map(|step| step.name)))]
    only: Option<String>,
}

impl Options {
    fn wants(&self, step: &Step) -> bool {
        match &self.only {
            Some(only) => only == step.name,
            None => !(self.quick && SLOW.contains(&step.name)),
        }
    }
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let _lock = BuildLock::take("test")?;
    let failed = step::run_all(STEPS.iter().filter(|step| options.wants(step)));
    if !failed.is_empty() {
        bail!("failed: {}", failed.join(", "));
    }
    Ok(())
}

fn fmt() -> Result<()> {
    command::run(&mut cargo(["fmt", "--all", "--check"]))
}

fn clippy() -> Result<()> {
    command::run(&mut cargo(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

fn doc() -> Result<()> {
    command::run(cargo(["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))
}

//! A named check, timed and announced.

use std::time::{Duration, Instant};

use anyhow::Result;

/// One of the checks that make up the test command.
pub(crate) struct Step {
    /// For `--only`.
    pub(crate) name: &'static str,
    /// What holds when it passes.
    pub(crate) what: &'static str,
    /// Does it; whatever it prints is kept.
    pub(crate) run: fn() -> Result<()>,
}

/// Runs the steps in turn; gives the names of those that failed.
///
/// The last step is followed by nothing when all went well: the test runner's own closing lines end the output.
pub(crate) fn run_all<'s>(steps: impl Iterator<Item = &'s Step>) -> Vec<&'static str> {
    let mut failed = Vec::new();
    let mut steps = steps.peekable();
    while let Some(step) = steps.next() {
        eprintln!("\n==== {}: {}", step.name, step.what);
        let started = Instant::now();
        match (step.run)() {
            Ok(()) if steps.peek().is_none() => {}
            Ok(()) => eprintln!("---- {}: passed in {}", step.name, seconds(started.elapsed())),
            Err(error) => {
                eprintln!("---- {}: FAILED after {}: {error:#}", step.name, seconds(started.elapsed()));
                failed.push(step.name);
            }
        }
    }
    failed
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

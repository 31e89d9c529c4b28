//! `cargo xtask bench micro`: user-space instructions of single steps of a call, which repeat almost exactly where times
//! do not. An example of `proxy` does a step N times and then 2 N times; the difference is N steps without start and end.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

use super::callgrind;
use super::machine::Machine;
use crate::command::{self, cargo};
use crate::{tools, workspace};

const TIMES: u64 = 10_000;

/// Steps as the example calls them, and in words.
const STEPS: [(&str, &str); 6] = [
    ("limit", "a limit whose counter the route holds"),
    ("three-limits", "three limits found by their keys: group, API, address"),
    ("access", "an address in a list of 10,000 networks"),
    ("turn", "a member of eight in turn, by weight"),
    ("least", "a member of eight by calls under way"),
    ("source", "a member of eight by the client's address"),
];

/// One run.
#[derive(Serialize, Deserialize)]
struct Record {
    at: jiff::Timestamp,
    machine: Machine,
    /// By step, in the order of [`STEPS`].
    instructions: Vec<(String, u64)>,
}

pub(crate) fn run() -> Result<()> {
    let valgrind = tools::require("valgrind", "valgrind")?;
    let program = build()?;
    let out = workspace::target().join("bench/callgrind");
    std::fs::create_dir_all(&out).with_context(|| format!("making {}", out.display()))?;
    let mut instructions = Vec::new();
    for (step, what) in STEPS {
        eprintln!("counting {what}");
        let total = |times: u64| total(&valgrind, &program, &out, step, times);
        let each = total(2 * TIMES)?.saturating_sub(total(TIMES)?) / TIMES;
        instructions.push((step.to_owned(), each));
    }
    let record = Record { at: jiff::Timestamp::now(), machine: Machine::look()?, instructions };
    println!("{}", text(&record));
    eprintln!("kept {}", record.save()?.display());
    Ok(())
}

/// Optimised, without what only the whole binary has.
fn build() -> Result<PathBuf> {
    command::run(&mut cargo(["build", "--package", "paifang-proxy", "--release", "--example", "micro"]))?;
    Ok(workspace::target().join("release/examples/micro"))
}

fn total(valgrind: &Path, program: &Path, out: &Path, step: &str, times: u64) -> Result<u64> {
    let out = out.join(format!("micro-{step}-{times}.callgrind"));
    let mut command = callgrind::under(valgrind, &out, program);
    command::run(command.arg(step).arg(times.to_string()))?;
    callgrind::collected(&out)
}

impl Record {
    fn save(&self) -> Result<PathBuf> {
        let folder = folder();
        std::fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
        let path = folder.join(format!("{}.json", self.at.strftime("%Y%m%dT%H%M%SZ")));
        let text = serde_json::to_string_pretty(self).context("writing a record as JSON")?;
        std::fs::write(&path, text).with_context(|| format!("writing {}", path.display()))?;
        Ok(path)
    }
}

/// The newest run, as a section of the report; empty when there is none.
pub(crate) fn latest() -> Result<String> {
    let folder = folder();
    let Ok(files) = std::fs::read_dir(&folder) else { return Ok(String::new()) };
    let paths = files.map(|file| file.map(|file| file.path())).collect::<std::io::Result<Vec<_>>>();
    let mut paths = paths.with_context(|| format!("reading {}", folder.display()))?;
    paths.sort();
    let Some(newest) = paths.pop() else { return Ok(String::new()) };
    let read = std::fs::read_to_string(&newest).with_context(|| format!("reading {}", newest.display()))?;
    let record = serde_json::from_str(&read).with_context(|| format!("{} is no record", newest.display()))?;
    Ok(format!("\n{}", text(&record)))
}

fn text(record: &Record) -> String {
    let mut text = String::from("## Instructions of single steps\n\n| step | instructions |\n|---|---|\n");
    for (step, count) in &record.instructions {
        let what = STEPS.iter().find(|(known, _)| known == step).map_or(step.as_str(), |(_, what)| what);
        let _ = writeln!(text, "| {what} | {count} |");
    }
    let Machine { processor, revision, .. } = &record.machine;
    let _ = writeln!(text, "\nCounted {} at {revision}, on {processor}.", record.at.strftime("%Y-%m-%d"));
    text
}

fn folder() -> PathBuf {
    workspace::path("bench/results/micro")
}

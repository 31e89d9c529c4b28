//! `cargo xtask fuzz`: runs one target of `fuzz/`.
//!
//! cargo-fuzz does it where it is installed. Elsewhere the same instrumentation is asked of the compiler directly;
//! that lacks the address sanitizer, which finds nothing in a workspace that forbids `unsafe`.

use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::command::{self, cargo, program};
use crate::lock::BuildLock;
use crate::{tools, workspace};

const INSTRUMENTATION: &str = "--cfg fuzzing -Cdebug-assertions -Ccodegen-units=1 -Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares";

#[derive(clap::Args)]
pub(crate) struct Options {
    /// A file of `fuzz/fuzz_targets`, without `.rs`
    target: String,
    /// How long
    #[arg(default_value_t = 60)]
    seconds: u32,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let known = targets()?;
    if !known.contains(&options.target) {
        bail!("there is no fuzz target `{}`; there are: {}", options.target, known.join(", "));
    }
    let _lock = BuildLock::take("fuzz")?;
    let time = format!("-max_total_time={}", options.seconds);
    match tools::find("cargo-fuzz") {
        Some(_) => {
            command::run(program("cargo").args(["+nightly", "fuzz", "run", &options.target, "--", &time]))
        }
        None => command::run(instrumented(&options.target)?.arg(time)),
    }
}

fn targets() -> Result<Vec<String>> {
    let folder = workspace::path("fuzz/fuzz_targets");
    let files = std::fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))?;
    let mut names = files
        .map(|file| Ok(file?.path()))
        .filter(|path| path.as_ref().map_or(true, |path| path.extension().is_some_and(|kind| kind == "rs")))
        .map(|path| path.map(|path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned()))
        .collect::<std::io::Result<Vec<_>>>()?;
    names.sort();
    Ok(names)
}

/// Builds the target with coverage; gives the program, its corpus folder already among its arguments.
fn instrumented(target: &str) -> Result<Command> {
    let folder = workspace::path("fuzz");
    let host = host()?;
    // With `--target` the flags reach the target's code only, not build scripts.
    let build = ["build", "--release", "--bin", target, "--target", &host];
    command::run(cargo(build).current_dir(&folder).env("RUSTFLAGS", INSTRUMENTATION))?;
    let corpus = folder.join("corpus").join(target);
    let artifacts = folder.join("artifacts").join(target);
    for made in [&corpus, &artifacts] {
        std::fs::create_dir_all(made).with_context(|| format!("making {}", made.display()))?;
    }
    let mut fuzzer = program(folder.join("target").join(host).join("release").join(target));
    fuzzer.arg(corpus).arg(format!("-artifact_prefix={}/", artifacts.display()));
    Ok(fuzzer)
}

fn host() -> Result<String> {
    let about = command::output(program("rustc").arg("-vV"))?;
    about
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_owned)
        .context("`rustc -vV` does not name its host")
}

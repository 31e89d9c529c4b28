//! What calls execute, as the compiler sees it (rustc book, "Profile-guided Optimization"): what is called often lies together in the
//! binary then, and branches go the way that they mostly go.
//!
//! The profile is kept in the repository, so that whoever builds a release has it without the tools and minutes that it takes to make
//! one. Functions that were changed since it was made are compiled without it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::build::Allocator;
use crate::command::{self, cargo, program};
use crate::lock::BuildLock;
use crate::{bench, tools, workspace};

/// Where it is kept.
const KEPT: &str = "bench/paifang.profdata";

const QUIETLY: &str = "-Cllvm-args=-no-pgo-warn-mismatch";

/// Builds a binary that counts what it executes, makes it answer calls, and keeps what was counted.
pub(crate) fn run() -> Result<()> {
    let _lock = BuildLock::take("profile")?;
    let merge = profdata()?;
    let folder = workspace::target().join("profile");
    let counts = folder.join("counts");
    if counts.exists() {
        std::fs::remove_dir_all(&counts).with_context(|| format!("clearing {}", counts.display()))?;
    }
    let mut build = cargo(["build", "--target-dir"]);
    let host = optimised(build.arg(&folder), &[format!("-Cprofile-generate={}", counts.display())])?;
    command::run(&mut build)?;
    bench::train(folder.join(host).join("release/paifang"))?;
    let kept = workspace::path(KEPT);
    // Without what was never called.
    command::run(program(merge).args(["merge", "--sparse", "--output"]).arg(&kept).arg(&counts))?;
    eprintln!("kept {}", kept.display());
    Ok(())
}

/// Builds the binary as releases are built; gives its path.
pub(crate) fn release(allocator: Allocator) -> Result<PathBuf> {
    let profile = kept()?;
    if profile.is_none() {
        eprintln!("built without {KEPT}, which is of another compiler: the binary will be somewhat slower");
    }
    // A function that was changed since is no fault to be warned of.
    let by = |path: PathBuf| vec![format!("-Cprofile-use={}", path.display()), QUIETLY.to_owned()];
    let mut build = cargo(["build"]);
    let host = optimised(&mut build, &profile.map(by).unwrap_or_default())?;
    command::run(allocator.choose(&mut build))?;
    Ok(workspace::target().join(host).join("release/paifang"))
}

/// The profile, where the compiler is the one that it was made with: what they write changes between them.
pub(crate) fn kept() -> Result<Option<PathBuf>> {
    let path = workspace::path("rust-toolchain.toml");
    let text = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let named = text.lines().find_map(|line| line.strip_prefix("channel = "));
    let is_same = named.map(|named| named.trim_matches('"')) == Some(rustc("release: ")?.as_str());
    Ok(is_same.then(|| workspace::path(KEPT)).filter(|path| path.is_file()))
}

/// Lets cargo build the binary with further flags; gives the host's name.
fn optimised(build: &mut Command, flags: &[String]) -> Result<String> {
    let host = rustc("host: ")?;
    let set = std::env::var("RUSTFLAGS").unwrap_or_default();
    let flags = set.split_whitespace().chain(flags.iter().map(String::as_str));
    // With a target, flags are not for what runs while the build does.
    build.args(["--package", "paifang", "--release", "--target", &host]);
    // In the form in which there may be blanks in them.
    build.env("CARGO_ENCODED_RUSTFLAGS", flags.collect::<Vec<_>>().join("\u{1f}"));
    Ok(host)
}

/// LLVM's tool, of the version that the compiler has: what the compiler writes changes between them.
fn profdata() -> Result<PathBuf> {
    let (host, version) = (rustc("host: ")?, rustc("LLVM version: ")?);
    let sysroot = command::output(program("rustc").args(["--print", "sysroot"]))?;
    let component = Path::new(sysroot.trim()).join("lib/rustlib").join(host).join("bin/llvm-profdata");
    if component.is_file() {
        return Ok(component);
    }
    let major = version.split('.').next().unwrap_or_default();
    tools::require(&format!("llvm-profdata-{major}"), &format!("llvm-{major}"))
        .context("or: rustup component add llvm-tools")
}

/// What `rustc -vV` says behind a label.
fn rustc(label: &str) -> Result<String> {
    let said = command::output(Command::new("rustc").arg("-vV"))?;
    let line = said.lines().find_map(|line| line.strip_prefix(label));
    line.map(str::to_owned).with_context(|| format!("`rustc -vV` says nothing behind `{label}`"))
}

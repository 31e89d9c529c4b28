//! Profile-guided optimisation (rustc book, "Profile-guided Optimization"): the binary is built, watched while it answers calls of every
//! kind, and built again by what was seen. What is called often then lies together, and branches go the way that they mostly go.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::build::Allocator;
use crate::command::{self, cargo, program};
use crate::{bench, tools, workspace};

/// What was seen of a binary.
pub(crate) struct Seen(PathBuf);

/// Builds a binary that counts what it executes, and makes it answer calls.
pub(crate) fn watch() -> Result<Seen> {
    let merge = profdata()?;
    let folder = workspace::target().join("pgo");
    let counts = folder.join("counts");
    if counts.exists() {
        std::fs::remove_dir_all(&counts).with_context(|| format!("clearing {}", counts.display()))?;
    }
    let binary = build(&format!("-Cprofile-generate={}", counts.display()), Allocator::OfRelease)?;
    bench::train(binary)?;
    let seen = folder.join("paifang.profdata");
    command::run(program(merge).arg("merge").arg("--output").arg(&seen).arg(&counts))?;
    Ok(Seen(seen))
}

impl Seen {
    /// Builds a binary by what was seen.
    pub(crate) fn build(&self, allocator: Allocator) -> Result<PathBuf> {
        build(&format!("-Cprofile-use={}", self.0.display()), allocator)
    }
}

fn build(flag: &str, allocator: Allocator) -> Result<PathBuf> {
    let (folder, host) = (workspace::target().join("pgo"), rustc("host: ")?);
    // With a target, flags are not for what runs while the build does.
    let mut build = cargo(["build", "--package", "paifang", "--release", "--target", &host, "--target-dir"]);
    build.arg(&folder).env("CARGO_ENCODED_RUSTFLAGS", flags(flag));
    command::run(allocator.choose(&mut build))?;
    Ok(folder.join(host).join("release/paifang"))
}

/// The flags of the environment and one more, in the form in which there may be blanks in them.
fn flags(flag: &str) -> String {
    let set = std::env::var("RUSTFLAGS").unwrap_or_default();
    set.split_whitespace().chain([flag]).collect::<Vec<_>>().join("\u{1f}")
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

//! Programs that are not Rust's: found, installed where that is ours to do, or asked for in a sentence.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::command::{self, program};

/// The program's place in `PATH`.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    // Debian keeps servers out of an ordinary user's path.
    std::env::split_paths(&path)
        .chain(["/usr/sbin".into(), "/sbin".into()])
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

/// The program, installed from Debian's package when it is missing and we are root.
pub(crate) fn require(name: &str, package: &str) -> Result<PathBuf> {
    if let Some(found) = find(name) {
        return Ok(found);
    }
    install(package).with_context(|| format!("`{name}` is needed and not installed"))?;
    find(name).with_context(|| format!("the package {package} is installed and has no `{name}`"))
}

/// PostgreSQL's server, which the tests start themselves; installed like any other program. Debian keeps it out of every
/// path, in a folder per version.
pub(crate) fn postgres() -> Result<()> {
    let versions = || std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let is_there =
        || versions().any(|version| version.path().join("bin/initdb").is_file()) || find("initdb").is_some();
    if is_there() {
        return Ok(());
    }
    install("postgresql").context("PostgreSQL is needed and not installed")?;
    if is_there() { Ok(()) } else { bail!("the package postgresql is installed and has no `initdb`") }
}

/// Installs one of Debian's packages.
fn install(package: &str) -> Result<()> {
    if find("apt-get").is_none() || !is_root() {
        bail!("please install it; on Debian and Ubuntu: sudo apt-get install {package}");
    }
    let apt = || {
        let mut apt = program("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive");
        apt
    };
    command::run(apt().args(["update", "--quiet"]))?;
    command::run(apt().args(["install", "--yes", "--no-install-recommends", package]))
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

/// Installs a Node project exactly as its lock file says, unless it is installed already.
pub(crate) fn npm_ci(project: &Path) -> Result<()> {
    if is_newer(&project.join("node_modules/.package-lock.json"), &project.join("package-lock.json")) {
        return Ok(());
    }
    if find("npm").is_none() {
        bail!("npm is needed and not installed: install Node.js 20 or newer");
    }
    command::run(
        program("npm").args(["ci", "--ignore-scripts", "--no-fund", "--no-audit"]).current_dir(project),
    )
}

/// Makes a Python project's virtual environment as its `requirements.txt` says, unless it is there already;
/// gives its interpreter.
pub(crate) fn python_venv(project: &Path) -> Result<PathBuf> {
    let venv = project.join(".venv");
    let python = venv.join("bin/python");
    let requirements = project.join("requirements.txt");
    let stamp = venv.join("installed");
    if is_newer(&stamp, &requirements) {
        return Ok(python);
    }
    make_venv(&venv)?;
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
    command::run(program(&python).args(pip).arg(&requirements))?;
    std::fs::write(&stamp, "").with_context(|| format!("writing {}", stamp.display()))?;
    Ok(python)
}

fn make_venv(venv: &Path) -> Result<()> {
    let python = require("python3", "python3")?;
    let make = || command::run(program(&python).args(["-m", "venv", "--clear"]).arg(venv));
    // Debian's Python lacks the module that puts pip into a new environment, until this package is there.
    make().or_else(|_| {
        install("python3-venv").context("Python cannot make a virtual environment")?;
        make()
    })
}

/// Whether `made` exists and is not older than what it was made from.
fn is_newer(made: &Path, from: &Path) -> bool {
    let modified = |path: &Path| path.metadata().and_then(|metadata| metadata.modified()).ok();
    modified(made).is_some_and(|made| modified(from).is_some_and(|from| made >= from))
}

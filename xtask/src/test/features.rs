//! Code behind a cargo feature is compiled with all features on and with all off, so that it cannot rot.

use anyhow::{Context as _, Result};
use serde::Deserialize;

use crate::command::{self, cargo};

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    features: serde_json::Map<String, serde_json::Value>,
}

/// Checks each package that has features, with all of them and with none.
pub(crate) fn check() -> Result<()> {
    let metadata = command::output(&mut cargo(["metadata", "--no-deps", "--format-version", "1"]))?;
    let metadata: Metadata = serde_json::from_str(&metadata).context("reading cargo's metadata")?;
    for package in metadata.packages.iter().filter(|package| !package.features.is_empty()) {
        command::run(&mut cargo(["check", "--package", &package.name, "--all-features"]))?;
        command::run(&mut cargo(["check", "--package", &package.name, "--no-default-features"]))?;
    }
    Ok(())
}

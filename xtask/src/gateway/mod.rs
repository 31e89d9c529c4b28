//! A gateway of our own, started on free ports for tests and measurements.

pub(crate) mod rest;
pub(crate) mod scene;
pub(crate) mod setup;

use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result};
use serde::Deserialize;

use crate::process::Server;

/// The first owner's credentials, given at start.
const PASSWORD: &str = "xtask-owner-password";
pub(crate) const ACCESS_KEY_ID: &str = "xtask-owner";
pub(crate) const ACCESS_KEY_SECRET: &str = "xtask-owner-secret-0123456789abcdef";

/// A gateway that serves.
pub(crate) struct Gateway {
    pub(crate) server: Server,
    pub(crate) http: SocketAddr,
    pub(crate) https: SocketAddr,
    pub(crate) management: SocketAddr,
}

/// `<data-dir>/run.json`, which the gateway writes once it serves.
#[derive(Deserialize)]
struct Run {
    pid: u32,
    http: SocketAddr,
    https: SocketAddr,
    management: SocketAddr,
}

/// Starting under valgrind takes long.
const PATIENCE: Duration = Duration::from_secs(120);

impl Gateway {
    /// Starts the program with `serve`, its data in that directory, and the arguments beside.
    pub(crate) fn start(mut program: Command, data: &Path, arguments: &[&str]) -> Result<Self> {
        std::fs::create_dir_all(data).with_context(|| format!("making {}", data.display()))?;
        program
            .args([
                "serve",
                "--http",
                "127.0.0.1:0",
                "--https",
                "127.0.0.1:0",
                "--management",
                "127.0.0.1:0",
                "--data-dir",
            ])
            .arg(data)
            .args(arguments)
            .env("PAIFANG_ADMIN_PASSWORD", PASSWORD)
            .env("PAIFANG_ACCESS_KEY_ID", ACCESS_KEY_ID)
            .env("PAIFANG_ACCESS_KEY_SECRET", ACCESS_KEY_SECRET);
        let mut server = Server::start("paifang", &mut program, &data.with_extension("log"))?;
        let pid = server.pid();
        let run = server.wait_for(PATIENCE, || read(&data.join("run.json"), pid))?;
        Ok(Self { server, http: run.http, https: run.https, management: run.management })
    }
}

/// None while the file is missing, half written, or of an earlier life.
fn read(path: &Path, pid: u32) -> Option<Run> {
    let run: Run = serde_json::from_slice(&std::fs::read(path).ok()?).ok()?;
    (run.pid == pid).then_some(run)
}

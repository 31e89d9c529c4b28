//! The vendors' own clients against a running gateway: `conformance/README.md` says what they expect of it.

mod clients;
mod exercised;
mod recorder;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result};
use serde_json::json;

use crate::command::program;
use crate::gateway::scene::{Access, Api, Cast, Dialect, Extras, Group, Scene};
use crate::gateway::setup;
use crate::gateway::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, Gateway};
use crate::process::Server;
use crate::{build, workspace};
use clients::Clients;
use recorder::Recorder;

const PATH: &str = "/echo";
/// One of the clients sends the host that it connects to, whatever else it is told.
const ALIBABA_HOST: &str = "127.0.0.1";
const HUAWEI_HOST: &str = "conformance.paifang.test";
const APIS: &[Api<'_>] = &[Api { path: PATH, access: Access::App, extras: Extras::Nothing }];
const GROUPS: &[Group<'_>] = &[
    Group { dialect: Dialect::Alibaba, host: ALIBABA_HOST, calls_per_second: None, apis: APIS },
    Group { dialect: Dialect::Huawei, host: HUAWEI_HOST, calls_per_second: None, apis: APIS },
];

pub(crate) fn run() -> Result<()> {
    let clients = Clients::install()?;
    let binary = build::tests()?;
    let folder = fresh_folder()?;
    let (_echo, backend) = echo(&clients.node, &folder)?;
    let mut gateway = Gateway::start(Command::new(binary), &folder.join("data"), &[])?;
    let cast = setup::make(&Scene { backend, groups: GROUPS }, &mut gateway)?;
    let recorder = Recorder::start(&clients.interpreter, &folder, gateway.management)?;
    let target = write_target(&folder, &gateway, backend, &recorder, &cast)?;
    let ran = clients.run(&target).with_context(|| format!("the gateway said:\n{}", gateway.server.said()));
    gateway.server.stop()?;
    // What an answer lacks says more than the SDK that stumbled over it.
    let exchanges = recorder.stop()?;
    exercised::check_answers(&exchanges)?;
    ran?;
    exercised::check_list(&exchanges)
}

fn fresh_folder() -> Result<PathBuf> {
    let folder = workspace::target().join("conformance");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).with_context(|| format!("clearing {}", folder.display()))?;
    }
    std::fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    Ok(folder)
}

/// Starts the backend, which says on its first line where it listens.
fn echo(node: &Path, folder: &Path) -> Result<(Server, SocketAddr)> {
    let log = folder.join("echo.log");
    let mut server = Server::start("the echo backend", program("node").arg(node.join("echo.js")), &log)?;
    let port = server.wait_for(Duration::from_secs(30), || {
        let line: serde_json::Value = serde_json::from_slice(&std::fs::read(&log).ok()?).ok()?;
        u16::try_from(line["port"].as_u64()?).ok()
    })?;
    Ok((server, SocketAddr::from(([127, 0, 0, 1], port))))
}

/// Tells the clients what to call and as whom.
fn write_target(
    folder: &Path,
    gateway: &Gateway,
    backend: SocketAddr,
    recorder: &Recorder,
    cast: &Cast,
) -> Result<PathBuf> {
    let http = gateway.http;
    let target = json!({
        "http": http.to_string(),
        "https": gateway.https.to_string(),
        "backend": backend.to_string(),
        "alibaba": { "url": format!("http://{ALIBABA_HOST}:{}", http.port()), "path": PATH },
        "huawei": { "address": http.to_string(), "host": HUAWEI_HOST, "path": PATH },
        "app": cast.app,
        "stranger": cast.stranger,
        "management": {
            "addresses": recorder.addresses(),
            "access_key": ACCESS_KEY_ID,
            "access_secret": ACCESS_KEY_SECRET,
            // As the settings have them by default.
            "project": "default",
            "instance": "default",
        },
    });
    let path = folder.join("target.json");
    std::fs::write(&path, target.to_string()).with_context(|| format!("writing {}", path.display()))?;
    Ok(path)
}

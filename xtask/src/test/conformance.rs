//! The vendors' own clients against a running gateway: `conformance/README.md` says what they expect of it.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use serde_json::json;

use crate::command::{self, program};
use crate::gateway::scene::{Access, Api, Cast, Dialect, Group, Scene};
use crate::gateway::setup;
use crate::gateway::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, Gateway};
use crate::process::Server;
use crate::{build, tools, workspace};

const PATH: &str = "/echo";
/// One of the clients sends the host that it connects to, whatever else it is told.
const ALIBABA_HOST: &str = "127.0.0.1";
const HUAWEI_HOST: &str = "conformance.paifang.test";
const APIS: &[Api<'_>] = &[Api { path: PATH, access: Access::App }];
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
    let target = write_target(&folder, &gateway, &cast)?;
    clients.run(&target).with_context(|| format!("the gateway said:\n{}", gateway.server.said()))?;
    gateway.server.stop()
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
fn write_target(folder: &Path, gateway: &Gateway, cast: &Cast) -> Result<PathBuf> {
    let http = gateway.http;
    let target = json!({
        "alibaba": { "url": format!("http://{ALIBABA_HOST}:{}", http.port()), "path": PATH },
        "huawei": { "address": http.to_string(), "host": HUAWEI_HOST, "path": PATH },
        "app": cast.app,
        "stranger": cast.stranger,
        "management": {
            "address": gateway.management.to_string(),
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

/// The two projects, installed.
struct Clients {
    node: PathBuf,
    python: PathBuf,
    interpreter: PathBuf,
}

impl Clients {
    fn install() -> Result<Self> {
        let (node, python) = (workspace::path("conformance/node"), workspace::path("conformance/python"));
        tools::npm_ci(&node)?;
        let interpreter = tools::python_venv(&python)?;
        Ok(Self { node, python, interpreter })
    }

    /// Runs both, also when the first fails.
    fn run(&self, target: &Path) -> Result<()> {
        let node = command::run(
            program("node")
                .args(["--test", "test/"])
                .current_dir(&self.node)
                .env("PAIFANG_CONFORMANCE", target),
        );
        let python = command::run(
            program(&self.interpreter)
                .args(["-m", "unittest", "discover", "--start-directory", "tests"])
                .current_dir(&self.python)
                .env("PYTHONDONTWRITEBYTECODE", "1")
                .env("PAIFANG_CONFORMANCE", target),
        );
        match (node, python) {
            (Ok(()), Ok(())) => Ok(()),
            (Err(node), Err(python)) => bail!("{node:#}; and {python:#}"),
            (node, python) => node.and(python),
        }
    }
}

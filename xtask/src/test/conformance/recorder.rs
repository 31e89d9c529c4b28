//! The recorder between the management clients and the gateway: it holds every answer against its description and
//! writes down what was asked (`conformance/recorder/`).

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result};
use serde::Deserialize;

use crate::command::program;
use crate::process::Server;
use crate::workspace;

/// The clients of the management interfaces, by their packages. Each is given an address of its own.
const CLIENTS: &[&str] = &[
    "alibabacloud_cloudapi20160714",
    "aliyun-python-sdk-cloudapi",
    "@alicloud/cloudapi20160714",
    "@alicloud/pop-core",
    "huaweicloudsdkapig",
];

/// One call of a client, and how it was answered.
#[derive(Deserialize)]
pub(super) struct Exchange {
    pub(super) client: String,
    /// Whose interface was called.
    pub(super) dialect: String,
    pub(super) operation: String,
    /// How the call was signed.
    pub(super) style: String,
    pub(super) status: u16,
    /// What is wrong with the answer.
    pub(super) misfit: Option<String>,
}

pub(super) struct Recorder {
    server: Server,
    ports: BTreeMap<String, u16>,
    record: PathBuf,
}

#[derive(Deserialize)]
struct Started {
    ports: BTreeMap<String, u16>,
}

impl Recorder {
    /// Starts it in front of the gateway's management address.
    pub(super) fn start(python: &Path, folder: &Path, gateway: SocketAddr) -> Result<Self> {
        let (log, record) = (folder.join("recorder.log"), folder.join("exchanges.jsonl"));
        let mut command = program(python);
        command
            .arg(workspace::path("conformance/recorder"))
            .arg(gateway.to_string())
            .arg(&record)
            .args(CLIENTS)
            .env("PYTHONDONTWRITEBYTECODE", "1");
        let mut server = Server::start("the recorder", &mut command, &log)?;
        let Started { ports } = server
            .wait_for(Duration::from_secs(30), || serde_json::from_slice(&std::fs::read(&log).ok()?).ok())?;
        Ok(Self { server, ports, record })
    }

    /// Where each client calls.
    pub(super) fn addresses(&self) -> BTreeMap<&str, String> {
        self.ports.iter().map(|(client, port)| (client.as_str(), format!("127.0.0.1:{port}"))).collect()
    }

    /// Ends it; what was written down.
    pub(super) fn stop(self) -> Result<Vec<Exchange>> {
        self.server.stop()?;
        let text = std::fs::read_to_string(&self.record)
            .with_context(|| format!("reading {}", self.record.display()))?;
        let line = |line| serde_json::from_str(line).with_context(|| format!("reading {line}"));
        text.lines().map(line).collect()
    }
}

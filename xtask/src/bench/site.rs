//! Where a run takes place: its folder, the backend that every proxy passes requests to, and what the gateway was
//! told about both.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, Result};

use super::case::{LARGE_BYTES, SMALL_BYTES};
use super::pin::{self, Core};
use super::{scene, template};
use crate::gateway::Gateway;
use crate::gateway::scene::Caller;
use crate::gateway::setup;
use crate::process::{self, Server};
use crate::{tools, workspace};

/// Lives as long as the run.
pub(crate) struct Site {
    pub(crate) folder: PathBuf,
    pub(crate) backend: SocketAddr,
    /// Whether what is started must not start others, so that a tool sees all of it.
    pub(crate) wants_one_process: bool,
    gateway: Option<PreparedGateway>,
    _backend: Server,
}

/// A gateway whose data directory holds everything that the cases call.
pub(crate) struct PreparedGateway {
    pub(crate) binary: PathBuf,
    pub(crate) data: PathBuf,
    pub(crate) caller: Caller,
}

impl Site {
    /// Makes a fresh folder and starts the backend.
    pub(crate) fn open(name: &str) -> Result<Self> {
        let folder = workspace::target().join("bench").join(name);
        if folder.exists() {
            std::fs::remove_dir_all(&folder).with_context(|| format!("clearing {}", folder.display()))?;
        }
        std::fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
        std::fs::write(folder.join("large"), vec![b'l'; LARGE_BYTES]).context("writing the large answer")?;
        let backend = process::free_address()?;
        let answer = "s".repeat(SMALL_BYTES);
        let placeholders = [("@BACKEND@", backend.to_string()), ("@ANSWER@", answer)];
        let placeholders = placeholders.each_ref().map(|(name, value)| (*name, value.as_str()));
        let configuration = template::render("nginx-backend.conf", &folder, &placeholders)?;
        let mut nginx = pin::command(Core::Load, tools::require("nginx", "nginx")?);
        nginx.arg("-c").arg(configuration).args(["-e", "stderr"]);
        let mut server = Server::start("the backend", &mut nginx, &folder.join("backend.log"))?;
        server.wait_until_it_listens(Duration::from_secs(10), backend)?;
        Ok(Self { folder, backend, wants_one_process: false, gateway: None, _backend: server })
    }

    /// Starts the gateway once, makes in it what the cases call, and stops it.
    pub(crate) fn prepare_gateway(&mut self, binary: PathBuf) -> Result<()> {
        let data = self.folder.join("data");
        let command = std::process::Command::new(&binary);
        let mut gateway = Gateway::start(command, &data, &super::PAIFANG)?;
        let cast = setup::make(&scene::of(self.backend), &mut gateway)?;
        gateway.server.stop()?;
        self.gateway = Some(PreparedGateway { binary, data, caller: cast.app });
        Ok(())
    }

    pub(crate) fn gateway(&self) -> Result<&PreparedGateway> {
        self.gateway.as_ref().context("the gateway was not prepared")
    }

    /// Whom the signed requests come from. Without a gateway nobody looks at that.
    pub(crate) fn caller(&self) -> Caller {
        self.gateway.as_ref().map_or_else(Caller::anyone, |gateway| gateway.caller.clone())
    }
}

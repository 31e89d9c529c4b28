//! The competitors, started alike: one core, the same backend, no access log.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

use super::site::Site;
use super::{pin, template};
use crate::gateway::Gateway;
use crate::process::{self, Server};
use crate::tools;

/// A program that is measured. nginx is what the others are compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Competitor {
    Nginx,
    Haproxy,
    Paifang,
}

impl Competitor {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::Haproxy => "HAProxy",
            Self::Paifang => "paifang",
        }
    }
}

/// A competitor that serves.
pub(crate) struct Proxy {
    pub(crate) competitor: Competitor,
    pub(crate) address: SocketAddr,
    server: Server,
}

impl Proxy {
    /// Starts it on the proxies' core.
    pub(crate) fn start(competitor: Competitor, site: &Site) -> Result<Self> {
        Self::start_under(competitor, site, |program| pin::command(pin::Core::Proxy, program))
    }

    /// Starts it through another program, which is given the competitor's path.
    pub(crate) fn start_under(
        competitor: Competitor,
        site: &Site,
        through: impl FnOnce(&Path) -> Command,
    ) -> Result<Self> {
        let (server, address) = match competitor {
            Competitor::Nginx => nginx(site, through)?,
            Competitor::Haproxy => haproxy(site, through)?,
            Competitor::Paifang => {
                let gateway = site.gateway()?;
                let serving = Gateway::start(through(&gateway.binary), &gateway.data, &super::PAIFANG)?;
                (serving.server, serving.http)
            }
        };
        Ok(Self { competitor, address, server })
    }

    pub(crate) fn pid(&self) -> u32 {
        self.server.pid()
    }

    /// What it printed, for the reader of an error.
    pub(crate) fn said(&self) -> String {
        self.server.said()
    }

    pub(crate) fn stop(self) -> Result<()> {
        self.server.stop()
    }
}

/// Valgrind takes its time.
const PATIENCE: Duration = Duration::from_secs(60);

fn nginx(site: &Site, through: impl FnOnce(&Path) -> Command) -> Result<(Server, SocketAddr)> {
    let address = process::free_address()?;
    let configuration = render(site, "nginx-proxy.conf", address)?;
    let mut command = through(&tools::require("nginx", "nginx")?);
    command.arg("-c").arg(&configuration).args(["-e", "stderr"]);
    if site.wants_one_process {
        command.args(["-g", "master_process off;"]);
    }
    serve("nginx", &mut command, site, address)
}

fn haproxy(site: &Site, through: impl FnOnce(&Path) -> Command) -> Result<(Server, SocketAddr)> {
    let address = process::free_address()?;
    let configuration = render(site, "haproxy.cfg", address)?;
    let mut command = through(&tools::require("haproxy", "haproxy")?);
    serve("haproxy", command.arg("-f").arg(configuration), site, address)
}

fn serve(
    name: &str,
    command: &mut Command,
    site: &Site,
    address: SocketAddr,
) -> Result<(Server, SocketAddr)> {
    let mut server = Server::start(name, command, &site.folder.join(format!("{name}.log")))?;
    server.wait_until_it_listens(PATIENCE, address)?;
    Ok((server, address))
}

fn render(site: &Site, name: &str, listen: SocketAddr) -> Result<std::path::PathBuf> {
    let (listen, backend) = (listen.to_string(), site.backend.to_string());
    template::render(name, &site.folder, &[("@LISTEN@", &listen), ("@BACKEND@", &backend)])
        .with_context(|| format!("writing the configuration {name}"))
}

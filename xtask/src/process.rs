//! Servers that a task starts beside itself.

use std::fs::File;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

/// A server in the background. It is stopped when this value goes, on whatever way out: a task that fails must
/// not leave servers behind.
pub(crate) struct Server {
    name: String,
    child: Child,
    log: PathBuf,
}

impl Server {
    /// Starts the command; what it prints goes to `log`.
    pub(crate) fn start(name: &str, command: &mut Command, log: &Path) -> Result<Self> {
        let output = File::create(log).with_context(|| format!("making {}", log.display()))?;
        let errors = output.try_clone().with_context(|| format!("sharing {}", log.display()))?;
        let child = command
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(errors)
            .spawn()
            .with_context(|| format!("starting {name}"))?;
        Ok(Self { name: name.to_owned(), child, log: log.to_owned() })
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Asks until there is an answer, the server ends, or the patience does.
    pub(crate) fn wait_for<T>(
        &mut self,
        patience: Duration,
        mut ask: impl FnMut() -> Option<T>,
    ) -> Result<T> {
        let deadline = Instant::now() + patience;
        loop {
            if let Some(answer) = ask() {
                return Ok(answer);
            }
            if let Some(status) = self.child.try_wait().context("asking for a process's status")? {
                bail!("{} ended with {status}; it said:\n{}", self.name, self.said());
            }
            if Instant::now() > deadline {
                bail!("{} does not serve after {patience:?}; it said:\n{}", self.name, self.said());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits until something accepts connections there.
    pub(crate) fn wait_until_it_listens(&mut self, patience: Duration, address: SocketAddr) -> Result<()> {
        self.wait_for(patience, || TcpStream::connect(address).ok()).map(drop)
    }

    /// Asks the server to end and waits until it did.
    pub(crate) fn stop(mut self) -> Result<()> {
        self.terminate().with_context(|| format!("stopping {}", self.name))
    }

    /// The end of its output.
    pub(crate) fn said(&self) -> String {
        let said = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = said.lines().collect();
        lines[lines.len().saturating_sub(40)..].join("\n")
    }

    fn terminate(&mut self) -> std::io::Result<()> {
        if self.child.try_wait()?.is_some() {
            return Ok(());
        }
        // The standard library can only send SIGKILL, which would leave nginx's worker behind.
        Command::new("kill").arg(self.child.id().to_string()).status()?;
        let deadline = Instant::now() + Duration::from_secs(30);
        while self.child.try_wait()?.is_none() {
            if Instant::now() > deadline {
                self.child.kill()?;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Err(error) = self.terminate() {
            eprintln!("xtask: {} (process {}) could not be stopped: {error}", self.name, self.child.id());
        }
    }
}

/// An address of this machine that nothing listens on at the moment, for servers that cannot choose one.
pub(crate) fn free_address() -> Result<SocketAddr> {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).context("finding a free port")
}

//! A gateway on free ports, with a data directory that a test may keep from one life to the next.

use std::fs::File;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use serde::Deserialize;
use tempfile::TempDir;

use crate::command::paifang;
use crate::http::{Answer, Call};

/// Longer than any start takes on a machine that is busy with other tests.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// A gateway that serves. What is left of it is killed when a test fails.
pub(crate) struct Gateway {
    child: Child,
    /// The process that serves: the child, or the one that succeeded it.
    pub(crate) process: u32,
    pub(crate) data: PathBuf,
    pub(crate) http: SocketAddr,
    /// Where it takes calls over TLS; where it takes others when it takes none of those.
    pub(crate) https: SocketAddr,
    pub(crate) management: SocketAddr,
}

#[derive(Deserialize)]
struct Run {
    pid: u32,
    http: SocketAddr,
    https: Option<SocketAddr>,
    management: SocketAddr,
}

/// A place for a data directory, which the gateway itself makes.
pub(crate) fn place() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// `serve` on free ports with its data there, and its log beside.
pub(crate) fn serve(data: &Path, arguments: &[&str]) -> Command {
    let mut command =
        paifang(&["serve", "--http", "127.0.0.1:0", "--https", "127.0.0.1:0", "--management", "127.0.0.1:0"]);
    command.args(["--workers", "2"]).arg("--data-dir").arg(data).args(arguments);
    command
}

impl Gateway {
    /// Starts one with its data below `place`, and waits until it serves.
    pub(crate) fn start(place: &TempDir) -> Self {
        Self::start_with(place, &[])
    }

    pub(crate) fn start_with(place: &TempDir, arguments: &[&str]) -> Self {
        Self::start_as(place, serve(&place.path().join("data"), arguments))
    }

    /// Starts this command, whose data is to be below `place`.
    pub(crate) fn start_as(place: &TempDir, mut command: Command) -> Self {
        let output = File::create(place.path().join("output")).unwrap();
        command.stdin(Stdio::null()).stdout(output);
        Self::spawned(place, command)
    }

    /// The same, with standard input and output as they are set.
    pub(crate) fn spawned(place: &TempDir, mut command: Command) -> Self {
        let data = place.path().join("data");
        let log = File::create(place.path().join("log")).unwrap();
        let child = command.stderr(log).spawn().unwrap();
        let unbound = SocketAddr::from(([127, 0, 0, 1], 0));
        let process = child.id();
        let mut gateway = Self { child, process, data, http: unbound, https: unbound, management: unbound };
        let run = gateway.wait_for("run.json", |gateway| gateway.run());
        (gateway.http, gateway.management) = (run.http, run.management);
        gateway.https = run.https.unwrap_or(run.http);
        gateway
    }

    fn run(&mut self) -> Option<Run> {
        if let Some(status) = self.child.try_wait().unwrap() {
            panic!("the gateway ended with {status}: {}", self.log());
        }
        let run: Run = serde_json::from_slice(&std::fs::read(self.data.join("run.json")).ok()?).ok()?;
        (run.pid == self.child.id()).then_some(run)
    }

    /// Waits until another process has succeeded this one, which ended or ends.
    pub(crate) fn succeeded(&mut self, from: u32) {
        self.process = self.wait_for("the successor", |gateway| {
            let run: Run =
                serde_json::from_slice(&std::fs::read(gateway.data.join("run.json")).ok()?).ok()?;
            (run.pid != from && run.http == gateway.http).then_some(run.pid)
        });
    }

    /// Waits until it has said something about itself.
    pub(crate) fn wait_for_log(&self, what: &str, says: impl Fn(&str) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !says(&self.log()) {
            assert!(Instant::now() < deadline, "waited in vain for {what}: {}", self.log());
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Asks until there is an answer.
    pub(crate) fn wait_for<T>(&mut self, what: &str, mut ask: impl FnMut(&mut Self) -> Option<T>) -> T {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(answer) = ask(self) {
                return answer;
            }
            assert!(Instant::now() < deadline, "waited in vain for {what}: {}", self.log());
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// What it printed on standard output.
    pub(crate) fn output(&self) -> String {
        std::fs::read_to_string(self.data.with_file_name("output")).unwrap()
    }

    /// What it said about itself.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.data.with_file_name("log")).unwrap_or_default()
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal by name.
    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("kill").args(["-s", name, &self.process.to_string()]).status().unwrap();
        assert!(sent.success());
    }

    /// Ends it as a lost machine does: it does nothing more.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        assert!(!self.child.wait().unwrap().success());
    }

    /// Whether it has ended.
    pub(crate) fn has_ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().unwrap()
    }

    /// Waits until it has ended.
    pub(crate) fn ended(mut self) -> ExitStatus {
        self.wait_for("the end", Self::has_ended)
    }

    /// Ends it as an operator does.
    pub(crate) fn stop(self) {
        self.signal("TERM");
        let run = self.data.join("run.json");
        if self.process != self.child.id() {
            let deadline = Instant::now() + PATIENCE;
            while run.exists() {
                assert!(Instant::now() < deadline, "waited in vain for the end: {}", self.log());
                std::thread::sleep(Duration::from_millis(2));
            }
        }
        let log = self.data.with_file_name("log");
        let status = self.ended();
        assert!(status.success(), "{status}: {}", std::fs::read_to_string(log).unwrap());
    }

    /// A call to the gateway at a host that is bound to one of its groups.
    pub(crate) fn call(&self, host: &str, target: &str) -> Answer {
        Call::get(target).header("Host", host).send(self.http)
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        // It has ended already in every test that succeeds.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if self.process != self.child.id() {
            let _ = Command::new("kill").args(["-s", "KILL", &self.process.to_string()]).output();
        }
    }
}

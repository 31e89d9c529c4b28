//! A real Redis, Debian's, started by the test that needs one: on a socket in a folder of its own.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Keeps the server for as long as its standard input is open, and so never longer than the test's process lives.
const KEEPER: &str = r#"
"$@" >/dev/null &
server=$!
cat >/dev/null
kill -s CONT "$server"
kill -s KILL "$server"
wait "$server" 2>/dev/null
"#;

/// What the tests say where there is none. They are never left out.
const MISSING: &str = "these tests need Redis; on Debian and Ubuntu: sudo apt-get install redis-server";

/// A Redis. It ends when this value goes.
#[derive(Debug)]
pub struct Redis {
    folder: TempDir,
    keeper: Option<Child>,
}

impl Redis {
    /// Starts one and waits until it takes connections.
    pub fn start() -> Self {
        let mut redis = Self { folder: tempfile::tempdir().unwrap(), keeper: None };
        redis.resume();
        redis
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("redis+unix://{}", self.socket())
    }

    /// Kills it; what it counted is lost.
    pub fn stop(&mut self) {
        let Some(mut keeper) = self.keeper.take() else { return };
        drop(keeper.stdin.take());
        keeper.wait().unwrap();
        let _ = std::fs::remove_file(self.socket());
    }

    /// Starts it again, in the same place and with nothing in it.
    pub fn resume(&mut self) {
        let socket = self.socket();
        let mut sh = Command::new("sh");
        sh.args(["-c", KEEPER, "keeper", "redis-server", "--port", "0", "--unixsocket", &socket]);
        sh.args(["--save", "", "--appendonly", "no", "--dir"]).arg(self.folder.path());
        sh.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        self.keeper = Some(sh.spawn().unwrap());
        let deadline = Instant::now() + Duration::from_secs(60);
        while std::os::unix::net::UnixStream::connect(&socket).is_err() {
            assert!(Instant::now() < deadline, "{MISSING}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn socket(&self) -> String {
        self.folder.path().join("redis.sock").display().to_string()
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.stop();
    }
}

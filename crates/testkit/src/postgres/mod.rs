//! A real PostgreSQL, Debian's, started by the tests that need one: on a socket in a folder of its own, as a user that
//! is not root.
//!
//! Test runners give every test a process of its own, and starting a server takes seconds. So all tests of a
//! workspace share one, and have a database each in it: whoever comes first starts it, under a lock; every process
//! holds a second lock for as long as it lives; and a keeper beside the server ends it by its process id once nobody
//! holds that any more, however the tests ended.

mod programs;
mod tls;

use std::fs::File;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use programs::Programs;

/// Run beside a server: stops it and takes its folder away once nobody holds the lock. Its arguments are the lock, the
/// folder, and the command that stops the server.
const KEEPER: &str = r#"
lock=$1 folder=$2
shift 2
exec 9>"$lock"
while sleep 3; do
    if flock --nonblock --exclusive 9; then
        "$@"
        rm -rf "$folder"
        # Others may wait for the locks of what is shared.
        case $folder in *-shared-*) ;; *) rm -f "$lock" "$folder.starting" ;; esac
        exit
    fi
done
"#;

/// The number in the name of a socket. Each is in a folder of its own, so they may all have the same.
const PORT: u16 = 5432;

/// Numbers what one process makes.
static COUNTER: AtomicU32 = AtomicU32::new(0);

/// A server.
pub struct Server {
    programs: Programs,
    /// Where its data, its socket and its log are.
    folder: PathBuf,
    /// Settings of its own.
    options: String,
    /// Its number on the socket; it listens to TCP only for TLS.
    port: u16,
    /// Held for as long as it is needed.
    _needed: File,
}

/// An empty database, gone when this value goes.
pub struct Database {
    server: Arc<Server>,
    name: String,
}

impl Server {
    /// A server of one's own, which syncs its disk and may be stopped.
    pub fn start() -> Self {
        let number = COUNTER.fetch_add(1, Ordering::Relaxed);
        Self::at(&format!("{}-{number}", std::process::id()), "-c listen_addresses=")
    }

    /// The server that all tests of the workspace share. It does not wait for the disk.
    pub fn shared() -> Arc<Self> {
        static SHARED: OnceLock<Arc<Server>> = OnceLock::new();
        let start = || {
            let mut workspace = DefaultHasher::new();
            env!("CARGO_MANIFEST_DIR").hash(&mut workspace);
            let name = format!("shared-{:016x}", workspace.finish());
            Arc::new(Self::at(&name, "-c listen_addresses= -c fsync=off -c full_page_writes=off"))
        };
        Arc::clone(SHARED.get_or_init(start))
    }

    fn at(name: &str, options: &str) -> Self {
        let programs = Programs::find();
        let folder = std::env::temp_dir().join(format!("paifang-postgres-{name}"));
        // Beside the folder, for they outlive it.
        let needed = lock_file(&folder, "needed");
        needed.lock_shared().unwrap();
        let server = Self { programs, folder, options: options.to_owned(), port: PORT, _needed: needed };
        let starting = lock_file(&server.folder, "starting");
        starting.lock().unwrap();
        if !server.runs() {
            server.initialise();
            server.resume();
            server.keep();
        }
        server
    }

    /// Stops it as an administrator does; its connections end.
    pub fn stop(&self) {
        self.control("fast", "stop");
    }

    /// Kills it: what it had only in memory is lost.
    pub fn crash(&self) {
        self.control("immediate", "stop");
    }

    /// Kills all of its processes at once by signal 9, and waits until they are gone.
    ///
    /// # Panics
    /// When it does not run.
    pub fn kill(&self) {
        let noted = self.data().join("postmaster.pid");
        let processes = self.processes();
        // The first one is killed first, or it would notice that the others end.
        signal("KILL", &processes);
        for process in processes {
            programs::wait_for_end(process);
        }
        // A dead process that nobody asked about yet would pass for the server, or another one that has its number by now.
        std::fs::remove_file(noted).unwrap();
        std::fs::remove_file(self.folder.join(format!(".s.PGSQL.{}.lock", self.port))).unwrap();
    }

    /// Lets it hang: it is there, its connections stay, and nobody is answered, until what this returns is dropped.
    ///
    /// # Panics
    /// When it does not run.
    pub fn freeze(&self) -> Frozen<'_> {
        // The first one is stopped first: it starts no more of them.
        let processes = self.processes();
        signal("STOP", &processes);
        // Those that it had started meanwhile.
        signal("STOP", &self.processes());
        Frozen(self)
    }

    /// Its processes, the one that started the others first.
    fn processes(&self) -> Vec<u32> {
        let text = std::fs::read_to_string(self.data().join("postmaster.pid")).unwrap();
        let first: u32 = text.lines().next().unwrap().parse().unwrap();
        std::iter::once(first).chain(programs::children(first)).collect()
    }

    /// Starts it where it was stopped, and waits until it serves.
    pub fn resume(&self) {
        let options = format!(
            "-p {} -c unix_socket_directories={} -c max_connections=300 {}",
            self.port,
            self.folder.display(),
            self.options
        );
        let mut start = self.programs.command("pg_ctl");
        start.arg("--pgdata").arg(self.data()).arg("--log").arg(self.folder.join("log"));
        run(start.args(["--wait", "--timeout", "120", "--options", &options, "start"]));
    }

    /// Runs SQL in one of its databases; gives what it answers, unadorned.
    pub fn sql(&self, database: &str, sql: &str) -> String {
        let mut psql = self.programs.client("psql");
        psql.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1"]);
        run(psql.args(["--dbname", &self.url(database), "--command", sql])).trim().to_owned()
    }

    fn url(&self, database: &str) -> String {
        format!("postgres://postgres@localhost:{}/{database}?host={}", self.port, self.folder.display())
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn runs(&self) -> bool {
        let mut status = self.programs.command("pg_ctl");
        status.arg("--pgdata").arg(self.data()).arg("status").stdout(Stdio::null()).stderr(Stdio::null());
        status.status().unwrap().success()
    }

    fn initialise(&self) {
        if self.folder.exists() {
            std::fs::remove_dir_all(&self.folder).unwrap();
        }
        std::fs::create_dir(&self.folder).unwrap();
        self.programs.give(&self.folder);
        let mut initdb = self.programs.command("initdb");
        initdb.arg("--pgdata").arg(self.data());
        initdb.args(["--username", "postgres", "--auth", "trust", "--encoding", "UTF8", "--no-sync"]);
        // Databases elsewhere do not sort as the store must, so these do not either.
        initdb.args(["--locale", "C.UTF-8"]).args(self.programs.collation());
        run(&mut initdb);
    }

    fn control(&self, mode: &str, what: &str) {
        run(self.programs.command("pg_ctl").arg("--pgdata").arg(self.data()).args([
            "--wait",
            "--timeout",
            "120",
            "--mode",
            mode,
            what,
        ]));
    }

    /// Starts its keeper, out of reach of whatever ends this process.
    fn keep(&self) {
        let mut stop = self.programs.command("pg_ctl");
        stop.arg("--pgdata").arg(self.data()).args(["--wait", "--mode", "immediate", "stop"]);
        let mut keeper = Command::new("setsid");
        keeper.args(["sh", "-c", KEEPER, "keeper"]).arg(lock_path(&self.folder, "needed")).arg(&self.folder);
        keeper.arg(stop.get_program()).args(stop.get_args());
        keeper.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).current_dir("/");
        drop(keeper.spawn().unwrap());
    }
}

impl Database {
    /// An empty database in the server that all tests share.
    pub fn fresh() -> Self {
        Self::within(&Server::shared())
    }

    /// An empty database in a server.
    pub fn within(server: &Arc<Server>) -> Self {
        let number = COUNTER.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{number}", std::process::id());
        server.sql("postgres", &format!("CREATE DATABASE {name}"));
        Self { server: Arc::clone(server), name }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its address.
    pub fn url(&self) -> String {
        self.server.url(&self.name)
    }

    /// Runs SQL in it; gives what it answers, unadorned.
    pub fn sql(&self, sql: &str) -> String {
        self.server.sql(&self.name, sql)
    }
}

/// A server that hangs; it goes on when this value goes.
pub struct Frozen<'s>(&'s Server);

impl Drop for Frozen<'_> {
    fn drop(&mut self) {
        signal("CONT", &self.0.processes());
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // A server that was stopped goes with all its databases.
        if self.server.runs() {
            self.server.sql("postgres", &format!("DROP DATABASE {} WITH (FORCE)", self.name));
        }
    }
}

fn signal(name: &str, processes: &[u32]) {
    run(Command::new("kill").args(["-s", name]).args(processes.iter().map(u32::to_string)));
}

fn lock_path(folder: &Path, name: &str) -> PathBuf {
    folder.with_extension(name)
}

fn lock_file(folder: &Path, name: &str) -> File {
    let path = lock_path(folder, name);
    File::options().create(true).truncate(false).read(true).write(true).open(path).unwrap()
}

/// Runs a program that has to succeed; gives what it printed.
fn run(command: &mut Command) -> String {
    // What stays in the background must not hold the ends of our pipes, so the output goes through a file.
    let mut said = programs::scratch();
    let output = || Stdio::from(said.try_clone().unwrap());
    let status = command.current_dir("/").stdin(Stdio::null()).stdout(output()).stderr(output()).status();
    let status = status.unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let text = programs::read(&mut said);
    assert!(status.success(), "{command:?} failed: {text}");
    text
}

//! PostgreSQL's programs: where Debian puts them, and as whom they run.

use std::fs::File;
use std::io::{Read as _, Seek as _};
use std::os::unix::fs::{MetadataExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// Where Debian puts each version.
const VERSIONS: &str = "/usr/lib/postgresql";

/// What the tests say where there is none. They are never left out.
const MISSING: &str =
    "these tests need PostgreSQL 13 or newer; on Debian and Ubuntu: sudo apt-get install postgresql";

/// The programs of one version.
pub(super) struct Programs {
    folder: PathBuf,
    /// Whose server it is, when we are root; PostgreSQL refuses to run as that.
    user: Option<User>,
}

struct User {
    uid: u32,
    gid: u32,
}

/// The processes that one started.
pub(super) fn children(process: u32) -> Vec<u32> {
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let numbers = processes.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    numbers.filter(|number| status(*number).is_some_and(|(_, parent)| parent == process)).collect()
}

/// Waits until a process that was killed runs no more.
pub(super) fn wait_for_end(process: u32) {
    let deadline = Instant::now() + Duration::from_secs(60);
    // One in state Z is dead, and waits for its parent to ask about it.
    while status(process).is_some_and(|(state, _)| state != "Z") {
        assert!(Instant::now() < deadline, "process {process} does not end");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// State and parent of a process, as in proc(5); none when it is gone.
fn status(process: u32) -> Option<(String, u32)> {
    let text = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // Its name, in parentheses, may hold anything.
    let mut fields = text.rsplit_once(") ")?.1.split(' ');
    Some((fields.next()?.to_owned(), fields.next()?.parse().ok()?))
}

impl Programs {
    /// The newest version that Debian installed, or the first in `PATH`.
    pub(super) fn find() -> Self {
        let versions = std::fs::read_dir(VERSIONS).into_iter().flatten().flatten();
        let mut folders: Vec<(u32, PathBuf)> = versions
            .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
            .collect();
        folders.sort_unstable();
        let newest = folders.into_iter().map(|(_, folder)| folder).rev();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folder =
            newest.chain(std::env::split_paths(&path)).find(|folder| folder.join("initdb").is_file());
        Self { folder: folder.expect(MISSING), user: is_root().then(User::find) }
    }

    /// One of them, run as the server's user.
    pub(super) fn command(&self, name: &str) -> Command {
        let program = self.folder.join(name);
        let Some(User { uid, gid }) = &self.user else { return Command::new(program) };
        let mut command = Command::new("setpriv");
        command.arg(format!("--reuid={uid}")).arg(format!("--regid={gid}"));
        command.args(["--clear-groups", "--"]).arg(program);
        command
    }

    /// One of them, run as ourselves.
    pub(super) fn client(&self, name: &str) -> Command {
        Command::new(self.folder.join(name))
    }

    /// Lets the server's user write there.
    pub(super) fn give(&self, folder: &Path) {
        if let Some(User { uid, gid }) = self.user {
            chown(folder, Some(uid), Some(gid)).unwrap();
        }
    }

    /// Has databases sort as dictionaries do, where this version can.
    pub(super) fn collation(&self) -> &'static [&'static str] {
        let version = Command::new(self.folder.join("initdb")).arg("--version").output().unwrap().stdout;
        let version = String::from_utf8(version).unwrap();
        // As in "initdb (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)".
        let number = version.split(' ').nth(2).unwrap();
        let major: u32 = number.split(|sign: char| !sign.is_ascii_digit()).next().unwrap().parse().unwrap();
        if major >= 15 { &["--locale-provider", "icu", "--icu-locale", "en"] } else { &[] }
    }
}

impl User {
    /// The user that Debian's package makes, or one that may do nothing.
    fn find() -> Self {
        let found = ["postgres", "nobody"]
            .into_iter()
            .find_map(|name| Some(Self { uid: number_of(name, "-u")?, gid: number_of(name, "-g")? }));
        found.expect("there is neither a user `postgres` nor `nobody` to run PostgreSQL as")
    }
}

fn number_of(user: &str, which: &str) -> Option<u32> {
    let output = Command::new("id").args([which, user]).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

/// A file without a name.
pub(super) fn scratch() -> File {
    tempfile::tempfile().unwrap()
}

/// All that was written to it.
pub(super) fn read(file: &mut File) -> String {
    let mut text = String::new();
    file.rewind().unwrap();
    file.read_to_string(&mut text).unwrap();
    text
}

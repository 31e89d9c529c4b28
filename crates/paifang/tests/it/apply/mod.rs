//! A gateway made as a folder of files wants it.

mod certificates;
mod channels;
mod cors;
mod crash;
mod errors;
mod every_kind;
mod example;
mod export;
mod nodes;
mod patterns;
mod policies;
mod prune;
mod secrets;
mod signature_keys;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::command::paifang;
use crate::gateway::Gateway;

/// What a command printed, and how it ended.
#[derive(Debug)]
pub(super) struct Ended {
    pub(super) code: i32,
    pub(super) out: String,
    pub(super) err: String,
}

/// A folder of files.
pub(super) struct Files(TempDir);

impl Files {
    pub(super) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(super) fn path(&self) -> PathBuf {
        self.0.path().join("shop")
    }

    pub(super) fn write(&self, name: &str, text: &str) -> &Self {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    pub(super) fn remove(&self, name: &str) {
        std::fs::remove_file(self.path().join(name)).unwrap();
    }
}

/// `paifang apply` or the like, with this gateway and folder.
pub(super) fn command(gateway: &Gateway, verb: &str, folder: &Path, arguments: &[&str]) -> Command {
    let mut command = paifang(&[verb]);
    if verb != "export" {
        command.arg("-f");
    }
    command.arg(folder).arg("--data-dir").arg(&gateway.data).args(arguments);
    command
}

pub(super) fn ended(command: &mut Command) -> Ended {
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ended { code: output.status.code().unwrap(), out: text(&output.stdout), err: text(&output.stderr) }
}

pub(super) fn run(gateway: &Gateway, verb: &str, folder: &Path, arguments: &[&str]) -> Ended {
    ended(&mut command(gateway, verb, folder, arguments))
}

/// The same, when it has to succeed.
pub(super) fn done(gateway: &Gateway, verb: &str, folder: &Path, arguments: &[&str]) -> String {
    let ended = run(gateway, verb, folder, arguments);
    assert_eq!(ended.code, 0, "{ended:?}");
    ended.out
}

/// What the members of a list have there.
pub(super) fn listed(gateway: &Gateway, path: &str, member: &str) -> Vec<String> {
    let page = gateway.done("GET", path, &Value::Null);
    page["items"].as_array().unwrap().iter().map(|item| item[member].as_str().unwrap().to_owned()).collect()
}

/// A group with so many APIs, each deployed.
pub(super) fn many(files: &Files, apis: usize) {
    files.write(
        "group.yaml",
        "kind: group\ndialect: alibaba\nname: many\n---\nkind: domain\ngroup: many\nhost: many.example.com\n",
    );
    let mut text = String::new();
    for number in 0..apis {
        let _ =
            write!(text, "---\n{}", api("many", &format!("api_{number}"), &format!("/{number}"), "hello"));
    }
    files.write("apis.yaml", &text);
}

/// An API that the gateway answers by itself, deployed to RELEASE.
pub(super) fn api(group: &str, name: &str, path: &str, body: &str) -> String {
    format!(
        "kind: api\ngroup: {group}\nname: {name}\nrequest: {{ method: GET, path: {path} }}\nauth: {{ kind: none }}\n\
         backend: {{ kind: mock, body: {body} }}\nstages: [RELEASE]\n"
    )
}

//! Whatever is killed in the middle: the next run goes on, and nothing is forgotten.

use std::process::{Child, Stdio};

use serde_json::Value;

use super::{Files, command, done, listed, many, run};
use crate::gateway::{Gateway, place};

const APIS: usize = 60;

fn made(gateway: &Gateway) -> usize {
    let answer = gateway.manage("GET", "/manifests/shop/entries?limit=500", &Value::Null);
    if answer.status == 200 { answer.json()["items"].as_array().unwrap().len() } else { 0 }
}

/// Begins to apply, and returns when some of the work is done.
fn begun(gateway: &mut Gateway, files: &Files) -> Child {
    many(files, APIS);
    let mut applying = command(gateway, "apply", &files.path(), &[]);
    let applying = applying.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    gateway.wait_for("something made", |gateway| (made(gateway) > 5).then_some(()));
    applying
}

fn converges(gateway: &mut Gateway, files: &Files) {
    // What was under way when the command was killed may still be being made.
    gateway.wait_for("a run that goes through", |gateway| {
        (run(gateway, "apply", &files.path(), &["--wait"]).code == 0).then_some(())
    });
    assert_eq!(run(gateway, "diff", &files.path(), &["--prune"]).out, "nothing differs\n");
    // A group, a domain, the APIs and their deployments: all of it is known to be ours.
    assert_eq!(made(gateway), 2 + 2 * APIS);
    assert_eq!(gateway.call("many.example.com", "/42").body, "hello");
    let emptied = Files::new();
    emptied.write("nothing.yaml", "");
    done(gateway, "apply", &emptied.path(), &["--prune"]);
    assert_eq!(listed(gateway, "/groups", "name"), [""; 0]);
}

#[test]
fn the_gateway_is_killed_in_the_middle() {
    let place = place();
    let mut gateway = Gateway::start(&place);
    let files = Files::new();
    let mut applying = begun(&mut gateway, &files);
    gateway.signal("KILL");
    assert!(!gateway.ended().success());
    applying.wait().unwrap();
    let mut gateway = Gateway::start(&place);
    converges(&mut gateway, &files);
    gateway.stop();
}

#[test]
fn the_command_is_killed_in_the_middle() {
    let place = place();
    let mut gateway = Gateway::start(&place);
    let files = Files::new();
    let mut applying = begun(&mut gateway, &files);
    applying.kill().unwrap();
    applying.wait().unwrap();
    converges(&mut gateway, &files);
    gateway.stop();
}

//! `serve --demo`: each line that it prints works when pasted.

use std::process::Command;

use crate::command::paifang;
use crate::gateway::{Gateway, place};

#[test]
fn every_line_works_when_pasted() {
    let place = place();
    let gateway = start(&place);
    check(&gateway);
    gateway.stop();
}

#[test]
fn what_was_made_is_used_again_at_the_next_start() {
    let place = place();
    let gateway = start(&place);
    let before = made(&gateway);
    gateway.stop();

    let gateway = start(&place);
    assert_eq!(made(&gateway), before);
    check(&gateway);
    gateway.stop();
}

#[test]
fn further_lines_are_signed_as_it_says() {
    if Command::new("curl").arg("--version").output().is_err() {
        eprintln!("left out: there is no curl");
        return;
    }
    let place = place();
    let gateway = start(&place);
    let output = gateway.output();
    let (_, how) = output.split_once("# More of them:\n").unwrap();
    // The binary under test is not on the path.
    let how = how.replace("paifang sign", &format!("{} sign", env!("CARGO_BIN_EXE_paifang")));
    assert_eq!(how.matches("eval").count(), 2, "{how}");
    let answers = paste(&how);
    assert_eq!(answers.matches(r#""name":"Bao""#).count(), 2, "{answers}");
    gateway.stop();
}

#[test]
fn it_is_refused_where_localhost_is_not_listened_to() {
    let place = place();
    let mut command = paifang(&["serve", "--demo", "--http", "127.0.0.2:0", "--management", "127.0.0.1:0"]);
    let complaint = crate::command::complained(command.arg("--data-dir").arg(place.path().join("data")));
    assert!(complaint.contains("the demo is called at localhost and 127.0.0.1"), "{complaint}");
}

fn start(place: &tempfile::TempDir) -> Gateway {
    let mut gateway = Gateway::start_with(place, &["--demo"]);
    gateway.wait_for("the lines", |gateway| gateway.output().contains("# More of them:").then_some(()));
    gateway
        .wait_for("the last line", |gateway| (gateway.output().matches("eval").count() == 2).then_some(()));
    gateway
}

/// The lines in their order, with what each has to answer.
fn check(gateway: &Gateway) {
    let expected = [
        r#"{"id":3,"name":"Pip","kind":"parrot"}"#,
        r#""name":"Mochi""#,
        r#""name":"Bao""#,
        r#""body":"{\"hello\":\"gateway\"}""#,
        "x-ca-error-code: A400MA",
        "APIG.0303",
        r#"{"id":3,"name":"Pip","kind":"parrot"}"#,
    ];
    let output = gateway.output();
    let lines: Vec<&str> = output.lines().filter(|line| line.starts_with("curl ")).collect();
    assert_eq!(lines.len(), expected.len(), "{output}");
    for (line, expected) in lines.into_iter().zip(expected) {
        if line.contains("https://") && Command::new("curl").arg("--version").output().is_err() {
            eprintln!("left out: there is no curl, which alone speaks TLS here");
            continue;
        }
        let answer = paste(line);
        assert!(answer.contains(expected), "{line}\nanswered {answer}\n{}", gateway.log());
    }
}

/// Has a shell run the lines; where there is no curl, a single line is read as curl reads it.
fn paste(lines: &str) -> String {
    if Command::new("curl").arg("--version").output().is_err() {
        return crate::http::Call::of_curl(lines);
    }
    let output = Command::new("sh").args(["-c", lines]).output().unwrap();
    assert!(output.status.success(), "{lines}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The app's credentials, and how much there is.
fn made(gateway: &Gateway) -> Vec<String> {
    let output = gateway.output();
    let mut made: Vec<String> =
        output.lines().filter(|line| line.starts_with("export ")).map(str::to_owned).collect();
    for nouns in ["groups", "apis", "apps", "deployments", "grants", "backend-accesses"] {
        let list = gateway.manage("GET", &format!("/{nouns}?count=true"), &serde_json::Value::Null).json();
        made.push(format!("{nouns}: {}", list["total"]));
    }
    made
}

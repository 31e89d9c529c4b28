//! `paifang backup` and `paifang restore`: from a running gateway into a new one, on the same home or the other.

use std::path::Path;
use std::process::Command;

use paifang_testkit::postgres::Database;
use serde_json::json;
use tempfile::TempDir;

use crate::command::{complained, paifang, printed};
use crate::gateway::{Gateway, place, serve};
use crate::http::{Answer, Call};
use crate::rest::mock;

const HOST: &str = "kept.example.com";
const CODE: &str = "planted-code-of-pets";

/// A gateway with something in it, and a backup that was made while it ran.
fn backed_up(place: &TempDir) -> Gateway {
    let gateway = Gateway::start(place);
    let auth = json!({ "kind": "app", "app_code": "header" });
    let api = gateway.publish_for(HOST, &auth, &mock("still here"));
    gateway.enroll("pets", ("key-of-pets", "planted-secret-0123456789"), CODE, &api);
    let said = printed(&mut back_up(&gateway.data, &place.path().join("backup")));
    let key = gateway.data.join("master.key");
    assert!(said.contains(&format!("it is in `{}`", key.display())), "{said}");
    gateway
}

fn back_up(data: &Path, to: &Path) -> Command {
    let mut command = paifang(&["backup", "--data-dir"]);
    command.arg(data).arg(to);
    command
}

fn restore(backup: &Path, data: &Path) -> Command {
    let mut command = paifang(&["restore", "--data-dir"]);
    command.arg(data).arg(backup);
    command
}

fn by_code(gateway: &Gateway) -> Answer {
    Call::get("/hello")
        .header("Host", HOST)
        .header("Authorization", &format!("APPCODE {CODE}"))
        .send(gateway.http)
}

#[test]
fn a_backup_of_a_running_gateway_is_restored_into_a_new_one() {
    let (old, new) = (place(), place());
    let backup = old.path().join("backup");
    let gateway = backed_up(&old);
    let bytes = std::fs::read(&backup).unwrap();
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&backup).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    for planted in [CODE, "planted-secret-0123456789", &key_text(&gateway.data)] {
        let planted = planted.trim().as_bytes();
        assert!(!bytes.windows(planted.len()).any(|window| window == planted), "{planted:?}");
    }
    let again = complained(&mut back_up(&gateway.data, &backup));
    assert!(again.contains("is there already, and is not overwritten"), "{again}");
    assert_eq!(std::fs::read(&backup).unwrap(), bytes);
    let into_running = complained(&mut restore(&backup, &gateway.data));
    assert!(into_running.contains("is in use by process"), "{into_running}");
    gateway.stop();

    let data = new.path().join("data");
    let keyless = complained(&mut restore(&backup, &data));
    assert!(
        keyless.contains("there is no master key at") && keyless.contains("nothing was changed"),
        "{keyless}"
    );
    std::fs::write(data.join("master.key"), "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").unwrap();
    let other = complained(&mut restore(&backup, &data));
    assert!(other.contains("is not the one that this store was sealed with"), "{other}");
    std::fs::write(data.join("master.key"), key_text(&old.path().join("data"))).unwrap();
    let said = printed(&mut restore(&backup, &data));
    assert!(said.starts_with("Restored revision "), "{said}");

    let gateway = Gateway::start(&new);
    assert!(!gateway.data.join("first-credentials").exists(), "the owner is the one of the backup");
    let answer = by_code(&gateway);
    assert_eq!((answer.status, answer.body.as_str()), (200, "still here"));
    gateway.stop();
    let full = complained(&mut restore(&backup, &data));
    assert!(full.contains("the store is not empty"), "{full}");
}

#[test]
fn a_backup_of_a_file_is_restored_into_postgresql_and_back() {
    let (old, new) = (place(), place());
    let gateway = backed_up(&old);
    let key = gateway.data.join("master.key");
    gateway.stop();
    let database = Database::fresh();
    let shared = |command: &mut Command| {
        command.args(["--store", &database.url(), "--master-key-file"]).arg(&key);
    };
    let data = new.path().join("data");
    let mut command = restore(&old.path().join("backup"), &data);
    shared(&mut command);
    printed(&mut command);
    let mut command = serve(&data, &[]);
    shared(&mut command);
    let gateway = Gateway::start_as(&new, command);
    assert_eq!(by_code(&gateway).body, "still here");
    gateway.stop();

    let backup = new.path().join("backup");
    let mut command = back_up(&data, &backup);
    shared(&mut command);
    printed(&mut command);
    let third = place();
    let data = third.path().join("data");
    let mut command = restore(&backup, &data);
    printed(command.arg("--master-key-file").arg(&key));
    let mut command = serve(&data, &["--master-key-file"]);
    command.arg(&key);
    let gateway = Gateway::start_as(&third, command);
    assert_eq!(by_code(&gateway).body, "still here");
    gateway.stop();
}

#[test]
fn what_is_no_backup_is_refused() {
    let place = place();
    let data = place.path().join("data");
    std::fs::create_dir(&data).unwrap();
    std::fs::write(data.join("master.key"), "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").unwrap();
    let letter = place.path().join("letter");
    std::fs::write(&letter, "Dear Sir or Madam").unwrap();
    let complaint = complained(&mut restore(&letter, &data));
    assert!(complaint.contains("it is not a backup"), "{complaint}");
}

fn key_text(data: &Path) -> String {
    std::fs::read_to_string(data.join("master.key")).unwrap()
}

//! The keys: rotated while everything goes on, wrapped anew wherever that is broken off, refused when they are wrong.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use serde_json::{Value, json};

use crate::command::{complained, paifang, printed};
use crate::gateway::{Gateway, place, serve};
use crate::http::Call;
use crate::rest::mock;

const HOST: &str = "sealed.example.com";
const CODE: &str = "a-code-that-is-sealed";

/// A gateway with an API that takes app codes.
fn with_a_code(place: &tempfile::TempDir) -> Gateway {
    let gateway = Gateway::start(place);
    let api = gateway.publish_for(HOST, &json!({ "kind": "app", "app_code": "header" }), &mock("opened"));
    gateway.enroll("caller", ("a-key-of-it", "a-secret-of-it"), CODE, &api);
    gateway
}

fn by_code(gateway: &Gateway, code: &str) -> u16 {
    let call = Call::get("/hello").header("Host", HOST).header("Authorization", &format!("APPCODE {code}"));
    call.send(gateway.http).status
}

fn keys(arguments: &[&str], data: &Path) -> std::process::Command {
    let mut command = paifang(&["keys"]);
    command.args(arguments).arg("--data-dir").arg(data);
    command
}

/// The numbers of the data keys.
fn numbers(gateway: &Gateway) -> Vec<u64> {
    let keyring = gateway.done("GET", "/keyring", &Value::Null);
    keyring["data_keys"].as_array().unwrap().iter().map(|key| key["number"].as_u64().unwrap()).collect()
}

#[test]
fn a_rotation_goes_on_beside_the_calls_and_ends() {
    let place = place();
    let mut gateway = with_a_code(&place);
    assert_eq!(numbers(&gateway), [1]);
    let before = gateway.done("GET", "/status", &Value::Null)["committed_revision"].clone();
    let said = printed(&mut keys(&["rotate"], &gateway.data));
    assert!(said.starts_with("Data key 2 seals from now on"), "{said}");
    gateway.wait_for("the old key to go", |gateway| {
        assert_eq!(by_code(gateway, CODE), 200);
        (numbers(gateway) == [2]).then_some(())
    });
    assert_eq!(gateway.done("GET", "/status", &Value::Null)["committed_revision"], before);
    let listed = printed(&mut keys(&["list"], &gateway.data));
    assert!(listed.lines().count() == 3 && listed.contains("       2  active"), "{listed}");
    let audit = gateway.done("GET", "/audit?action=keyring:rotate", &Value::Null);
    assert_eq!(
        (&audit["items"][0]["actor"], &audit["items"][0]["outcome"]),
        (&json!("admin"), &json!("done"))
    );
    gateway.stop();
    let gateway = Gateway::start(&place);
    assert_eq!((by_code(&gateway, CODE), by_code(&gateway, "another-code")), (200, 400));
    gateway.stop();
}

#[test]
fn a_rotation_that_was_killed_is_finished_by_the_next_start() {
    let place = place();
    let gateway = with_a_code(&place);
    gateway.done("POST", "/keyring/rotate", &json!({}));
    gateway.signal("KILL");
    gateway.ended();
    let mut gateway = Gateway::start(&place);
    gateway.wait_for("the old key to go", |gateway| (numbers(gateway) == [2]).then_some(()));
    assert_eq!(by_code(&gateway, CODE), 200);
    gateway.stop();
}

#[test]
fn the_master_key_is_made_once_and_for_its_owner_alone() {
    let place = place();
    let gateway = Gateway::start(&place);
    let file = gateway.data.join("master.key");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let key = std::fs::read(&file).unwrap();
    assert_eq!(key.len(), 44);
    gateway.stop();
    let gateway = Gateway::start(&place);
    assert_eq!(std::fs::read(&file).unwrap(), key);
    gateway.stop();
}

#[test]
fn a_wrong_or_missing_master_key_is_refused_with_what_to_do() {
    let place = place();
    let gateway = with_a_code(&place);
    let data = gateway.data.clone();
    gateway.stop();
    let (file, kept) = (data.join("master.key"), place.path().join("kept"));
    std::fs::rename(&file, &kept).unwrap();

    let missing = complained(&mut serve(&data, &[]));
    assert!(missing.contains(&format!("there is no master key at `{}`", file.display())), "{missing}");
    assert!(missing.contains("put the file back"), "{missing}");
    assert!(!file.exists(), "no other key takes its place");

    const OTHER: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    std::fs::write(&file, OTHER).unwrap();
    for mut command in [serve(&data, &[]), keys(&["rewrap"], &data), paifang(&["reset-password"])] {
        let wrong = complained(command.env("PAIFANG_DATA_DIR", &data));
        let sentence =
            format!("the master key in `{}` is not the one that this store was sealed with", file.display());
        assert!(wrong.contains(&sentence) && wrong.contains("put the file back"), "{wrong}");
        assert!(!wrong.contains(OTHER));
    }
    let wrong = complained(serve(&data, &[]).env("PAIFANG_MASTER_KEY", OTHER));
    assert!(wrong.contains("the master key in PAIFANG_MASTER_KEY is not the one"), "{wrong}");
    let twice = complained(serve(&data, &["--master-key-file", "x"]).env("PAIFANG_MASTER_KEY", OTHER));
    assert!(twice.contains("the master key is given twice"), "{twice}");
    std::fs::write(&file, "no key at all").unwrap();
    let bad = complained(&mut serve(&data, &[]));
    assert!(bad.contains("44 characters of base64 or as 64 hexadecimal digits"), "{bad}");

    // Given in another place, it opens as ever.
    std::fs::remove_file(&file).unwrap();
    let gateway = Gateway::start_with(&place, &["--master-key-file", kept.to_str().unwrap()]);
    assert_eq!(by_code(&gateway, CODE), 200);
    gateway.stop();
}

#[test]
fn a_new_master_key_wraps_the_same_keys() {
    let place = place();
    let gateway = with_a_code(&place);
    let data = gateway.data.clone();
    let busy = complained(&mut keys(&["rewrap"], &data));
    assert!(busy.contains("is in use by process"), "{busy}");
    gateway.stop();
    let old = std::fs::read_to_string(data.join("master.key")).unwrap();
    let said = printed(&mut keys(&["rewrap"], &data));
    assert!(said.contains("The keys are wrapped by master key"), "{said}");
    let new = std::fs::read_to_string(data.join("master.key")).unwrap();
    assert!(new != old && !data.join("master.key.new").exists());

    let gateway = Gateway::start(&place);
    assert_eq!(by_code(&gateway, CODE), 200);
    let audit = gateway.done("GET", "/audit?action=system:rewrap_keyring", &Value::Null);
    let fingerprint = gateway.done("GET", "/keyring", &Value::Null)["master_key"].clone();
    assert_eq!(audit["items"][0]["detail"]["master_key"], fingerprint);
    gateway.stop();
    std::fs::write(data.join("master.key"), old).unwrap();
    complained(&mut serve(&data, &[]));
}

/// Broken off before the keys were wrapped, and after: one of the two files opens the store, and the start finds it.
#[test]
fn wrapping_anew_may_be_broken_off_anywhere() {
    let place = place();
    let gateway = with_a_code(&place);
    let data = gateway.data.clone();
    gateway.stop();
    let (file, next) = (data.join("master.key"), data.join("master.key.new"));
    // Before: the new key is written down, and nothing is wrapped by it.
    std::fs::write(&next, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").unwrap();
    let old = std::fs::read_to_string(&file).unwrap();
    let gateway = Gateway::start(&place);
    assert_eq!((by_code(&gateway, CODE), next.exists()), (200, false));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), old);
    gateway.stop();
    // After: everything is wrapped by the new key, and it is not in its place yet.
    printed(&mut keys(&["rewrap"], &data));
    std::fs::rename(&file, &next).unwrap();
    std::fs::write(&file, old).unwrap();
    let new = std::fs::read_to_string(&next).unwrap();
    let gateway = Gateway::start(&place);
    assert_eq!((by_code(&gateway, CODE), next.exists()), (200, false));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), new);
    gateway.stop();
}

#[test]
fn a_master_key_that_is_kept_elsewhere_stays_there() {
    let place = place();
    let (one, other) = (place.path().join("one"), place.path().join("other"));
    std::fs::write(&one, "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n").unwrap();
    std::fs::write(&other, "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\n").unwrap();
    let named = |path: &Path| ["--master-key-file".to_owned(), path.to_str().unwrap().to_owned()];
    let start = |path: &Path| {
        let named = named(path);
        Gateway::start_with(&place, &[named[0].as_str(), named[1].as_str()])
    };
    let gateway = start(&one);
    let data = gateway.data.clone();
    assert!(!data.join("master.key").exists());
    gateway.stop();
    let told = complained(keys(&["rewrap"], &data).args(named(&one)));
    assert!(told.contains("--new-master-key-file"), "{told}");
    printed(keys(&["rewrap"], &data).args(named(&one)).arg("--new-master-key-file").arg(&other));
    complained(serve(&data, &[]).args(named(&one)));
    start(&other).stop();
}

//! The first owner: made once, its credentials for the operator alone, its password renewed at the machine.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use serde_json::json;

use crate::command::{complained, paifang, printed};
use crate::gateway::{Gateway, place, serve};
use crate::http::Call;

#[test]
fn what_was_made_is_in_a_file_for_its_owner_alone() {
    let place = place();
    let gateway = Gateway::start(&place);
    let file = gateway.data.join("first-credentials");
    assert_eq!(mode(&file), 0o600);
    assert_eq!(mode(&gateway.data), 0o700);
    assert!(gateway.log().contains(file.to_str().unwrap()), "{}", gateway.log());
    // Standard output is no terminal here.
    let password = password(&gateway);
    assert!(!gateway.output().contains(&password) && !gateway.log().contains(&password));
    assert_eq!(sign_in(&gateway, &password), 200);
    gateway.stop();
}

/// Credentials that nobody was told would lock everybody out.
#[test]
fn no_owner_is_made_whose_credentials_cannot_be_written() {
    let place = place();
    let data = place.path().join("data");
    let file = data.join("first-credentials");
    std::fs::create_dir_all(&file).unwrap();
    let complaint = complained(&mut serve(&data, &[]));
    assert!(complaint.contains("first-credentials"), "{complaint}");
    std::fs::remove_dir(&file).unwrap();
    let gateway = Gateway::start(&place);
    assert_eq!(sign_in(&gateway, &password(&gateway)), 200);
    gateway.stop();
}

#[test]
fn an_owner_that_is_refused_leaves_no_credentials() {
    let place = place();
    let data = place.path().join("data");
    let complaint = complained(serve(&data, &[]).env("PAIFANG_ADMIN_PASSWORD", "short"));
    assert!(complaint.contains("5 characters"), "{complaint}");
    assert!(!data.join("first-credentials").exists());
}

#[test]
fn what_was_given_is_in_no_file() {
    let place = place();
    let data = place.path().join("data");
    let mut command = serve(&data, &[]);
    command
        .env("PAIFANG_ADMIN_PASSWORD", "given-password")
        .env("PAIFANG_ACCESS_KEY_ID", "given-key")
        .env("PAIFANG_ACCESS_KEY_SECRET", "given-secret-0123456789");
    let gateway = Gateway::start_as(&place, command);
    assert!(!data.join("first-credentials").exists());
    assert_eq!(sign_in(&gateway, "given-password"), 200);
    gateway.stop();
}

#[test]
fn half_an_access_key_is_refused() {
    let place = place();
    let mut command = serve(&place.path().join("data"), &[]);
    let complaint = complained(command.env("PAIFANG_ACCESS_KEY_ID", "given-key"));
    assert!(complaint.contains("PAIFANG_ACCESS_KEY_ID and PAIFANG_ACCESS_KEY_SECRET are given together"));
}

#[test]
fn a_password_is_reset_while_the_gateway_runs_and_while_it_does_not() {
    let place = place();
    let gateway = Gateway::start(&place);
    let first = password(&gateway);
    let second = reset(&gateway.data);
    assert_eq!((sign_in(&gateway, &first), sign_in(&gateway, &second)), (401, 200));
    assert!(!std::fs::read_to_string(gateway.data.join("first-credentials")).unwrap().contains(&first));
    let data = gateway.data.clone();
    gateway.stop();

    let third = reset(&data);
    let gateway = Gateway::start(&place);
    assert_eq!((sign_in(&gateway, &second), sign_in(&gateway, &third)), (401, 200));
    gateway.stop();
}

#[test]
fn a_password_is_reset_for_users_that_exist_only() {
    let place = place();
    let gateway = Gateway::start(&place);
    let mut nobody = paifang(&["reset-password", "--user", "nobody"]);
    let complaint = complained(nobody.arg("--data-dir").arg(&gateway.data));
    assert!(complaint.contains("there is no user `nobody`"), "{complaint}");
    gateway.stop();

    let elsewhere = complained(paifang(&["reset-password", "--data-dir"]).arg(place.path().join("other")));
    assert!(elsewhere.contains("holds no gateway's data"), "{elsewhere}");
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn reset(data: &Path) -> String {
    let said = printed(paifang(&["reset-password", "--data-dir"]).arg(data));
    said.trim().rsplit(' ').next().unwrap().to_owned()
}

pub(crate) fn password(gateway: &Gateway) -> String {
    let text = std::fs::read_to_string(gateway.data.join("first-credentials")).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix("password = ")).unwrap();
    line.trim_matches('"').to_owned()
}

fn sign_in(gateway: &Gateway, password: &str) -> u16 {
    let body = json!({ "name": "admin", "password": password }).to_string();
    let call = Call::new("POST", "/api/v1/session", &body).header("Content-Type", "application/json");
    let status = call.send(gateway.management).status;
    if status == 201 { 200 } else { status }
}

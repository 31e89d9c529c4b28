//! `paifang check`: says what does not fit, and by its end whether anything was found.

use paifang_model::{Domain, Key};
use serde_json::Value;

use crate::command::{complained, paifang};
use crate::gateway::{Gateway, place};
use crate::rest::mock;
use crate::set_aside::damage;

fn check(data: &std::path::Path) -> (Option<i32>, String) {
    let output = paifang(&["check", "--data-dir"]).arg(data).output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn a_sound_store_is_told_as_such_beside_a_running_gateway_and_damage_by_its_place() {
    let place = place();
    let gateway = Gateway::start(&place);
    gateway.publish("sound.example.com", &mock("sound"));
    let api = gateway.publish("broken.example.com", &mock("broken"));
    gateway.enroll("pets", ("key-of-pets", "secret-of-pets-0123456789"), "code-of-pets", &api);
    assert_eq!(check(&gateway.data), (Some(0), "Everything fits together.\n".to_owned()));
    assert_eq!(gateway.manage("GET", "/status", &Value::Null).status, 200);
    let data = gateway.data.clone();
    gateway.stop();

    damage(&data.join("paifang.db"));
    let (code, said) = check(&data);
    let key = Key::of::<Domain>(Domain::id_of("broken.example.com")).to_string();
    assert!(said.starts_with(&format!("{key}: it cannot be read: ")), "{said}");
    assert!(said.ends_with("\n1 finding.\n"), "{said}");
    assert_eq!(code, Some(1));
}

#[test]
fn nothing_is_made_where_nothing_is() {
    let place = place();
    let complaint = complained(paifang(&["check", "--data-dir"]).arg(place.path()));
    assert!(complaint.contains("holds no gateway's data"), "{complaint}");
    assert!(!place.path().join("paifang.db").exists());
}

//! The example folder of the documents, and what follows from editing it.

use std::path::{Path, PathBuf};
use std::process::Command;

use insta::assert_snapshot;
use serde_json::Value;

use super::{Ended, Files, api, command, done, ended, run};
use crate::gateway::{Gateway, place};
use crate::http::Call;

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/examples/apply")
}

fn with_secrets(command: &mut Command) -> Ended {
    ended(command.env("TEA_HOUSE_SECRET", "swordfish-swordfish").env("TEA_HOUSE_CODE", "open-sesame-code"))
}

#[test]
fn the_example_is_applied_to_an_empty_gateway_and_answers() {
    let place = place();
    let gateway = Gateway::start(&place);
    let applied = with_secrets(&mut command(&gateway, "apply", &example(), &["--wait"]));
    assert_eq!(applied.code, 0, "{applied:?}");
    assert_snapshot!(applied.out);
    assert_eq!(gateway.call("shop.example.com", "/goods").body, r#"["tea", "cups"]"#);
    assert_eq!(gateway.call("stock.example.com", "/goods/count").body, "2");
    let bound = super::listed(&gateway, "/bindings", "kind");
    assert_eq!(bound, ["throttle"]);
    let order = Call::new("POST", "/goods/7/orders", "{}").header("Host", "shop.example.com");
    let order = order.header("Content-Type", "application/json");
    assert_eq!(order.send(gateway.http).status, 400, "it does not say which app it is");
    let by_code = Call::new("POST", "/goods/7/orders", "{}")
        .header("Host", "shop.example.com")
        .header("Content-Type", "application/json")
        .header("Authorization", "APPCODE open-sesame-code");
    assert_eq!(by_code.send(gateway.http).status, 504, "granted; nothing listens at the channel's member");

    let compared = with_secrets(&mut command(&gateway, "diff", &example(), &["--prune"]));
    assert_eq!((compared.code, compared.out.as_str()), (0, "nothing differs\n"));
    let again = with_secrets(&mut command(&gateway, "apply", &example(), &["--output", "json", "--wait"]));
    let again: Value = serde_json::from_str(&again.out).unwrap();
    assert_eq!(again["changes"], serde_json::json!([]));
    gateway.stop();
}

#[test]
fn an_edit_is_shown_and_deployed() {
    let place = place();
    let gateway = Gateway::start(&place);
    let files = Files::new();
    files.write("group.yaml", "kind: group\ndialect: alibaba\nname: pets\n");
    files.write("domain.yaml", "kind: domain\ngroup: pets\nhost: pets.example.com\n");
    files.write("api.yaml", &api("pets", "list_pets", "/pets", "first"));
    done(&gateway, "apply", &files.path(), &["--wait"]);
    assert_eq!(gateway.call("pets.example.com", "/pets").body, "first");

    files.write("api.yaml", &api("pets", "list_pets", "/pets", "second"));
    let compared = run(&gateway, "diff", &files.path(), &[]);
    assert_eq!(compared.code, 2);
    assert_snapshot!(compared.out, @r#"
    ~ api alibaba/pets/list_pets
        /backend/body: "first" → "second"
    ^ deploy alibaba/pets/list_pets to RELEASE
        /backend/body: "first" → "second"
    0 to create, 1 to change, 1 to deploy, 0 to delete or take offline
    "#);
    assert_eq!(gateway.call("pets.example.com", "/pets").body, "first", "diff changes nothing");
    done(&gateway, "apply", &files.path(), &["--wait"]);
    assert_eq!(gateway.call("pets.example.com", "/pets").body, "second");
    assert_eq!(run(&gateway, "diff", &files.path(), &[]).code, 0);

    let api = super::listed(&gateway, "/apis", "id").remove(0);
    let versions = || {
        gateway.done("GET", &format!("/apis/{api}/versions"), &Value::Null)["items"].as_array().unwrap().len()
    };
    assert_eq!(versions(), 2);
    // What is written otherwise and means the same is deployed no second time.
    files.write("api.yaml", &(api_with_comment() + "description: ''\n"));
    assert_eq!(run(&gateway, "diff", &files.path(), &[]).out, "nothing differs\n");
    done(&gateway, "apply", &files.path(), &[]);
    assert_eq!(versions(), 2);
    gateway.stop();
}

fn api_with_comment() -> String {
    format!("# The same.\n{}", api("pets", "list_pets", "/pets", "second"))
}

/// Somebody who switched back an API in a hurry is overruled by the files.
#[test]
fn what_is_deployed_is_compared_and_not_the_draft() {
    let place = place();
    let gateway = Gateway::start(&place);
    let files = Files::new();
    files.write("group.yaml", "kind: group\ndialect: alibaba\nname: pets\n");
    files.write("api.yaml", &api("pets", "list_pets", "/pets", "first"));
    done(&gateway, "apply", &files.path(), &[]);
    files.write("api.yaml", &api("pets", "list_pets", "/pets", "second"));
    done(&gateway, "apply", &files.path(), &[]);
    let api = super::listed(&gateway, "/apis", "id").remove(0);
    let back = serde_json::json!({ "version": 1 });
    gateway.done("POST", &format!("/apis/{api}/deployments/RELEASE/switch"), &back);
    let compared = run(&gateway, "diff", &files.path(), &[]);
    assert_snapshot!(compared.out, @r#"
    ^ deploy alibaba/pets/list_pets to RELEASE
        /backend/body: "first" → "second"
    0 to create, 0 to change, 1 to deploy, 0 to delete or take offline
    "#);
    gateway.stop();
}

#[test]
fn the_schema_describes_the_example() {
    let schema: Value =
        serde_json::from_str(&crate::command::printed(&mut crate::command::paifang(&["apply", "--schema"])))
            .unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let document =
        |value: Value| validator.iter_errors(&value).map(|error| error.to_string()).collect::<Vec<_>>();
    let api = serde_json::json!({
        "kind": "api", "group": "shop", "name": "order", "stages": ["RELEASE"],
        "request": { "method": "GET", "path": "/goods" }, "auth": { "kind": "none" },
        "backend": { "kind": "http", "to": { "kind": "channel", "channel": "shop-servers" } },
    });
    assert_eq!(document(api.clone()), [""; 0]);
    let mut wrong = api;
    wrong["stage"] = "RELEASE".into();
    assert_ne!(document(wrong), [""; 0]);
    assert_eq!(
        document(
            serde_json::json!({ "kind": "domain", "group": "shop", "host": "a.example.com", "stage": "TEST" })
        ),
        [""; 0]
    );
    assert_ne!(document(serde_json::json!({ "kind": "domain", "host": "a.example.com" })), [""; 0]);
    let throttle = serde_json::json!({
        "kind": "policy", "dialect": "huawei", "policy_kind": "throttle", "name": "gold",
        "settings": { "time_interval": 1, "time_unit": "DAY", "api_call_limits": 5 },
    });
    assert_eq!(document(throttle.clone()), [""; 0]);
    for (member, value) in [("/settings/time_unit", "WEEK"), ("/policy_kind", "cors"), ("/kind", "throttle")]
    {
        let mut wrong = throttle.clone();
        *wrong.pointer_mut(member).unwrap() = value.into();
        assert_ne!(document(wrong), [""; 0], "{member}");
    }
    let control = serde_json::json!({
        "kind": "policy", "dialect": "alibaba", "policy_kind": "throttle", "name": "gold",
        "settings": { "unit": "DAY", "apiDefault": 5, "specials": [{ "type": "APP", "policies": [{ "key": "shop", "value": 1 }] }] },
    });
    assert_eq!(document(control.clone()), [""; 0]);
    for (mut one, dialect) in [(throttle, "alibaba"), (control, "huawei")] {
        one["dialect"] = dialect.into();
        assert_ne!(document(one), [""; 0], "the settings are of the other dialect");
    }
    let mut binding =
        serde_json::json!({ "kind": "binding", "policy": "gold", "group": "shop", "stage": "RELEASE" });
    assert_eq!(document(binding.clone()), [""; 0]);
    binding["apis"] = "order".into();
    assert_ne!(document(binding), [""; 0]);
}

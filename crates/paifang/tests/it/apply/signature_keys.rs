//! Signature keys in files: their secrets come from outside, are compared by the gateway, and are never printed.

use serde_json::{Value, json};

use super::{Ended, Files, api, command, ended, listed};
use crate::gateway::{Gateway, place};

const SECRETS: [&str; 2] = ["swordfish-for-backends", "mackerel-for-backends"];

fn key(more: &str) -> String {
    format!(
        "kind: policy\ndialect: huawei\npolicy_kind: signature_key\nname: proof\nsettings: {{ sign_type: hmac, \
         sign_key: backend-key }}\n{more}"
    )
}

fn files() -> Files {
    let files = Files::new();
    files.write("group.yaml", "kind: group\ndialect: huawei\nname: pets\n");
    files.write("api.yaml", &api("pets", "get_pets", "/pets", "hello"));
    files.write("key.yaml", &key("secret: '${env:PROOF}'\n"));
    files.write(
        "binding.yaml",
        "kind: binding\npolicy: proof\ngroup: pets\napis: [get_pets]\nstage: RELEASE\n",
    );
    files
}

fn quiet(gateway: &Gateway, verb: &str, files: &Files, secret: &str) -> Ended {
    let ended = ended(command(gateway, verb, &files.path(), &["--prune"]).env("PROOF", secret));
    for secret in SECRETS {
        assert!(!ended.out.contains(secret) && !ended.err.contains(secret), "{ended:?}");
    }
    ended
}

fn revealed(gateway: &Gateway) -> Value {
    let [key] = &listed(gateway, "/policies?kind=signature_key", "id")[..] else { panic!("one key") };
    gateway.done("POST", &format!("/policies/{key}/reveal"), &json!({}))["secret"].take()
}

#[test]
fn a_key_is_made_bound_changed_and_taken_away() {
    let place = place();
    let gateway = Gateway::start(&place);
    let files = files();
    let applied = quiet(&gateway, "apply", &files, SECRETS[0]);
    assert_eq!(applied.code, 0, "{applied:?}");
    assert!(applied.out.contains("+ policy huawei/signature_key/proof"), "{applied:?}");
    assert_eq!(revealed(&gateway), SECRETS[0]);
    assert_eq!(listed(&gateway, "/bindings", "kind"), ["signature_key"]);
    assert_eq!(quiet(&gateway, "diff", &files, SECRETS[0]).out, "nothing differs\n");

    let changed = quiet(&gateway, "diff", &files, SECRETS[1]);
    assert_eq!(changed.code, 2);
    let told = "~ policy huawei/signature_key/proof\n    /secret: \"(secret)\" → \"(secret)\"\n";
    assert!(changed.out.contains(told), "{changed:?}");
    assert_eq!(quiet(&gateway, "apply", &files, SECRETS[1]).code, 0);
    assert_eq!(revealed(&gateway), SECRETS[1]);
    assert_eq!(quiet(&gateway, "diff", &files, SECRETS[1]).code, 0);

    files.remove("key.yaml");
    files.remove("binding.yaml");
    assert_eq!(quiet(&gateway, "apply", &files, SECRETS[1]).code, 0);
    assert_eq!(listed(&gateway, "/policies", "name"), Vec::<String>::new());
    gateway.stop();
}

#[test]
fn what_is_wrong_with_a_secret_is_told_without_it() {
    let place = place();
    let gateway = Gateway::start(&place);
    let files = files();
    files.write("key.yaml", &key(""));
    let missing = quiet(&gateway, "diff", &files, SECRETS[0]);
    assert!(missing.err.contains("/secret: the secret is missing"), "{missing:?}");
    files.write("key.yaml", &key("secret: '${env:PROOF}'\n"));
    let short = quiet(&gateway, "diff", &files, "swordfish");
    assert!(short.err.contains("/secret: the secret that stands here breaks a rule"), "{short:?}");
    let throttle = "kind: policy\ndialect: huawei\npolicy_kind: throttle\nname: proof\nsettings: { time_interval: 1, time_unit: DAY, api_call_limits: 9 }\nsecret: '${env:PROOF}'\n";
    files.write("key.yaml", throttle);
    let needless = quiet(&gateway, "diff", &files, SECRETS[0]);
    assert!(needless.err.contains("/secret: "), "{needless:?}");
    gateway.stop();
}

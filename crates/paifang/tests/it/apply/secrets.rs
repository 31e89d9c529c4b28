//! Secrets come from outside of the files and are never seen.

use serde_json::{Value, json};

use super::{Files, command, ended};
use crate::gateway::{Gateway, place};

const SECRETS: [&str; 4] =
    ["sw0rdfish-sw0rdfish", "0pen-sesame-code", "t0ken-for-the-backend", "0ther-sw0rdfish"];

fn files() -> Files {
    let files = Files::new();
    files.write("group.yaml", "kind: group\ndialect: alibaba\nname: pets\n");
    files.write(
        "api.yaml",
        "kind: api\ngroup: pets\nname: get_pets\nrequest: { method: GET, path: /pets }\nauth: { kind: none }\n\
         backend: { kind: http, to: { kind: address, url: 'http://127.0.0.1:9' } }\nbackend_parameters:\n\
         - { name: X-Token, location: header, origin: { from: constant, value: '${file:.token}' } }\nstages: [RELEASE]\n",
    );
    files.write(".token", &format!("{}\n", SECRETS[2]));
    files.write(
        "app.yaml",
        "kind: app\nname: shop\nkeys: [{ key: shop-key-1, secret: '${env:SHOP_SECRET}' }]\ncodes: ['${env:SHOP_CODE}']\n",
    );
    files
}

fn quiet(gateway: &Gateway, verb: &str, files: &Files, secret: &str, arguments: &[&str]) -> super::Ended {
    let mut command = command(gateway, verb, &files.path(), arguments);
    let ended = ended(command.env("SHOP_SECRET", secret).env("SHOP_CODE", SECRETS[1]));
    for secret in SECRETS {
        assert!(!ended.out.contains(secret) && !ended.err.contains(secret), "{secret}: {ended:?}");
    }
    ended
}

#[test]
fn secrets_are_set_compared_and_never_printed() {
    let place = place();
    let gateway = Gateway::start(&place);
    let files = files();
    assert_eq!(quiet(&gateway, "apply", &files, SECRETS[0], &["--output", "json"]).code, 0);
    assert_eq!(revealed(&gateway), SECRETS[0]);
    assert_eq!(quiet(&gateway, "diff", &files, SECRETS[0], &[]).code, 0);

    let changed = quiet(&gateway, "diff", &files, SECRETS[3], &[]);
    assert_eq!(changed.code, 2);
    assert!(changed.out.contains("~ app_key shop/shop-key-1"), "{changed:?}");
    files.write(".token", "t0ken-for-the-backend-2\n");
    let changed = quiet(&gateway, "diff", &files, SECRETS[3], &[]);
    assert!(changed.out.contains(r#"/value: "(secret)" → "(secret)""#), "{changed:?}");
    assert!(quiet(&gateway, "diff", &files, SECRETS[3], &["--output", "json"]).out.contains("(secret)"));
    assert_eq!(quiet(&gateway, "apply", &files, SECRETS[3], &[]).code, 0);
    assert_eq!(revealed(&gateway), SECRETS[3]);
    gateway.stop();
}

#[test]
fn complaints_about_secrets_do_not_quote_them() {
    let place = place();
    let gateway = Gateway::start(&place);
    let files = files();
    // Too long for a code, no method, no number.
    files.write(
        "app.yaml",
        &format!("kind: app\nname: shop\ncodes: ['${{env:SHOP_CODE}}{}']\n", "x".repeat(200)),
    );
    files.write("api.yaml", "kind: api\ngroup: pets\nname: get_pets\nrequest: { method: '${env:SHOP_SECRET}', path: /pets }\nauth: { kind: none }\nbackend: { kind: mock, status: '${env:SHOP_SECRET}' }\n");
    let refused = quiet(&gateway, "apply", &files, SECRETS[0], &[]);
    assert_eq!(refused.code, 1);
    assert!(
        refused.err.contains("app.yaml:3:9: /codes/0: the secret that stands here breaks a rule"),
        "{refused:?}"
    );
    assert!(refused.err.contains("api.yaml:4:"), "{refused:?}");
    let mut unset = command(&gateway, "diff", &files.path(), &[]);
    let unset = ended(&mut unset);
    assert!(unset.err.contains("the environment has no `SHOP_CODE`"), "{unset:?}");
    gateway.stop();
}

fn revealed(gateway: &Gateway) -> String {
    let app = super::listed(gateway, "/apps", "id").remove(0);
    let key = super::listed(gateway, &format!("/apps/{app}/keys"), "id").remove(0);
    let shown: Value = gateway.done("POST", &format!("/apps/{app}/keys/{key}/reveal"), &json!({}));
    shown["secret"].as_str().unwrap().to_owned()
}

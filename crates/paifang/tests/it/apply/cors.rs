//! What pages of other origins may do, said in files and over REST: up to the preflight of a browser.

use serde_json::{Value, json};

use super::{Files, api, done, listed, run};
use crate::gateway::{Gateway, place};
use crate::http::Call;

const HOST: &str = "pets.example.com";
const PAGE: &str = "https://www.example.com";

/// A group with an API and a policy for pages of one host, which is not bound.
fn files(dialect: &str, settings: &str) -> Files {
    let files = Files::new();
    files.write("group.yaml", &format!("kind: group\ndialect: {dialect}\nname: pets\n"));
    files.write("domain.yaml", &format!("kind: domain\ngroup: pets\nhost: {HOST}\n"));
    files.write("api.yaml", &api("pets", "get_pets", "/pets", "hello"));
    let policy = "kind: policy\npolicy_kind: cors\nname: pages\n";
    files.write("policy.yaml", &format!("{policy}dialect: {dialect}\nsettings: {settings}\n"));
    files
}

/// The status of a preflight, and whom the answer lets in for how long.
fn preflight(gateway: &Gateway, origin: &str) -> (u16, Option<String>, Option<String>) {
    let answer = Call::of_curl(&format!(
        "curl -sS -i -X OPTIONS http://{}/pets -H 'Host: {HOST}' -H 'Origin: {origin}' \
         -H 'Access-Control-Request-Method: GET'",
        gateway.http
    ));
    let mut lines = answer.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once(": ")).collect();
    let header = |name: &str| {
        let found = headers.iter().find(|(there, _)| there.eq_ignore_ascii_case(name));
        found.map(|(_, value)| (*value).to_owned())
    };
    (status, header("access-control-allow-origin"), header("access-control-max-age"))
}

fn let_in(max_age: &str) -> (u16, Option<String>, Option<String>) {
    (200, Some(PAGE.to_owned()), Some(max_age.to_owned()))
}

#[test]
fn a_folder_says_what_pages_may_do() {
    let place = place();
    let gateway = Gateway::start(&place);
    let settings = |max_age: u32| format!("{{ allow_origin: www.example.com, max_age: {max_age} }}");
    let files = files("huawei", &settings(600));
    files.write(
        "binding.yaml",
        "kind: binding\npolicy: pages\ngroup: pets\napis: [get_pets]\nstage: RELEASE\n",
    );
    let applied = done(&gateway, "apply", &files.path(), &["--wait"]);
    assert!(applied.contains("+ binding huawei/pets/get_pets/RELEASE/cors: pages"), "{applied}");
    assert_eq!(preflight(&gateway, PAGE), let_in("600"));
    assert_eq!(preflight(&gateway, "https://elsewhere.example.com"), (200, None, None));
    assert_eq!(run(&gateway, "diff", &files.path(), &["--prune"]).out, "nothing differs\n");

    let policy = "kind: policy\ndialect: huawei\npolicy_kind: cors\nname: pages\n";
    files.write("policy.yaml", &format!("{policy}settings: {}\n", settings(60)));
    done(&gateway, "apply", &files.path(), &["--wait"]);
    assert_eq!(preflight(&gateway, PAGE), let_in("60"));
    files.remove("binding.yaml");
    done(&gateway, "apply", &files.path(), &["--prune", "--wait"]);
    assert_eq!(preflight(&gateway, PAGE).0, 404);
    gateway.stop();
}

#[test]
fn a_policy_that_is_made_over_rest_answers_preflights() {
    let place = place();
    let gateway = Gateway::start(&place);
    let files = files("alibaba", "{ allowOrigins: www.example.com, maxAge: 600 }");
    files.remove("policy.yaml");
    done(&gateway, "apply", &files.path(), &["--wait"]);
    let served = || {
        let head = gateway.done("GET", "/status", &Value::Null)["committed_revision"].as_u64().unwrap();
        gateway.wait_until_served(head);
    };
    let draft = json!({
        "dialect": "alibaba", "kind": "cors", "name": "pages",
        "settings": { "allowOrigins": "www.example.com", "maxAge": 600 },
    });
    let policy = gateway.done("POST", "/policies", &draft);
    let policy = format!("/policies/{}", policy["id"].as_str().unwrap());
    let [api] = &listed(&gateway, "/apis", "id")[..] else { panic!("one API") };
    let stage = paifang_model::Stage::built_in_id(paifang_model::Dialect::Alibaba, "RELEASE");
    let bound = gateway.done("POST", &format!("{policy}/bindings"), &json!([{ "api": api, "stage": stage }]));
    served();
    assert_eq!(preflight(&gateway, PAGE), let_in("600"));
    assert_eq!(preflight(&gateway, "https://elsewhere.example.com").0, 403);
    let binding = bound["bindings"][0]["id"].as_str().unwrap();
    gateway.done("DELETE", &format!("/bindings/{binding}"), &Value::Null);
    served();
    assert_eq!(preflight(&gateway, "https://elsewhere.example.com").1, Some("*".to_owned()));
    gateway.stop();
}

//! Policies and their bindings in files, from the folder to the calls that are refused.

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::{Files, api, done, listed, run};
use crate::command::{paifang, printed};
use crate::gateway::{Gateway, place};

const HOST: &str = "pets.example.com";

/// So many calls in a thousand days: no test meets the end of them.
fn policy(name: &str, calls: u32) -> String {
    format!(
        "kind: policy\ndialect: huawei\npolicy_kind: throttle\nname: {name}\nsettings:\n  time_interval: 1000\n  \
         time_unit: DAY\n  api_call_limits: {calls}\n"
    )
}

fn binding(policy: &str) -> String {
    format!("kind: binding\npolicy: {policy}\ngroup: pets\napis: [get_pets]\nstage: RELEASE\n")
}

fn start(files: &Files) {
    files.write("group.yaml", "kind: group\ndialect: huawei\nname: pets\n");
    files.write("domain.yaml", &format!("kind: domain\ngroup: pets\nhost: {HOST}\n"));
    files.write("api.yaml", &api("pets", "get_pets", "/pets", "hello"));
    files.write("policy.yaml", &policy("gold", 2));
    files.write("binding.yaml", &binding("gold"));
}

fn statuses(gateway: &Gateway, times: usize) -> Vec<u16> {
    (0..times).map(|_| gateway.call(HOST, "/pets").status).collect()
}

fn same(gateway: &Gateway, files: &Files) {
    let compared = run(gateway, "diff", &files.path(), &["--prune"]);
    assert_eq!((compared.code, compared.out.as_str()), (0, "nothing differs\n"), "{compared:?}");
}

fn bound(gateway: &Gateway) -> Vec<String> {
    listed(gateway, "/bindings", "policy")
}

#[test]
fn a_limit_holds_follows_the_file_and_goes() {
    let place = place();
    let gateway = Gateway::start(&place);
    let files = Files::new();
    start(&files);
    let applied = done(&gateway, "apply", &files.path(), &["--wait"]);
    assert_snapshot!(applied, @r"
    + group huawei/pets
    + api huawei/pets/get_pets
    ^ deploy huawei/pets/get_pets to RELEASE
    + policy huawei/throttle/gold
    + binding huawei/pets/get_pets/RELEASE/throttle: gold
    + domain pets.example.com
    5 to create, 0 to change, 1 to deploy, 0 to delete or take offline
    done
    live on 1 of 1
    ");
    same(&gateway, &files);
    assert_eq!(statuses(&gateway, 3), [200, 200, 429]);

    files.write("policy.yaml", &policy("gold", 3));
    let edited = done(&gateway, "apply", &files.path(), &["--wait"]);
    assert_snapshot!(edited, @r"
    ~ policy huawei/throttle/gold
        /settings/api_call_limits: 2 → 3
    0 to create, 1 to change, 0 to deploy, 0 to delete or take offline
    done
    live on 1 of 1
    ");
    assert_eq!(statuses(&gateway, 2), [200, 429], "two of three were used; nothing was published");
    // Said at length, it means the same.
    files.write("policy.yaml", &(policy("gold", 3) + "  ip_call_limits: 0\n  type: 1\nremark: ''\n"));
    same(&gateway, &files);

    files.remove("binding.yaml");
    assert_eq!(run(&gateway, "diff", &files.path(), &[]).out, "nothing differs\n", "nothing goes unasked");
    let unbound = done(&gateway, "apply", &files.path(), &["--prune", "--wait"]);
    assert!(unbound.starts_with("- binding huawei/pets/get_pets/RELEASE/throttle\n"), "{unbound}");
    assert_eq!(statuses(&gateway, 4), [200; 4]);
    files.remove("policy.yaml");
    done(&gateway, "apply", &files.path(), &["--prune"]);
    assert_eq!(listed(&gateway, "/policies", "name"), [""; 0]);
    same(&gateway, &files);
    gateway.stop();
}

#[test]
fn another_policy_takes_the_place_and_all_of_a_folder_goes() {
    let place = place();
    let gateway = Gateway::start(&place);
    let files = Files::new();
    start(&files);
    done(&gateway, "apply", &files.path(), &[]);
    files.write("policy.yaml", &policy("silver", 1));
    files.write("binding.yaml", &binding("throttle/silver"));
    let replaced = done(&gateway, "apply", &files.path(), &["--prune", "--wait"]);
    assert_snapshot!(replaced, @r#"
    + policy huawei/throttle/silver
    ~ binding huawei/pets/get_pets/RELEASE/throttle
        /policy: "gold" → "silver"
    - policy huawei/throttle/gold
    1 to create, 1 to change, 0 to deploy, 1 to delete or take offline
    done
    live on 1 of 1
    "#);
    assert_eq!(statuses(&gateway, 2), [200, 429]);
    same(&gateway, &files);
    let emptied = Files::new();
    emptied.write("nothing.yaml", "");
    done(&gateway, "apply", &emptied.path(), &["--prune"]);
    for list in ["/bindings", "/policies", "/groups"] {
        assert_eq!(listed(&gateway, list, "id"), [""; 0], "{list}");
    }
    gateway.stop();
}

#[test]
fn what_others_bound_stays() {
    let place = place();
    let gateway = Gateway::start(&place);
    let (apis, limits) = (Files::new(), Files::new());
    start(&apis);
    done(&gateway, "apply", &apis.path(), &["--set", "apis"]);
    // Another folder adopts the policy and the binding, and forgets them again.
    limits.write("policy.yaml", &policy("gold", 9));
    limits.write("binding.yaml", &binding("gold"));
    limits.write("more.yaml", &policy("more", 1));
    done(&gateway, "apply", &limits.path(), &["--set", "limits"]);
    limits.remove("policy.yaml");
    limits.remove("binding.yaml");
    limits.remove("more.yaml");
    limits.write("nothing.yaml", "");
    let gone = done(&gateway, "apply", &limits.path(), &["--set", "limits", "--prune"]);
    assert!(gone.starts_with("- policy huawei/throttle/more\n0 to create"), "{gone}");
    assert_eq!(listed(&gateway, "/policies", "name"), ["gold"]);
    assert_eq!(bound(&gateway).len(), 1);
    gateway.stop();
}

/// Apps are named, also one that is made in the same run; since when they are excluded stays when a number changes.
#[test]
fn excluded_apps_are_named() {
    let place = place();
    let gateway = Gateway::start(&place);
    let files = Files::new();
    start(&files);
    let account = gateway.done("GET", "/account", &Value::Null);
    let account = account["name"].as_str().unwrap();
    let specials = |number: u32| {
        let user = format!("{{ object_type: USER, object_id: '{account}', call_limits: 1 }}");
        policy("gold", 9)
            + &format!(
                "  specials:\n  - {user}\n  - {{ object_type: APP, object_id: shop, call_limits: {number} }}\n"
            )
    };
    files.write("app.yaml", "kind: app\nname: shop\n");
    files.write("policy.yaml", &specials(2));
    done(&gateway, "apply", &files.path(), &[]);
    same(&gateway, &files);
    let app = listed(&gateway, "/apps", "id").remove(0);
    let path = format!("/policies/{}", listed(&gateway, "/policies", "id").remove(0));
    let settings = gateway.done("GET", &path, &Value::Null)["settings"].take();
    assert_eq!(settings["specials"][1]["object_id"], app.as_str());
    let noted = json!({ "object": { "type": "app", "id": app }, "limit": 2 });
    let noted = gateway.done("PUT", &format!("{path}/specials"), &noted)["settings"].take();
    assert!(noted["specials"][1]["applied_at"].is_i64(), "{noted}");
    same(&gateway, &files);

    files.write("policy.yaml", &specials(3));
    let edited = done(&gateway, "apply", &files.path(), &[]);
    assert!(edited.contains("/settings/specials/1/call_limits: 2 → 3\n"), "{edited}");
    let settings = gateway.done("GET", &path, &Value::Null)["settings"].take();
    assert_eq!(settings["specials"][1]["call_limits"], 3);
    assert_eq!(settings["specials"][1]["applied_at"], noted["specials"][1]["applied_at"]);
    same(&gateway, &files);

    // An excluded app that is gone leaves nothing that other gateways could not read.
    files.remove("app.yaml");
    gateway.done("DELETE", &format!("/apps/{app}"), &Value::Null);
    let exported = place.path().join("out");
    let told = done(&gateway, "export", &exported, &[]);
    assert!(
        told.contains("policy huawei/throttle/gold: ") && told.contains("is gone and left out"),
        "{told}"
    );
    let written = std::fs::read_to_string(exported.join("policies.yaml")).unwrap();
    assert!(written.contains(account) && !written.contains("APP"), "{written}");
    gateway.stop();
}

const OF_APPS: &str = "
kind: policy
dialect: alibaba
policy_kind: throttle
name: gold
settings:
  unit: DAY
  apiDefault: 9
  specials:
    - type: APP
      policies: [{ key: shop, value: 2 }, { key: mill, value: 3 }]
    - type: USER
      policies: [{ key: ACCOUNT, value: 4 }, { key: 1234567, value: 5 }]
---
kind: policy
dialect: alibaba
policy_kind: address_list
name: office
settings:
  type: ALLOW
  items: [{ blocks: [192.0.2.0/24], appId: shop }]
";

/// Apps that settings name by numbers are named in files, those that are made in the same run and those that other files make;
/// another gateway draws other numbers.
#[test]
fn apps_with_numbers_are_named() {
    let place = place();
    let gateway = Gateway::start(&place);
    gateway.done("POST", "/apps", &json!({ "name": "mill" }));
    let account = gateway.done("GET", "/account", &Value::Null);
    let written = OF_APPS.replace("ACCOUNT", &format!("'{}'", account["name"].as_str().unwrap()));
    let files = Files::new();
    files.write("app.yaml", "kind: app\nname: shop\n");
    files.write("policies.yaml", &written);
    done(&gateway, "apply", &files.path(), &[]);
    same(&gateway, &files);
    let number = |name: &str| {
        gateway.done("GET", &format!("/apps?name={name}"), &Value::Null)["items"][0]["number"].take()
    };
    let settings = |name: &str| {
        let all = gateway.done("GET", "/policies", &Value::Null);
        let one = all["items"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap();
        one["settings"].clone()
    };
    let specials = &settings("gold")["specials"];
    assert_eq!(
        [&specials[0]["policies"][0]["key"], &specials[0]["policies"][1]["key"]],
        [&number("shop"), &number("mill")]
    );
    assert_eq!(
        [&specials[1]["policies"][0]["key"], &specials[1]["policies"][1]["key"]],
        [&account["number"], &json!(1_234_567)]
    );
    assert_eq!(settings("office")["items"][0]["appId"], number("shop"));

    files.write("policies.yaml", &written.replace("value: 3", "value: 1"));
    let edited = done(&gateway, "apply", &files.path(), &[]);
    assert!(edited.contains("/settings/specials/0/policies/1/value: 3 → 1\n"), "{edited}");

    let exported = place.path().join("out");
    done(&gateway, "export", &exported, &[]);
    let written = std::fs::read_to_string(exported.join("policies.yaml")).unwrap();
    assert!(
        written.contains("key: shop") && written.contains("key: mill") && written.contains("appId: shop"),
        "{written}"
    );
    assert!(!written.contains(&number("shop").to_string()), "{written}");

    files.write("policies.yaml", &OF_APPS.replace("appId: shop", "appId: 219810").replace("ACCOUNT", "1"));
    let refused = run(&gateway, "apply", &files.path(), &[]);
    let told = "/settings/items/0/appId: 219810 is a number that each gateway draws for itself: write the app's name";
    assert!(refused.code == 1 && refused.err.contains(told), "{refused:?}");
    gateway.stop();
}

/// Without `apis`, all that the files deploy are meant.
#[test]
fn a_whole_group_is_bound() {
    let place = place();
    let gateway = Gateway::start(&place);
    let files = Files::new();
    start(&files);
    files.write("binding.yaml", &binding("gold").replace("apis: [get_pets]\n", ""));
    let elsewhere = api("pets", "elsewhere", "/elsewhere", "there").replace("RELEASE", "Beta");
    files.write("stage.yaml", "kind: stage\ndialect: huawei\nname: Beta\n");
    files.write("two.yaml", &(api("pets", "get_two", "/two", "two") + "---\n" + &elsewhere));
    done(&gateway, "apply", &files.path(), &[]);
    assert_eq!(bound(&gateway).len(), 2);
    same(&gateway, &files);
    files.remove("two.yaml");
    done(&gateway, "apply", &files.path(), &["--prune"]);
    assert_eq!(bound(&gateway).len(), 1);
    gateway.stop();
}

/// What sleeps cannot be made again elsewhere before the API is back.
#[test]
fn a_binding_that_sleeps_is_not_exported() {
    let place = place();
    let gateway = Gateway::start(&place);
    let files = Files::new();
    start(&files);
    done(&gateway, "apply", &files.path(), &[]);
    let api = listed(&gateway, "/apis", "id").remove(0);
    gateway.done("DELETE", &format!("/apis/{api}/deployments/RELEASE"), &Value::Null);
    let exported = place.path().join("out");
    let told = done(&gateway, "export", &exported, &[]);
    assert!(told.contains("note: binding huawei/pets/get_pets/RELEASE/throttle sleeps"), "{told}");
    assert!(exported.join("policies.yaml").exists() && !exported.join("bindings.yaml").exists());
    done(&gateway, "apply", &files.path(), &["--wait"]);
    assert_eq!(statuses(&gateway, 3), [200, 200, 429], "it is awake");
    gateway.stop();
}

#[test]
fn complaints_name_place_and_field() {
    let place = place();
    let gateway = Gateway::start(&place);
    let files = Files::new();
    start(&files);
    files.write(
        "policy.yaml",
        &(policy("gold", 2)
            + "  ip_call_limits: 5\n  burst: 1\n  specials:\n    - object_type: APP\n      object_id: nobody\n      \
               call_limits: 1\n      applied_at: 5\n    - object_type: APP\n      object_id: nobody\n      call_limits: 1\n"),
    );
    files.write(
        "more.yaml",
        "kind: policy\ndialect: alibaba\npolicy_kind: throttle\nname: else\nsettings: {}\n---\n\
         kind: policy\ndialect: huawei\npolicy_kind: magic\nname: gold\nsettings: {}\n",
    );
    let undeployed = binding("gold").replace("apis: [get_pets]\n", "").replace("RELEASE", "beta");
    files.write("binding.yaml", &[binding("nobodys"), binding("else"), undeployed].join("---\n"));
    let told = |files: &Files| {
        let ended = run(&gateway, "apply", &files.path(), &[]);
        assert_eq!((ended.code, ended.out.as_str()), (1, ""), "{}", ended.err);
        for list in ["/groups", "/policies", "/manifests"] {
            assert_eq!(listed(&gateway, list, "name"), [""; 0], "nothing was written");
        }
        ended.err.replace(&format!("{}/", files.path().display()), "")
    };
    assert_snapshot!("not_understood", told(&files));
    let files = Files::new();
    start(&files);
    files.write(
        "policy.yaml",
        &(policy("gold", 2) + "  specials: [{ object_type: APP, object_id: nobody, call_limits: 1 }]\n"),
    );
    let bindings = [
        binding("gold").replace("[get_pets]", "[get_pets, get_cars]"),
        binding("gold"),
        binding("gold").replace("RELEASE", "beta"),
    ];
    files.write("binding.yaml", &bindings.join("---\n"));
    assert_snapshot!("not_there", told(&files));
    gateway.stop();
}

/// A list beside a limit, from the folder to the calls that it keeps out.
#[test]
fn lists_let_in_and_keep_out() {
    let place = place();
    let gateway = Gateway::start(&place);
    let files = Files::new();
    start(&files);
    let list = |value: &str| {
        format!(
            "kind: policy\ndialect: huawei\npolicy_kind: address_list\nname: office\nsettings:\n  acl_type: PERMIT\n  acl_value: {value}\n"
        )
    };
    files.write("list.yaml", &list("192.0.2.0/24"));
    files.write("listed.yaml", &binding("office"));
    done(&gateway, "apply", &files.path(), &["--wait"]);
    let refused = gateway.call(HOST, "/pets");
    assert!(refused.status == 403 && refused.body.contains("\"error_code\":\"APIG.0402\""), "{refused:?}");
    let mut explain = paifang(&["explain", &format!("http://{HOST}/pets"), "--data-dir"]);
    let told = printed(explain.arg(&gateway.data));
    assert!(told.contains("127.0.0.1 is kept out by the policy `office`"), "{told}");
    files.write("list.yaml", &list("192.0.2.0/24,127.0.0.0/8"));
    let edited = done(&gateway, "apply", &files.path(), &["--wait"]);
    assert!(
        edited.contains("/settings/acl_value: \"192.0.2.0/24\" → \"192.0.2.0/24,127.0.0.0/8\""),
        "{edited}"
    );
    assert_eq!(statuses(&gateway, 3), [200, 200, 429], "what was kept out was not counted");
    same(&gateway, &files);
    let exported = place.path().join("out");
    done(&gateway, "export", &exported, &[]);
    let written = std::fs::read_to_string(exported.join("policies.yaml")).unwrap();
    assert!(
        written.contains("policy_kind: address_list")
            && written.contains("acl_value: 192.0.2.0/24,127.0.0.0/8"),
        "{written}"
    );
    gateway.stop();
}

/// What the files rely on must not be what goes.
#[test]
fn what_is_needed_is_not_deleted() {
    let place = place();
    let gateway = Gateway::start(&place);
    let files = Files::new();
    start(&files);
    done(&gateway, "apply", &files.path(), &[]);
    files.remove("policy.yaml");
    let refused = run(&gateway, "apply", &files.path(), &["--prune"]);
    let told = "binding.yaml:2:1: /policy: the policy `huawei/throttle/gold` is not in the files any more and would be deleted";
    assert!(refused.code == 1 && refused.err.contains(told), "{refused:?}");
    assert_eq!(run(&gateway, "diff", &files.path(), &[]).out, "nothing differs\n");
    gateway.stop();
}

//! What files do not name any more goes when asked for, and only if it was made for them.

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::{Files, api, done, listed, run};
use crate::gateway::{Gateway, place};

const VARIABLES: &str = "kind: variable\ngroup: pets\nstage: RELEASE\nname: Port\nvalue: '80'\n";

fn start(files: &Files) {
    files.write("group.yaml", "kind: group\ndialect: alibaba\nname: pets\n");
    files.write("domain.yaml", "kind: domain\ngroup: pets\nhost: pets.example.com\n");
    files.write("variables.yaml", VARIABLES);
    files.write("one.yaml", &api("pets", "get_one", "/one", "one").replace("[RELEASE]", "[RELEASE, TEST]"));
    files.write("two.yaml", &api("pets", "get_two", "/two", "two"));
    files.write("app.yaml", "kind: app\nname: shop\nkeys: [{ key: shop-key-1, secret: swordfish-1 }]\n");
    files.write(
        "grant.yaml",
        "kind: grant\napps: [shop]\ngroup: pets\napis: [get_one, get_two]\nstage: RELEASE\n",
    );
}

#[test]
fn what_was_made_goes_and_what_was_there_stays() {
    let place = place();
    let gateway = Gateway::start(&place);
    let others = gateway.done("POST", "/groups", &json!({ "dialect": "alibaba", "name": "others" }));
    gateway.done("POST", "/apps", &json!({ "name": "others" }));
    let files = Files::new();
    start(&files);
    files.write("others.yaml", "kind: group\ndialect: alibaba\nname: others\ndescription: Ours too.\n");
    done(&gateway, "apply", &files.path(), &["--wait"]);

    files.remove("variables.yaml");
    files.remove("two.yaml");
    files.remove("grant.yaml");
    files.remove("app.yaml");
    files.remove("others.yaml");
    files.write("one.yaml", &api("pets", "get_one", "/one", "one"));
    assert_eq!(run(&gateway, "diff", &files.path(), &[]).out, "nothing differs\n", "nothing goes unasked");
    let compared = run(&gateway, "diff", &files.path(), &["--prune"]);
    assert_eq!(compared.code, 2);
    assert_snapshot!(compared.out);
    done(&gateway, "apply", &files.path(), &["--prune", "--wait"]);
    assert_eq!(listed(&gateway, "/apps", "name"), ["others"]);
    assert_eq!(listed(&gateway, "/groups", "name"), ["others", "pets"]);
    let others = gateway.done("GET", &format!("/groups/{}", others["id"].as_str().unwrap()), &Value::Null);
    assert_eq!(others["description"], "Ours too.", "it was adopted, and is left as it is");
    assert_eq!(gateway.call("pets.example.com", "/one").body, "one");
    assert_eq!(gateway.call("pets.example.com", "/two").status, 404);
    assert_eq!(run(&gateway, "diff", &files.path(), &["--prune"]).code, 0);
    gateway.stop();
}

#[test]
fn another_manifests_objects_are_not_touched() {
    let place = place();
    let gateway = Gateway::start(&place);
    let (mine, yours) = (Files::new(), Files::new());
    start(&mine);
    done(&gateway, "apply", &mine.path(), &["--set", "mine"]);
    yours.write("group.yaml", "kind: group\ndialect: alibaba\nname: cars\n");
    done(&gateway, "apply", &yours.path(), &["--set", "yours", "--prune"]);
    assert_eq!(listed(&gateway, "/groups", "name"), ["pets", "cars"]);
    assert_eq!(listed(&gateway, "/manifests", "name"), ["mine", "yours"]);
    gateway.stop();
}

#[test]
fn a_renamed_api_takes_over_its_route() {
    let place = place();
    let gateway = Gateway::start(&place);
    let files = Files::new();
    start(&files);
    files.remove("grant.yaml");
    done(&gateway, "apply", &files.path(), &[]);
    files.write("two.yaml", &api("pets", "renamed", "/two", "two"));
    let refused = run(&gateway, "apply", &files.path(), &[]);
    assert_eq!(refused.code, 1);
    assert!(
        refused.err.contains("two.yaml:4:25: /request/path: the route is that of api alibaba/pets/get_two"),
        "{}",
        refused.err
    );
    done(&gateway, "apply", &files.path(), &["--prune", "--wait"]);
    assert_eq!(gateway.call("pets.example.com", "/two").body, "two");
    assert_eq!(listed(&gateway, "/apis", "id").len(), 2);
    gateway.stop();
}

//! Everything that is wrong is said with its place, and nothing is written.

use insta::assert_snapshot;

use super::{Files, api, listed, run};
use crate::gateway::{Gateway, place};

fn told(gateway: &Gateway, files: &Files) -> String {
    let ended = run(gateway, "apply", &files.path(), &[]);
    assert_eq!((ended.code, ended.out.as_str()), (1, ""), "{}", ended.err);
    assert_eq!(listed(gateway, "/groups", "name"), [""; 0], "nothing was written");
    assert_eq!(listed(gateway, "/manifests", "name"), [""; 0]);
    ended.err.replace(&format!("{}/", files.path().display()), "")
}

#[test]
fn complaints_name_file_line_column_and_field() {
    let place = place();
    let gateway = Gateway::start(&place);
    let files = Files::new();
    files.write("group.yaml", "kind: group\ndialect: alibaba\nname: p\nbase_path: nowhere\nid: mine\n");
    files.write(
        "apis.yaml",
        "kind: api\ngroup: p\nname: get_pets\nrequest: { method: GET, path: '/pets/[id]' }\nauth:\n  kind: none\n\
         backend:\n  kind: http\n  to:\n    kind: channel\n    channel: nobodys\n  timeout_ms: 0\nstages:\n  - RELEASE\n\
         ---\nkind: api\ngroup: nobodys\nname: get_cars\nrequest: { method: GET, path: /cars }\nauth: { kind: none }\n\
         backend: { kind: mock }\n---\nkind: api\ngroup: p\nname: get_dogs\nrequests: 1\n",
    );
    files.write("app.yaml", "kind: app\nname: 1\n---\nkind: app\nname: shop\nkeys:\n  - key: short\n");
    files.write(
        "more.yaml",
        "kind: stage\ndialect: huawei\nname: RELEASE\n---\nkind: domain\nhost: a..b\ngroup: p\n",
    );
    assert_snapshot!(told(&gateway, &files));
    gateway.stop();
}

#[test]
fn what_is_not_there_is_named_where_it_is_needed() {
    let place = place();
    let gateway = Gateway::start(&place);
    let files = Files::new();
    files.write("group.yaml", "kind: group\ndialect: huawei\nname: pets\n");
    let mut apis = api("pets", "get_pets", "/pets", "hello").replace("[RELEASE]", "[RELEASE, beta]");
    files.write("variable.yaml", "kind: variable\ngroup: pets\nstage: beta\nname: Port\nvalue: '80'\n");
    let http = "kind: http, to: { kind: address, url: 'http://10.0.0.1:#Port#' }";
    files.write(
        "http.yaml",
        &api("pets", "by_port", "/port", "hello").replace("kind: mock, body: hello", http),
    );
    apis += "---\n";
    apis += &api("pets", "same_route", "/pets", "hello");
    apis += "---\n";
    apis += &api("pets", "get_pets", "/other", "hello");
    files.write("apis.yaml", &apis);
    files.write(
        "grants.yaml",
        "kind: grant\napps: [nobody]\ngroup: pets\napis: [get_pets, get_cars]\nstage: RELEASE\nuntil: 5\n",
    );
    assert_snapshot!(told(&gateway, &files));
    gateway.stop();
}

/// What only the gateway knows comes out in the middle; it is said with its place too, and the rest can be made later.
#[test]
fn a_refusal_names_the_place_in_the_files() {
    let place = place();
    let gateway = Gateway::start(&place);
    let files = Files::new();
    files.write(
        "accesses.yaml",
        "kind: backend_access\nname: orders\nnetwork: vpc\ninstance: 10.0.0.1\nport: 80\n---\n\
         kind: backend_access\nname: orders_too\nnetwork: vpc\ninstance: 10.0.0.1\nport: 80\n",
    );
    let ended = run(&gateway, "apply", &files.path(), &[]);
    assert_eq!(ended.code, 1);
    assert!(ended.err.contains("accesses.yaml:"), "{}", ended.err);
    assert!(ended.err.contains("is taken by backend_access/"), "{}", ended.err);
    assert_eq!(listed(&gateway, "/backend-accesses", "name").len(), 1);
    gateway.stop();
}

#[test]
fn no_gateway_and_no_folder_are_errors() {
    let place = place();
    let gateway = Gateway::start(&place);
    let files = Files::new();
    let nowhere = run(&gateway, "diff", &files.path(), &[]);
    assert_eq!(nowhere.code, 1);
    assert!(nowhere.err.contains("reading the folder"), "{}", nowhere.err);
    files.write("group.yaml", "kind: group\ndialect: alibaba\nname: pets\n");
    let unnamed = run(&gateway, "apply", &files.path(), &["--set", "not a name"]);
    assert!(unnamed.err.contains("another name, by --set"), "{}", unnamed.err);
    gateway.stop();
    let mut without = crate::command::paifang(&["diff", "-f"]);
    let ended = super::ended(without.arg(files.path()).arg("--data-dir").arg(place.path().join("data")));
    assert_eq!(ended.code, 1);
    assert!(ended.err.contains("no gateway runs on"), "{}", ended.err);
}

//! Every kind of object that a folder may hold: made, changed, and deleted when its file is gone; texts from outside.

use paifang_testkit::TestAuthority;
use serde_json::Value;

use super::{Ended, Files, command, ended, listed};
use crate::gateway::{Gateway, place};

/// A kind, its document, and the list that shows it. What changes from one run to the next is said from outside, or is
/// one of two words in angle brackets.
type Case = (&'static str, &'static str, &'static str);

/// What needs others stands before them.
const CASES: [Case; 18] = [
    ("group_binding", "policy: <iron|lead>\ngroup: yard\nstage: RELEASE", "/group-bindings"),
    ("binding", "policy: <gold|silver>\ngroup: shop\napis: [get_goods]\nstage: RELEASE", "/bindings"),
    (
        "policy",
        "dialect: huawei\npolicy_kind: throttle\nname: more\nremark: '${file:.mark}'\nsettings: { time_interval: 1, time_unit: DAY, api_call_limits: 9 }",
        "/policies",
    ),
    (
        "grant",
        "apps: [tea-house]\ngroup: shop\napis: [get_goods]\nstage: RELEASE\nremark: '${env:MARK}'",
        "/grants",
    ),
    (
        "domain",
        "host: shop.example.com\ngroup: shop\nstage: <RELEASE|Beta>\ntls: { certificate: wild, plain: redirected }",
        "/domains",
    ),
    ("certificate", "name: wild\nchain: '${file:.chain}'\nkey: '${file:.key}'", "/certificates"),
    (
        "black_list",
        "name: scrapers\nentries: <{ address: [192.0.2.0/24] }|{ app: [tea-house] }>\ndescription: '${env:MARK}'",
        "/black-lists",
    ),
    (
        "access_list",
        "name: office\nip_version: ipv6\nentries: [{ address: '2001:db8::/32', comment: '${env:MARK}' }]\nenforced: <deny|allow>",
        "/access-lists",
    ),
    (
        "app",
        "name: tea-house\ndescription: '${file:.mark}'\nfrozen: true\nquota: plenty\naccess: { effect: deny, addresses: [192.0.2.0/24, 198.51.100.5] }\nkeys: [{ key: tea-house-key, secret: '${env:SECRET}' }]",
        "/apps",
    ),
    (
        "app_quota",
        "name: plenty\ncalls: <9|99>\ninterval: 1\nunit: day\nfirst_reset: 1600560000000\ndescription: '${file:.mark}'",
        "/app-quotas",
    ),
    (
        "api",
        "group: shop\nname: get_goods\ndescription: '${env:MARK}'\nrequest: { method: GET, path: /goods }\nauth: { kind: app }\nbackend: { kind: http, to: { kind: address, url: 'http://127.0.0.1:#Port#' } }\nbackend_policies: [{ name: near, effect_mode: any, conditions: [{ of: source, addresses: [10.0.0.0/8] }], backend: { kind: http, to: { kind: channel, channel: pool } } }]\nstages: [RELEASE]",
        "/apis",
    ),
    (
        "variable",
        "group: shop\nstage: RELEASE\nname: Port\nvalue: '<8001|8002>'",
        "/groups/{group}/stages/{stage}/variables",
    ),
    (
        "backend_service",
        "name: stock\nservice_kind: access\ndescription: '${env:MARK}'\ndefinitions: [{ stage: <RELEASE|TEST>, target: { kind: http, to: { kind: access, access: vault } } }]",
        "/backend-services",
    ),
    ("channel", "name: pool\nport: <8001|8002>\nmembers: [{ host: 127.0.0.1 }]", "/channels"),
    (
        "backend_instance",
        "network: vpc-1\ninstance: i-1\naddress: <127.0.0.1|127.0.0.2>\ndescription: '${env:MARK}'",
        "/backend-instances",
    ),
    (
        "backend_access",
        "name: vault\nnetwork: vpc-1\ninstance: '${file:.mark}'\nport: 80\naddress: 127.0.0.1",
        "/backend-accesses",
    ),
    ("stage", "dialect: huawei\nname: Beta\ndescription: '${env:MARK}'", "/stages"),
    ("group", "dialect: huawei\nname: shop\ndescription: '${file:.mark}'", "/groups"),
];

/// Policies that are there all the time.
const POLICIES: &str = "kind: policy\ndialect: huawei\npolicy_kind: throttle\nname: gold\nsettings: { time_interval: 1, time_unit: DAY, api_call_limits: 9 }\n";

/// What is there all the time of the dialect in which policies are bound to whole groups.
const YARD: &str = "kind: group\ndialect: alibaba\nname: yard\n---\nkind: policy\ndialect: alibaba\npolicy_kind: throttle\nname: iron\nsettings: { unit: DAY, apiDefault: 9 }\n---\nkind: policy\ndialect: alibaba\npolicy_kind: throttle\nname: lead\nsettings: { unit: DAY, apiDefault: 8 }\n";

/// A folder in its first or second state.
struct Folder(Files, TestAuthority);

impl Folder {
    fn write(&self, second: usize) {
        for (kind, text, _) in CASES {
            let mut text = text.to_owned();
            if let (Some(from), Some(to)) = (text.find('<'), text.find('>')) {
                let word = text[from + 1..to].split('|').nth(second).unwrap().to_owned();
                text.replace_range(from..=to, &word);
            }
            self.0.write(&format!("{kind}.yaml"), &format!("kind: {kind}\n{text}\n"));
        }
        let silver = POLICIES.replace("gold", "silver");
        self.0.write("policies.yaml", &format!("{POLICIES}---\n{silver}"));
        self.0.write("yard.yaml", YARD);
        self.0.write(".mark", &format!("{}\n", mark(second)));
        let (chain, key) = self.1.server(&["*.example.com"]);
        self.0.write(".chain", &chain).write(".key", &key);
    }

    fn run(&self, gateway: &Gateway, verb: &str, second: usize) -> Ended {
        let mut command = command(gateway, verb, &self.0.path(), &["--prune"]);
        ended(command.env("MARK", mark(second)).env("SECRET", format!("swordfish-{second}")))
    }
}

fn mark(second: usize) -> &'static str {
    ["mark-first", "mark-second"][second]
}

/// What a list shows, whose path may need the ids of group and stage.
fn shown(gateway: &Gateway, list: &str) -> Value {
    let mut list = list.to_owned();
    if list.contains("{group}") {
        let Some(group) = listed(gateway, "/groups?dialect=huawei", "id").pop() else { return Value::Null };
        let stages = gateway.done("GET", "/stages?dialect=huawei", &Value::Null)["items"].take();
        let release = stages.as_array().unwrap().iter().find(|stage| stage["name"] == "RELEASE").unwrap();
        list = list.replace("{group}", &group).replace("{stage}", release["id"].as_str().unwrap());
    }
    gateway.done("GET", &list, &Value::Null)["items"].take()
}

/// What of a list is ours: stages exist from the start, and a group and some policies are there all the time.
fn ours(gateway: &Gateway, kind: &str, list: &str) -> Vec<Value> {
    let all = shown(gateway, list);
    let all = all.as_array().cloned().unwrap_or_default();
    match kind {
        "stage" => all.into_iter().filter(|stage| stage["name"] == "Beta").collect(),
        "policy" => all.into_iter().filter(|policy| policy["name"] == "more").collect(),
        "group" => all.into_iter().filter(|group| group["name"] == "shop").collect(),
        _ => all,
    }
}

#[test]
fn every_kind_is_made_changed_and_deleted() {
    let place = place();
    let gateway = Gateway::start(&place);
    let folder = Folder(Files::new(), TestAuthority::new("Ours"));
    let mut before = Vec::new();
    for second in [0, 1] {
        folder.write(second);
        let plan = folder.run(&gateway, "diff", second);
        let sign = ["+", "~"][second];
        for (kind, ..) in CASES {
            assert!(plan.out.contains(&format!("{sign} {kind} ")), "{kind}: {plan:?}");
        }
        assert!(plan.out.contains(&format!("{sign} app_key ")), "{plan:?}");
        for secret in ["mark-", "swordfish", "PRIVATE KEY", "BEGIN CERTIFICATE"] {
            assert!(!plan.out.contains(secret), "{plan:?}");
        }
        let applied = folder.run(&gateway, "apply", second);
        assert_eq!(applied.code, 0, "{applied:?}");
        let compared = folder.run(&gateway, "diff", second);
        assert_eq!(compared.out, "nothing differs\n", "{compared:?}");
        for (index, (kind, text, list)) in CASES.into_iter().enumerate() {
            let [there] = &ours(&gateway, kind, list)[..] else { panic!("{kind} is there once") };
            let marked = text.contains(".mark") || text.contains("env:MARK");
            assert!(!marked || there.to_string().contains(mark(second)), "{there}");
            match second {
                0 => before.push(there.clone()),
                _ => assert_ne!(before[index], *there, "{kind}"),
            }
        }
    }
    for (index, (kind, ..)) in CASES.iter().enumerate() {
        folder.0.remove(&format!("{kind}.yaml"));
        let applied = folder.run(&gateway, "apply", 1);
        assert_eq!(applied.code, 0, "{kind}: {applied:?}");
        for (there, (kind, _, list)) in CASES.iter().enumerate() {
            let number = usize::from(there > index);
            // Variables are listed below their group.
            assert_eq!(ours(&gateway, kind, list).len(), number, "{kind}");
        }
    }
    let mut left = listed(&gateway, "/manifests/shop/entries", "kind");
    left.sort_unstable();
    assert_eq!(left, ["group", "policy", "policy", "policy", "policy"]);
    gateway.stop();
}

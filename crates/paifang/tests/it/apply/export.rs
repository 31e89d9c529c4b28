//! What is exported from one gateway makes another one the same.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use super::{command, done, ended, listed, run};
use crate::gateway::{Gateway, place};

/// Scenes differ by what this draws; the same seed is the same scene.
struct Draws(u64);

impl Draws {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn one_of<T: Clone>(&mut self, all: &[T]) -> T {
        let index = usize::try_from(self.below(all.len() as u64)).unwrap();
        all[index].clone()
    }
}

/// Texts that YAML could take for something else.
const TEXTS: [&str; 9] = [
    "",
    "plain",
    "yes",
    "null",
    "1.0",
    "${env:HOME} and $${x}",
    "two\nlines: #1\n",
    " 价格 'quoted' \"twice\" ",
    "- a\r\n\tb: [",
];

fn made(gateway: &Gateway, path: &str, body: &Value) -> String {
    gateway.done("POST", path, body)["id"].as_str().unwrap().to_owned()
}

fn scene(gateway: &Gateway, seed: u64) {
    let draws = &mut Draws(seed);
    let channel = made(
        gateway,
        "/channels",
        &json!({ "name": "pool", "port": 80, "members": [{ "host": "10.0.0.1", "weight": draws.below(9) }] }),
    );
    let access = json!({ "name": "vault", "network": "vpc-1", "instance": "i-1", "port": 443, "address": "10.0.0.9", "scheme": "https" });
    let access = made(gateway, "/backend-accesses", &access);
    gateway.done(
        "POST",
        "/stages",
        &json!({ "dialect": "huawei", "name": "Beta", "description": draws.one_of(&TEXTS) }),
    );
    let apps: Vec<String> = ["shop", "Shop", "商店_1"].iter().map(|name| app(gateway, name, draws)).collect();
    for (dialect, settings) in [
        ("huawei", json!({ "sign_type": "hmac", "sign_key": "backend-key" })),
        ("alibaba", json!({ "type": "APIGW_BACKEND", "key": "backend_key" })),
    ] {
        let secret = format!("swordfish{}", draws.below(1_000_000_000_000));
        let key = json!({
            "dialect": dialect, "kind": "signature_key", "name": "proof", "settings": settings, "secret": secret,
        });
        made(gateway, "/policies", &key);
    }
    let policies = ["gold", "silver"].map(|name| policy(gateway, name, draws, &apps));
    lists(gateway, draws, &apps);
    for dialect in ["alibaba", "huawei"] {
        let group = json!({
            "dialect": dialect, "name": "pets", "description": draws.one_of(&TEXTS),
            "base_path": draws.one_of(&["/", "/v1"]), "passthrough_headers": draws.one_of(&[vec![], vec!["X-Trace"]]),
        });
        let group = made(gateway, "/groups", &group);
        if draws.below(2) == 0 {
            gateway.done(
                "PATCH",
                &format!("/groups/{group}"),
                &json!({ "subdomain_enabled": false, "calls_per_second": 7 }),
            );
        }
        let stages: Vec<String> = listed(gateway, &format!("/stages?dialect={dialect}"), "id");
        for stage in &stages {
            let variable = json!({ "name": "Port", "value": draws.one_of(&["80", "8080"]) });
            gateway.done("POST", &format!("/groups/{group}/stages/{stage}/variables"), &variable);
        }
        for number in 0..4 + draws.below(4) {
            let api = api(gateway, &group, number, draws, dialect, [&channel, &access]);
            for stage in &stages {
                if draws.below(2) == 0 {
                    gateway.done("PUT", &format!("/apis/{api}/deployments/{stage}"), &json!({}));
                    if dialect == "huawei" && draws.below(3) > 0 {
                        let path = format!("/policies/{}/bindings", draws.one_of(&policies));
                        gateway.done("POST", &path, &json!([{ "api": api, "stage": stage }]));
                    }
                }
                let until = draws.one_of(&[Value::Null, json!(4_000_000_000_000_i64)]);
                let grant = json!({ "apps": [draws.one_of(&apps)], "apis": [api], "stage": stage, "until": until, "remark": draws.one_of(&TEXTS) });
                gateway.done("POST", "/grants", &grant);
            }
        }
        if dialect == "alibaba" {
            service(gateway, &group, &stages, draws, &channel);
            group_wide(gateway, &group, &stages, draws);
        }
        let domain = json!({ "host": format!("*.{dialect}.example.com"), "stage": draws.one_of(&[json!(stages[0]), Value::Null]) });
        gateway.done("POST", &format!("/groups/{group}/domains"), &domain);
    }
}

/// Policies that hold for the whole group in some stages.
fn group_wide(gateway: &Gateway, group: &str, stages: &[String], draws: &mut Draws) {
    let policies = ["iron", "lead"].map(|name| {
        let settings = json!({ "unit": "DAY", "apiDefault": 1 + draws.below(9) });
        let policy = json!({ "dialect": "alibaba", "kind": "throttle", "name": name, "settings": settings });
        made(gateway, "/policies", &policy)
    });
    for stage in stages {
        if draws.below(3) > 0 {
            let path = format!("/policies/{}/group-bindings", draws.one_of(&policies));
            gateway.done("POST", &path, &json!([{ "group": group, "stage": stage }]));
        }
    }
}

/// What is said of apps and addresses beside all APIs.
fn lists(gateway: &Gateway, draws: &mut Draws, apps: &[String]) {
    let quota = json!({
        "name": "plenty", "calls": 1 + draws.below(9), "interval": 2, "unit": "hour",
        "first_reset": draws.one_of(&[Value::Null, json!(1_600_560_000_000_i64)]), "description": draws.one_of(&TEXTS),
    });
    let quota = made(gateway, "/app-quotas", &quota);
    let bound = json!({ "apps": [draws.one_of(apps)] });
    gateway.done("POST", &format!("/app-quotas/{quota}/apps"), &bound);
    let entries = json!([{ "address": "192.0.2.0/24", "comment": draws.one_of(&TEXTS) }]);
    let enforced = draws.one_of(&[Value::Null, json!("deny")]);
    let office = json!({ "name": "office", "ip_version": "ipv4", "entries": entries, "enforced": enforced });
    made(gateway, "/access-lists", &office);
    let user = gateway.done("GET", "/account", &Value::Null)["id"].take();
    let entries = [
        json!({ "address": ["2001:db8::1", "192.0.2.5-192.0.2.9"] }),
        json!({ "app": [draws.one_of(apps)] }),
        json!({ "user": [user] }),
    ];
    let entries = draws.one_of(&entries);
    let black = json!({ "name": "black", "entries": entries, "description": draws.one_of(&TEXTS) });
    made(gateway, "/black-lists", &black);
}

/// A backend service with definitions for some stages, and an API that uses it where it is defined.
fn service(gateway: &Gateway, group: &str, stages: &[String], draws: &mut Draws, channel: &str) {
    let service = json!({ "name": "stock", "kind": "channel", "description": draws.one_of(&TEXTS) });
    let service = made(gateway, "/backend-services", &service);
    let api = json!({
        "name": "list_stock",
        "request": { "method": "GET", "path": "/stock" },
        "auth": { "kind": "none" },
        "backend": { "kind": "service", "service": service, "path": "/of/the/day" },
    });
    let api = made(gateway, &format!("/groups/{group}/apis"), &api);
    let defined: Vec<&String> = stages.iter().filter(|_| draws.below(3) > 0).collect();
    for stage in defined {
        let to = json!({ "kind": "channel", "channel": channel, "scheme": draws.one_of(&["http", "https"]) });
        let definition =
            json!({ "target": { "kind": "http", "to": to }, "description": draws.one_of(&TEXTS) });
        gateway.done("PUT", &format!("/backend-services/{service}/definitions/{stage}"), &definition);
        gateway.done("PUT", &format!("/apis/{api}/deployments/{stage}"), &json!({}));
    }
}

fn policy(gateway: &Gateway, name: &str, draws: &mut Draws, apps: &[String]) -> String {
    let special =
        json!({ "object_type": "APP", "object_id": draws.one_of(apps), "call_limits": 2, "applied_at": 5 });
    let settings = json!({
        "type": draws.one_of(&[1, 2]), "time_interval": 1, "time_unit": draws.one_of(&["DAY", "HOUR"]),
        "api_call_limits": 9, "ip_call_limits": draws.below(3), "specials": draws.one_of(&[json!([]), json!([special])]),
    });
    let policy = json!({
        "dialect": "huawei", "kind": "throttle", "name": name, "settings": settings, "remark": draws.one_of(&TEXTS),
    });
    made(gateway, "/policies", &policy)
}

fn app(gateway: &Gateway, name: &str, draws: &mut Draws) -> String {
    let app = gateway.done("POST", "/apps", &json!({ "name": name, "description": draws.one_of(&TEXTS) }));
    let id = app["id"].as_str().unwrap().to_owned();
    for _ in 0..draws.below(3) {
        gateway.done("POST", &format!("/apps/{id}/keys"), &json!({}));
        gateway.done("POST", &format!("/apps/{id}/codes"), &json!({}));
    }
    id
}

fn api(
    gateway: &Gateway,
    group: &str,
    number: u64,
    draws: &mut Draws,
    dialect: &str,
    [channel, access]: [&String; 2],
) -> String {
    let backends = [
        json!({ "kind": "mock", "status": 201, "body": draws.one_of(&TEXTS), "headers": [{ "name": "X-A", "value": "b" }] }),
        json!({ "kind": "http", "to": { "kind": "channel", "channel": channel }, "timeout_ms": 1 + draws.below(900) }),
        json!({ "kind": "http", "to": { "kind": "access", "access": access }, "retries": { "kind": "fixed", "times": 2 } }),
        json!({ "kind": "http", "to": { "kind": "address", "url": "http://10.0.0.1:#Port#" }, "path": "/deep/er" }),
    ];
    let auths =
        [json!({ "kind": "none" }), json!({ "kind": "app", "app_code": "header", "nonce_required": true })];
    let (default, description) = (draws.one_of(&TEXTS[1..]), draws.one_of(&TEXTS));
    let lang = json!({ "name": "lang", "location": "query", "default": default, "description": description });
    let mut definition = json!({
        "name": draws.one_of(&["Api", "api", "group"]).to_owned() + &format!("_{number}"),
        "description": draws.one_of(&TEXTS),
        "request": { "method": draws.one_of(&["GET", "POST"]), "path": format!("/{number}/here"), "match_mode": draws.one_of(&["exact", "prefix"]) },
        "auth": draws.one_of(&auths),
        "parameters": draws.one_of(&[json!([]), json!([lang])]),
        "backend": draws.one_of(&backends),
        "extra": draws.one_of(&[json!({}), json!({ "kept": { "as": [1, 2.5, null, true] } })]),
    });
    let with_policies = dialect == "huawei" && draws.below(2) == 0;
    let policies = if with_policies {
        policies_beside(&definition["backend"], draws, [channel, access])
    } else {
        json!([])
    };
    definition["backend_policies"] = policies;
    made(gateway, &format!("/groups/{group}/apis"), &definition)
}

/// Backend policies of the kind of a backend, which name things of several kinds.
fn policies_beside(backend: &Value, draws: &mut Draws, [channel, access]: [&String; 2]) -> Value {
    let backends = match backend["kind"].as_str() {
        Some("mock") => vec![backend.clone()],
        _ => vec![
            json!({ "kind": "http", "to": { "kind": "access", "access": access } }),
            json!({ "kind": "http", "to": { "kind": "address", "url": "http://#Port#" } }),
            json!({ "kind": "http", "to": { "kind": "channel", "channel": channel }, "path": "/policy" }),
        ],
    };
    let policy = |(number, backend): (usize, &Value)| {
        json!({
            "name": format!("policy_{number}"), "effect_mode": draws.one_of(&["all", "any"]), "backend": backend,
            "conditions": [
                { "of": "cookie", "name": "group", "is": { "kind": "enum", "values": ["", draws.one_of(&TEXTS)] } },
                { "of": "source", "addresses": ["10.0.0.0/8"] },
            ],
        })
    };
    backends.iter().enumerate().map(policy).collect()
}

/// The secrets that an export asks for, by the names of its variables.
fn secrets(gateway: &Gateway, report: &str) -> Vec<(String, String)> {
    let mut secrets = Vec::new();
    for line in report.lines().filter_map(|line| line.strip_prefix("  ")) {
        let (variable, what) = line.split_once(": ").unwrap();
        let quoted: Vec<&str> = what.split('`').skip(1).step_by(2).collect();
        if let Some(policy) = what.strip_prefix("secret of the policy ") {
            secrets.push((variable.to_owned(), secret_of_policy(gateway, policy.trim_matches('`'))));
            continue;
        }
        let (name, key) = if quoted.len() == 2 { (quoted[1], Some(quoted[0])) } else { (quoted[0], None) };
        let apps = gateway.done("GET", "/apps", &Value::Null);
        let app = apps["items"].as_array().unwrap().iter().find(|app| app["name"] == name).unwrap()["id"]
            .as_str()
            .unwrap()
            .to_owned();
        let path = match key {
            Some(key) => format!("/apps/{app}/keys/{}", paifang_model::AppKey::id_of(key)),
            None => {
                let mut codes = listed(gateway, &format!("/apps/{app}/codes"), "id");
                codes.sort();
                let number: usize = what.split(' ').nth(1).unwrap().parse().unwrap();
                format!("/apps/{app}/codes/{}", codes[number - 1])
            }
        };
        let shown = gateway.done("POST", &format!("{path}/reveal"), &json!({}));
        let secret = shown["secret"].as_str().or(shown["code"].as_str()).unwrap();
        secrets.push((variable.to_owned(), secret.to_owned()));
    }
    secrets
}

/// Of a policy, by dialect, kind and name.
fn secret_of_policy(gateway: &Gateway, shown: &str) -> String {
    let [dialect, kind, name] = shown.split('/').collect::<Vec<_>>()[..] else { panic!("{shown}") };
    let policies = listed(gateway, &format!("/policies?dialect={dialect}&kind={kind}&name={name}"), "id");
    let shown = gateway.done("POST", &format!("/policies/{}/reveal", policies[0]), &json!({}));
    shown["secret"].as_str().unwrap().to_owned()
}

fn texts(folder: &Path) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                texts.insert(name, std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    texts
}

#[test]
fn what_is_exported_makes_the_same_gateway() {
    for seed in 1..=4 {
        let (first, second) = (place(), place());
        let gateway = Gateway::start(&first);
        scene(&gateway, seed);
        let folder = first.path().join("out");
        let report = done(&gateway, "export", &folder, &[]);
        let secrets = secrets(&gateway, &report);
        let written = texts(&folder);
        assert!(secrets.iter().all(|(_, secret)| written.values().all(|text| !text.contains(secret))));

        let other = Gateway::start(&second);
        for verb in ["apply", "diff"] {
            let outcome = ended(command(&other, verb, &folder, &["--set", "all"]).envs(secrets.clone()));
            assert_eq!(outcome.code, 0, "seed {seed}, {verb}: {}{}", outcome.out, outcome.err);
        }
        let unchanged = ended(command(&gateway, "diff", &folder, &["--set", "all"]).envs(secrets));
        assert_eq!(unchanged.code, 0, "seed {seed}: {}{}", unchanged.out, unchanged.err);
        let again = second.path().join("out");
        done(&other, "export", &again, &[]);
        assert_eq!(texts(&again), written, "seed {seed}");
        gateway.stop();
        other.stop();
    }
}

#[test]
fn one_group_is_exported_with_what_it_needs() {
    let place = place();
    let gateway = Gateway::start(&place);
    scene(&gateway, 7);
    let folder = place.path().join("out");
    done(&gateway, "export", &folder, &["--group", "huawei/pets"]);
    let written = texts(&folder);
    assert!(written.keys().all(|name| !name.starts_with("alibaba/")), "{:?}", written.keys());
    for file in ["huawei/pets/group.yaml", "grants.yaml", "policies.yaml", "bindings.yaml"] {
        assert!(written.contains_key(file), "{file}");
    }
    let full = run(&gateway, "export", &folder, &[]);
    assert!(full.err.contains("holds YAML files already"), "{full:?}");
    let unknown = run(&gateway, "export", &place.path().join("other"), &["--group", "nobodys"]);
    assert!(unknown.err.contains("there is no group `nobodys`"), "{unknown:?}");
    gateway.stop();
}

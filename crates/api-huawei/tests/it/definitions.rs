//! What a client writes, it reads back unchanged, whatever members it gives.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::strategy::{Union, ValueTree as _};
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value, json};
use tokio::runtime::Runtime;

use crate::support::{World, operations};

fn text() -> impl Strategy<Value = Value> + Clone {
    "[a-z ]{0,8}".prop_map(Value::from)
}

/// The id of the channel that is made for these tests.
const CHANNEL: &str = "{channel}";

fn text_or_none(name: &'static str, text: &'static str) -> impl Strategy<Value = Value> {
    select(vec![json!({}), json!({ name: text })])
}

fn one_or_two() -> impl Strategy<Value = Value> {
    select(vec![1, 2]).prop_map(Value::from)
}

/// Some of these members, each with one of its values.
fn some(members: Vec<(&'static str, BoxedStrategy<Value>)>) -> impl Strategy<Value = Map<String, Value>> {
    let number = members.len();
    subsequence(members, 0..=number).prop_flat_map(|chosen| {
        let (names, values): (Vec<_>, Vec<_>) = chosen.into_iter().unzip();
        values.prop_map(move |values| {
            names.iter().map(|name| (*name).to_owned()).zip(values).collect::<Map<String, Value>>()
        })
    })
}

fn parameter(index: usize) -> impl Strategy<Value = Value> {
    let options = some(vec![
        ("sample_value", text().boxed()),
        ("required", one_or_two().boxed()),
        ("valid_enable", one_or_two().boxed()),
        ("remark", text().boxed()),
        ("default_value", "[0-9]{0,3}".prop_map(Value::from).boxed()),
        ("regular", text().boxed()),
        ("json_schema", text().boxed()),
        ("pass_through", one_or_two().boxed()),
        ("min_num", (-9_i64..0).prop_map(Value::from).boxed()),
        ("max_num", (0_i64..9).prop_map(Value::from).boxed()),
        ("min_size", (0..5).prop_map(Value::from).boxed()),
        ("max_size", (5..9).prop_map(Value::from).boxed()),
        ("enumerations", Just(json!("1,2")).boxed()),
        ("orchestrations", Just(json!([])).boxed()),
    ]);
    (options, select(vec!["QUERY", "HEADER"]), select(vec!["STRING", "NUMBER"])).prop_map(
        move |(mut members, location, kind)| {
            if members.contains_key("enumerations") && members.contains_key("default_value") {
                members.insert("default_value".to_owned(), json!("1"));
            }
            members.extend([
                ("name".to_owned(), json!(format!("p{index}"))),
                ("location".to_owned(), json!(location)),
                ("type".to_owned(), json!(kind)),
            ]);
            Value::Object(members)
        },
    )
}

fn parameters() -> impl Strategy<Value = Value> {
    let others = (0..4_usize).prop_flat_map(|number| (0..number).map(parameter).collect::<Vec<_>>());
    others.prop_map(|mut all| {
        all.push(json!({ "name": "id", "location": "PATH", "type": "STRING", "required": 1 }));
        Value::from(all)
    })
}

fn backend_parameters() -> impl Strategy<Value = Value> {
    let origin = select(vec![
        json!({ "origin": "CONSTANT", "value": "five" }),
        json!({ "origin": "SYSTEM", "value": "$context.sourceIp" }),
    ]);
    let one = (origin, select(vec!["QUERY", "HEADER"]), proptest::option::of(text()));
    let all = proptest::collection::vec(one, 0..3);
    all.prop_map(|all| {
        let one = |(index, (mut members, location, remark)): (usize, (Value, &str, Option<Value>))| {
            members["name"] = json!(format!("b{index}"));
            members["location"] = json!(location);
            if let Some(remark) = remark {
                members["remark"] = remark;
            }
            members
        };
        let mut all: Vec<Value> = all.into_iter().enumerate().map(one).collect();
        all.push(json!({ "name": "there", "location": "PATH", "origin": "REQUEST", "value": "id" }));
        all.into()
    })
}

fn backend() -> impl Strategy<Value = Map<String, Value>> {
    let http = some(vec![
        ("remark", text().boxed()),
        ("version", text().boxed()),
        ("retry_count", select(vec!["-1", "0", "10"]).prop_map(Value::from).boxed()),
        ("enable_client_ssl", Just(json!(false)).boxed()),
        ("enable_sm_channel", Just(json!(false)).boxed()),
        ("authorizer_id", Just(json!("")).boxed()),
        ("member_group_url_infos", Just(json!([])).boxed()),
    ]);
    let to = Union::new([
        Just(json!({ "url_domain": "backend.example.com:81" })).boxed(),
        Just(json!({ "url_domain": "backend.example.com:81", "vpc_channel_status": 2 })).boxed(),
        text_or_none("vpc_channel_proxy_host", "pets.example.com")
            .prop_map(|mut info| {
                info["vpc_channel_id"] = json!(CHANNEL);
                json!({ "vpc_channel_status": 1, "vpc_channel_info": info })
            })
            .boxed(),
    ]);
    let http = (http, to, select(vec!["HTTP", "HTTPS"]), select(vec!["GET", "ANY", "POST"]), 1..600_000_u32)
        .prop_map(|(mut members, mut to, protocol, method, timeout)| {
            to["req_protocol"] = json!(protocol);
            to["req_method"] = json!(method);
            to["req_uri"] = json!("/there/{there}");
            to["timeout"] = json!(timeout);
            members.extend(to.as_object().unwrap().clone());
            Map::from_iter([
                ("backend_type".to_owned(), json!("HTTP")),
                ("backend_api".to_owned(), members.into()),
            ])
        });
    let mock = some(vec![
        ("remark", text().boxed()),
        ("version", text().boxed()),
        ("result_content", text().boxed()),
        ("authorizer_id", Just(json!("")).boxed()),
    ]);
    let mock = mock.prop_map(|members| {
        Map::from_iter([("backend_type".to_owned(), json!("MOCK")), ("mock_info".to_owned(), members.into())])
    });
    let with_policies = |of_mock: bool, backend: BoxedStrategy<Map<String, Value>>| {
        (backend, policies(of_mock)).prop_map(|(mut backend, policies)| {
            // Nobody is shown an empty list.
            backend.extend(
                policies.into_iter().filter(|(_, list)| list.as_array().is_some_and(|all| !all.is_empty())),
            );
            backend
        })
    };
    Union::new([with_policies(false, http.boxed()).boxed(), with_policies(true, mock.boxed()).boxed()])
}

fn condition() -> impl Strategy<Value = Value> {
    let of = select(vec![
        json!({ "condition_origin": "param", "req_param_name": "id" }),
        json!({ "condition_origin": "system", "sys_param_name": "req_path" }),
        json!({ "condition_origin": "cookie", "cookie_param_name": "group" }),
    ]);
    let is = select(vec![("exact", "a"), ("enum", "a,b"), ("pattern", "[0-5]")]);
    let compared = (of, is).prop_map(|(mut condition, (kind, value))| {
        condition["condition_type"] = json!(kind);
        condition["condition_value"] = json!(value);
        condition
    });
    let source = json!({ "condition_origin": "source", "condition_value": "10.0.0.1,10.1.0.0/16" });
    Union::new([compared.boxed(), Just(source).boxed()])
}

/// The list of policies that goes with a backend.
fn policies(of_mock: bool) -> impl Strategy<Value = Map<String, Value>> {
    let http = some(vec![
        ("retry_count", select(vec!["-1", "0", "10"]).prop_map(Value::from).boxed()),
        ("timeout", (1..600_000_u32).prop_map(Value::from).boxed()),
        ("enable_sm_channel", Just(json!(false)).boxed()),
        ("authorizer_id", Just(json!("")).boxed()),
        ("member_group_url_infos", Just(json!([])).boxed()),
    ]);
    let to = Union::new([
        Just(json!({ "url_domain": "backend.example.com:81" })).boxed(),
        text_or_none("vpc_channel_proxy_host", "pets.example.com")
            .prop_map(|mut info| {
                info["vpc_channel_id"] = json!(CHANNEL);
                json!({ "vpc_channel_status": 1, "vpc_channel_info": info })
            })
            .boxed(),
    ]);
    let http = (http, to).prop_map(|(mut members, mut to)| {
        to["req_protocol"] = json!("HTTPS");
        to["req_method"] = json!("GET");
        to["req_uri"] = json!("/other/{there}");
        members.extend(to.as_object().unwrap().clone());
        members
    });
    let mock = some(vec![("result_content", text().boxed()), ("authorizer_id", Just(json!("")).boxed())]);
    let backend = if of_mock { mock.boxed() } else { http.boxed() };
    let conditions = proptest::collection::vec(condition(), 1..=5);
    let one = (backend, conditions, select(vec!["ALL", "ANY"])).prop_map(
        move |(mut members, conditions, effect_mode)| {
            let location = if of_mock { "QUERY" } else { "PATH" };
            members.insert("effect_mode".to_owned(), json!(effect_mode));
            members.insert("conditions".to_owned(), json!(conditions));
            let parameter = json!({ "name": "there", "location": location, "origin": "REQUEST", "value": "id",
                "remark": "of the policy" });
            members.insert("backend_params".to_owned(), json!([parameter]));
            members
        },
    );
    proptest::collection::vec(one, 0..3).prop_map(move |mut all| {
        for (index, policy) in all.iter_mut().enumerate() {
            policy.insert("name".to_owned(), json!(format!("policy_{index}")));
        }
        let list = if of_mock { "policy_mocks" } else { "policy_https" };
        Map::from_iter([(list.to_owned(), json!(all))])
    })
}

fn api() -> impl Strategy<Value = Value> {
    let options = some(vec![
        ("version", text().boxed()),
        (
            "auth_opt",
            select(vec!["DISABLE", "HEADER"]).prop_map(|word| json!({ "app_code_auth_type": word })).boxed(),
        ),
        ("cors", any::<bool>().prop_map(Value::from).boxed()),
        ("trace_enabled", any::<bool>().prop_map(Value::from).boxed()),
        ("sampling_strategy", Just(json!("RATE")).boxed()),
        ("sampling_param", Just(json!("50")).boxed()),
        ("match_mode", select(vec!["SWA", "NORMAL"]).prop_map(Value::from).boxed()),
        ("remark", text().boxed()),
        ("body_remark", text().boxed()),
        ("result_normal_sample", text().boxed()),
        ("result_failure_sample", text().boxed()),
        ("tags", select(vec![json!([]), json!(["a", "b"])]).boxed()),
        ("roma_app_id", text().boxed()),
        ("domain_name", text().boxed()),
        ("tag", text().boxed()),
        ("content_type", select(vec!["application/json", "text/plain"]).prop_map(Value::from).boxed()),
        ("is_send_fg_body_base64", any::<bool>().prop_map(Value::from).boxed()),
        ("authorizer_id", Just(json!("")).boxed()),
        ("response_id", Just(json!("")).boxed()),
    ]);
    let words = (
        select(vec![1, 2]),
        select(vec!["HTTP", "HTTPS", "BOTH"]),
        select(vec!["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "ANY"]),
        select(vec!["NONE", "APP"]),
    );
    (options, words, backend(), parameters(), backend_parameters()).prop_map(
        |(mut members, (kind, protocol, method, auth), backend, parameters, backend_parameters)| {
            members.extend(backend);
            let mut all = Value::Object(members);
            all["name"] = json!("an API".replace(' ', "_"));
            all["type"] = json!(kind);
            all["req_protocol"] = json!(protocol);
            all["req_method"] = json!(method);
            all["req_uri"] = json!("/here/{id}");
            all["auth_type"] = json!(auth);
            all["req_params"] = parameters;
            all["backend_params"] = backend_parameters;
            if all["backend_type"] == "MOCK" {
                // There is no path to put it into.
                all["backend_params"].as_array_mut().unwrap().retain(|one| one["location"] != "PATH");
            }
            all
        },
    )
}

/// Everything that was given is there; more may be.
fn assert_holds(given: &Value, found: &Value, place: &str) {
    match (given, found) {
        (Value::Object(given), Value::Object(found)) => {
            for (name, value) in given {
                let place = format!("{place}.{name}");
                assert_holds(value, found.get(name).unwrap_or_else(|| panic!("{place} is lost")), &place);
            }
        }
        (Value::Array(given), Value::Array(found)) => {
            assert_eq!(given.len(), found.len(), "{place}");
            for (given, found) in given.iter().zip(found) {
                assert_holds(given, found, place);
            }
        }
        _ => assert_eq!(given, found, "{place}"),
    }
}

/// A group and a channel, by their ids.
async fn scene() -> (World, String, String) {
    let world = World::new().await;
    let group = world.group("grp_1").await;
    // One more than an API may be tried again.
    let members: Vec<_> = (1..=11).map(|number| json!({ "host": format!("10.0.0.{number}") })).collect();
    let draft = serde_json::from_value(json!({ "name": "members", "port": 80, "members": members })).unwrap();
    let channel = world.behind().await.create_channel(draft).await.unwrap().value.id;
    (world, group, channel.to_string())
}

fn placed(given: &Value, group: &str, channel: &str) -> Value {
    let mut placed: Value = serde_json::from_str(&given.to_string().replace(CHANNEL, channel)).unwrap();
    placed["group_id"] = json!(group);
    placed
}

/// Members that would be promises this gateway cannot keep yet, and are refused; and the group, which is no part.
const NOT_WRITTEN: &[&str] = &[
    "func_info",
    "group_id",
    "policy_functions",
    "backend_api.member_group_url_infos",
    "policy_https.member_group_url_infos",
    "policy_https.conditions.frontend_authorizer_param_name",
    "policy_https.conditions.mapped_param_name",
    "policy_https.conditions.mapped_param_location",
    "policy_mocks.conditions.frontend_authorizer_param_name",
    "policy_mocks.conditions.mapped_param_name",
    "policy_mocks.conditions.mapped_param_location",
    "req_params.orchestrations",
];

/// Every member of the SDK's definition is among those that are written above.
#[test]
fn every_member_is_written() {
    let mut runner = TestRunner::deterministic();
    let (mut written, mut described) = (BTreeSet::new(), BTreeSet::new());
    for _ in 0..400 {
        written_leaves("", &api().new_tree(&mut runner).unwrap().current(), &mut written);
    }
    described_leaves("", "ApiCreate", &mut described);
    let missing: Vec<_> = described.difference(&written).collect();
    assert!(missing.is_empty(), "described and never written: {missing:?}");
}

fn written_leaves(place: &str, value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            let inner = |name: &str| format!("{place}.{name}").trim_start_matches('.').to_owned();
            members.iter().for_each(|(name, value)| written_leaves(&inner(name), value, found));
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            items.iter().for_each(|item| written_leaves(place, item, found));
        }
        _ => drop(found.insert(place.to_owned())),
    }
}

fn described_leaves(place: &str, model: &str, found: &mut BTreeSet<String>) {
    for (name, field) in operations()["models"][model].as_object().unwrap() {
        let inner = format!("{place}.{name}").trim_start_matches('.').to_owned();
        let kind = field["type"].as_str().unwrap();
        let kind = kind.strip_prefix("list[").and_then(|rest| rest.strip_suffix(']')).unwrap_or(kind);
        if NOT_WRITTEN.contains(&inner.as_str()) {
            continue;
        }
        match operations()["models"].get(kind) {
            Some(_) => described_leaves(&inner, kind, found),
            None => drop(found.insert(inner)),
        }
    }
}

#[test]
fn what_is_written_is_read_back() {
    let runtime = Runtime::new().unwrap();
    let (world, group, channel) = runtime.block_on(scene());
    proptest!(ProptestConfig::with_cases(128), |(given in api())| {
        runtime.block_on(async {
            let mut given = placed(&given, &group, &channel);
            let owner = world.owner();
            let made = owner.post("apis", given.clone()).await;
            assert_eq!(made.status, 201, "{made:?}");
            assert_holds(&given, &made.body, "");
            // Read, modified, written.
            let mut shown = made.body.clone();
            shown["name"] = json!("another");
            given["name"] = json!("another");
            let changed = owner.put(&format!("apis/{}", made.id()), shown).await;
            assert_eq!(changed.status, 200, "{changed:?}");
            assert_holds(&given, &changed.body, "");
            assert_eq!(owner.delete(&format!("apis/{}", made.id())).await.status, 204);
        });
    });
}

/// Any JSON, a few levels deep.
fn anything() -> impl Strategy<Value = Value> {
    let leaf = Union::new([
        Just(Value::Null).boxed(),
        any::<bool>().prop_map(Value::from).boxed(),
        any::<i64>().prop_map(Value::from).boxed(),
        any::<f64>().prop_map(Value::from).boxed(),
        "[-/{}a-zA-Z#%\\[\\] 0-9中]{0,12}".prop_map(Value::from).boxed(),
        select(vec!["HTTP", "GET", "APP", "MOCK", "PATH", "REQUEST", "/{a}", "a"])
            .prop_map(Value::from)
            .boxed(),
    ]);
    leaf.prop_recursive(3, 24, 4, |inner| {
        let names = "name|type|location|value|origin|req_uri|url_domain|timeout|vpc_channel_info|min_num|key";
        Union::new([
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from).boxed(),
            proptest::collection::hash_map(names, inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect()))
                .boxed(),
        ])
    })
}

/// Members of an API that are objects, lists or words of their own.
const MEMBERS: &[&str] = &[
    "name",
    "type",
    "req_protocol",
    "req_method",
    "req_uri",
    "match_mode",
    "auth_type",
    "auth_opt",
    "cors",
    "tags",
    "backend_type",
    "backend_api",
    "mock_info",
    "req_params",
    "backend_params",
    "policy_https",
    "content_type",
    "group_id",
    "remark",
    "version",
];

#[test]
fn whatever_is_sent_is_answered() {
    let runtime = Runtime::new().unwrap();
    let (world, group, channel) = runtime.block_on(scene());
    let changes = proptest::collection::vec((select(MEMBERS.to_vec()), anything()), 1..4);
    proptest!(ProptestConfig::with_cases(256), |((given, changes) in (api(), changes))| {
        runtime.block_on(async {
            let mut given = placed(&given, &group, &channel);
            for (name, value) in changes {
                given[name] = value;
            }
            let reply = world.owner().post("apis", given).await;
            assert!(reply.status == 201 || (400..500).contains(&reply.status.as_u16()), "{reply:?}");
            if reply.status == 201 {
                world.owner().delete(&format!("apis/{}", reply.id())).await;
            }
        });
    });
}

/// What only the native interface can say survives a client that reads, modifies and writes.
#[tokio::test]
async fn what_has_no_words_here_survives() {
    let world = World::new().await;
    let group = world.group("grp_1").await;
    let definition = serde_json::from_value(json!({
        "name": "list_pets",
        "request": { "method": "GET", "path": "/pets", "mode": "mapping", "intranet_only": true },
        "auth": { "kind": "app", "app_code": "header_or_query", "nonce_required": true },
        "backend": {
            "kind": "http", "to": { "kind": "address", "url": "https://backend.example.com" },
            "host": "other.example.com", "protocol": "h2", "verify_certificate": false,
        },
    }));
    let behind = world.behind().await;
    let old = behind.create_api(group.parse().unwrap(), definition.unwrap()).await.unwrap().value;
    let owner = world.owner();
    let mut shown = owner.get(&format!("apis/{}", old.id)).await.body;
    shown["remark"] = json!("changed");
    assert_eq!(owner.put(&format!("apis/{}", old.id), shown).await.status, 200);
    let new = behind.read_api(old.id).await.unwrap().value;
    let mut expected = old.definition;
    expected.description = "changed".to_owned();
    assert_eq!(new.definition, expected);
}

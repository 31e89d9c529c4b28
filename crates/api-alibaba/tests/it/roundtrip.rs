//! What a client writes it reads back unchanged, whatever the definition.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value, json};

use crate::support::{Client, Style, World, text};

/// Lists, as they are sent and as they are wrapped in answers.
const LISTS: [(&str, &str); 6] = [
    ("RequestParameters", "RequestParameter"),
    ("ServiceParameters", "ServiceParameter"),
    ("ServiceParametersMap", "ServiceParameterMap"),
    ("ConstantParameters", "ConstantParameter"),
    ("SystemParameters", "SystemParameter"),
    ("ErrorCodeSamples", "ErrorCodeSample"),
];

#[test]
fn what_is_written_reads_back() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let world = runtime.block_on(World::new());
    let owner = world.owner().calling(Style::Acs3);
    let group = runtime.block_on(owner.done("CreateApiGroup", &[("GroupName", "pet_shop")]));
    let group = text(&group["GroupId"]).to_owned();
    let mut runner = TestRunner::new(Config { cases: 64, failure_persistence: None, ..Config::default() });
    let ran = runner.run(&definition(), |definition| {
        runtime.block_on(there_and_back(&owner, &group, &definition));
        Ok(())
    });
    ran.unwrap();
}

async fn there_and_back(owner: &Client, group: &str, definition: &Map<String, Value>) {
    let sent = sent(definition);
    let mut params: Vec<(&str, &str)> =
        sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    params.push(("GroupId", group));
    let made = owner.done("CreateApi", &params).await;
    let id = ("ApiId", text(&made["ApiId"]));
    same(definition, &owner.done("DescribeApi", &[id]).await);
    params.push(id);
    owner.done("ModifyApi", &params).await;
    same(definition, &owner.done("DescribeApi", &[id]).await);
    owner.done("DeleteApi", &[id]).await;
}

/// Texts as they are, all else as JSON.
fn sent(definition: &Map<String, Value>) -> Vec<(String, String)> {
    let value = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    definition.iter().map(|(name, given)| (name.clone(), value(given))).collect()
}

/// Every member that was written is there with its value; lists are wrapped.
fn same(definition: &Map<String, Value>, shown: &Value) {
    for (name, written) in definition {
        let wrapped = LISTS.iter().find(|(list, _)| list == name);
        let read = wrapped.map_or(&shown[name], |(_, item)| &shown[name][item]);
        contains(name, written, read);
    }
}

fn contains(place: &str, written: &Value, read: &Value) {
    match (written, read) {
        (Value::Object(members), Value::Object(_)) => {
            for (name, written) in members {
                let read = if name == "MockHeaders" { &read[name]["MockHeader"] } else { &read[name] };
                contains(&format!("{place}.{name}"), written, read);
            }
        }
        (Value::Array(items), Value::Array(others)) => {
            assert_eq!(items.len(), others.len(), "{place}: {written} is {read}");
            items.iter().zip(others).for_each(|(written, read)| contains(place, written, read));
        }
        _ => assert_eq!(written, read, "{place}"),
    }
}

fn definition() -> impl Strategy<Value = Map<String, Value>> {
    (head(), request(), service(), parameters(), documents()).prop_map(
        |(head, request, service, parameters, documents)| {
            let mut definition = head;
            definition.insert("RequestConfig".to_owned(), request);
            definition.insert("ServiceConfig".to_owned(), service);
            definition.extend(parameters);
            definition.extend(documents);
            definition
        },
    )
}

fn some(strategy: impl Strategy<Value = Value>) -> impl Strategy<Value = Option<Value>> {
    proptest::option::of(strategy)
}

/// An object with the members that are there.
fn object<const N: usize>(members: [(&str, Option<Value>); N]) -> Map<String, Value> {
    members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

fn word(words: &'static [&'static str]) -> impl Strategy<Value = Value> {
    select(words).prop_map(Value::from)
}

/// Text with what is special to JSON, XML, queries and forms.
fn words() -> impl Strategy<Value = Value> {
    "[a-zA-Z0-9 &=+%<>\"'\\\\/{}*~中é-]{1,12}".prop_map(Value::from)
}

fn head() -> impl Strategy<Value = Map<String, Value>> {
    (
        "[a-z]{4,8}_[0-9a-z]{4}",
        some(words()),
        word(&["PUBLIC", "PRIVATE"]),
        word(&["APP", "ANONYMOUS"]),
        some(word(&["DEFAULT", "DISABLE", "HEADER", "HEADER_QUERY"])),
        some(word(&["HmacSHA256", "HmacSHA1,HmacSHA256"])),
        some(any::<bool>().prop_map(Value::from)),
        some(any::<bool>().prop_map(Value::from)),
    )
        .prop_map(|(name, description, visibility, auth, app_code, methods, nonce, intranet)| {
            object([
                ("ApiName", Some(json!(name))),
                ("Description", description),
                ("Visibility", Some(visibility)),
                ("AuthType", Some(auth)),
                ("AppCodeAuthType", app_code),
                ("AllowSignatureMethod", methods),
                ("ForceNonceCheck", nonce),
                ("DisableInternet", intranet),
                ("WebSocketApiType", Some(json!("COMMON"))),
            ])
        })
}

fn request() -> impl Strategy<Value = Value> {
    (
        word(&["HTTP", "HTTPS", "HTTP,HTTPS", "HTTPS,HTTP", "HTTP,WEBSOCKET"]),
        word(&["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "TRACE", "ANY"]),
        some(word(&["MAPPING", "MAPPING_PASSTHROUGH"])),
        some(word(&["FORM", "STREAM"])),
        some(words()),
        some(words()),
        some(Just(json!(false))),
    )
        .prop_map(|(protocol, method, mode, format, model, description, escape)| {
            Value::Object(object([
                ("RequestProtocol", Some(protocol)),
                ("RequestHttpMethod", Some(method)),
                ("RequestPath", Some(json!("/pets/[id]"))),
                ("RequestMode", mode),
                ("BodyFormat", format),
                ("BodyModel", model),
                ("PostBodyDescription", description),
                ("EscapePathParam", escape),
            ]))
        })
}

fn service() -> impl Strategy<Value = Value> {
    prop_oneof![http(), mock()]
}

fn http() -> impl Strategy<Value = Value> {
    (
        some(word(&["HTTP", "HTTPS"])),
        word(&["http://pets.example.com", "https://10.0.0.1:8443", "http://[::1]:80"]),
        some(word(&["/", "/p/[pet]", "/a/b"])),
        some(word(&["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "TRACE", "ANY"])),
        some((1..30_000).prop_map(Value::from)),
        some(word(&["DEFAULT", "CLIENT", "CUSTOM"])),
        some(words()),
    )
        .prop_map(|(protocol, address, path, method, timeout, category, app)| {
            let value = category.as_ref().map(|_| json!("text/plain"));
            Value::Object(object([
                ("ServiceProtocol", protocol),
                ("ServiceAddress", Some(address)),
                ("ServicePath", path),
                ("ServiceHttpMethod", method),
                ("ServiceTimeout", timeout),
                ("ContentTypeCatagory", category),
                ("ContentTypeValue", value),
                ("AoneAppName", app),
                ("Mock", Some(json!("FALSE"))),
                ("ServiceVpcEnable", Some(json!("FALSE"))),
            ]))
        })
}

fn mock() -> impl Strategy<Value = Value> {
    let header = ("[A-Z][a-z-]{0,8}", "[ -~]{0,12}")
        .prop_map(|(name, value)| json!({ "HeaderName": name, "HeaderValue": value }));
    (
        some(words()),
        some((200..600).prop_map(Value::from)),
        some(proptest::collection::vec(header, 0..3).prop_map(Value::from)),
        some(word(&["http://www.aliyun.com"])),
        some((1..30_000).prop_map(Value::from)),
    )
        .prop_map(|(result, status, headers, address, timeout)| {
            Value::Object(object([
                ("Mock", Some(json!("TRUE"))),
                ("MockResult", result),
                ("MockStatusCode", status),
                ("MockHeaders", headers),
                ("ServiceAddress", address),
                ("ServiceTimeout", timeout),
                ("ServiceProtocol", Some(json!("HTTP"))),
            ]))
        })
}

/// The path's own parameter, and some others, mapped one to one.
fn parameters() -> impl Strategy<Value = Map<String, Value>> {
    let names = subsequence(vec!["alpha", "beta", "gamma"], 0..=3);
    let others = names.prop_flat_map(|names| names.into_iter().map(parameter).collect::<Vec<_>>());
    let constants = proptest::collection::vec(words(), 0..3);
    let system = subsequence(vec!["CaClientIp", "CaAppId", "CaStage"], 0..=3);
    (others, constants, system, some(words())).prop_map(|(others, constants, system, note)| {
        let id = json!({ "ApiParameterName": "id", "Location": "PATH", "ParameterType": "Long", "Required": "REQUIRED" });
        let mut service = vec![json!({ "ServiceParameterName": "pet", "Location": "PATH", "ParameterType": "Long" })];
        let mut map = vec![json!({ "ServiceParameterName": "pet", "RequestParameterName": "id" })];
        for other in &others {
            let (name, target) = (text(&other["ApiParameterName"]), format!("X-{}", text(&other["ApiParameterName"])));
            service.push(json!({ "ServiceParameterName": target, "Location": "HEAD", "ParameterType": "String" }));
            map.push(json!({ "ServiceParameterName": target, "RequestParameterName": name }));
        }
        let constants: Vec<Value> = constants
            .iter()
            .enumerate()
            .map(|(index, value)| json!({ "ServiceParameterName": format!("c{index}"), "ConstantValue": value, "Location": "QUERY", "Description": value }))
            .collect();
        let system: Vec<Value> = system
            .iter()
            .map(|name| {
                let mut item = json!({ "ParameterName": name, "ServiceParameterName": name, "Location": "HEAD" });
                if let Some(note) = &note {
                    item["DemoValue"] = note.clone();
                    item["Description"] = note.clone();
                }
                item
            })
            .collect();
        let request: Vec<Value> = [vec![id], others].concat();
        object([
            ("RequestParameters", Some(json!(request))),
            ("ServiceParameters", Some(json!(service))),
            ("ServiceParametersMap", Some(json!(map))),
            ("ConstantParameters", Some(json!(constants))),
            ("SystemParameters", Some(json!(system))),
        ])
    })
}

fn parameter(name: &'static str) -> impl Strategy<Value = Value> {
    let text_rules = (
        some((0..5).prop_map(Value::from)),
        some((5..9).prop_map(Value::from)),
        some(word(&["^[a-z]+$", "a|b"])),
        some(word(&["{\"type\":\"string\"}"])),
        some(word(&["a", "a,b c"])),
    )
        .prop_map(|(min, max, pattern, schema, values)| {
            object([
                ("ParameterType", Some(json!("String"))),
                ("MinLength", min),
                ("MaxLength", max),
                ("RegularExpression", pattern),
                ("JsonScheme", schema),
                ("EnumValue", values),
            ])
        });
    let number_rules = (
        word(&["Int", "Long", "Float", "Double"]),
        some((-9..0).prop_map(Value::from)),
        some((1..9).prop_map(Value::from)),
        some(Just(json!("7"))),
    )
        .prop_map(|(kind, min, max, default)| {
            object([
                ("ParameterType", Some(kind)),
                ("MinValue", min),
                ("MaxValue", max),
                ("DefaultValue", default),
            ])
        });
    let array = word(&["String", "Int", "Boolean"])
        .prop_map(|kind| object([("ParameterType", Some(json!("Array"))), ("ArrayItemsType", Some(kind))]));
    let rules = prop_oneof![text_rules, number_rules, array];
    let notes = (
        word(&["QUERY", "HEAD", "BODY"]),
        word(&["REQUIRED", "OPTIONAL"]),
        some(words()),
        some(words()),
        some(word(&["PUBLIC", "PRIVATE"])),
        some((0..9).prop_map(Value::from)),
    );
    (rules, notes).prop_map(move |(rules, (location, required, description, demo, show, order))| {
        let mut item = object([
            ("ApiParameterName", Some(json!(name))),
            ("Location", Some(location)),
            ("Required", Some(required)),
            ("Description", description),
            ("DemoValue", demo),
            ("DocShow", show),
            ("DocOrder", order),
        ]);
        item.extend(rules);
        Value::Object(item)
    })
}

fn documents() -> impl Strategy<Value = Map<String, Value>> {
    let sample = (words(), some(words()), some(words())).prop_map(|(code, message, model)| {
        Value::Object(object([("Code", Some(code)), ("Message", message), ("Model", model)]))
    });
    let open_id = (words(), some(words())).prop_map(|(id, key)| {
        Value::Object(object([
            ("OpenIdApiType", Some(json!("IDTOKEN"))),
            ("PublicKeyId", Some(id)),
            ("PublicKey", key),
        ]))
    });
    (
        some(word(&["JSON", "TEXT", "BINARY", "XML", "HTML", "PASSTHROUGH"])),
        some(words()),
        some(words()),
        some(words()),
        some(proptest::collection::vec(sample, 0..3).prop_map(Value::from)),
        some(open_id),
    )
        .prop_map(|(kind, sample, failure, model, errors, open_id)| {
            object([
                ("ResultType", kind),
                ("ResultSample", sample),
                ("FailResultSample", failure),
                ("ResultBodyModel", model),
                ("ErrorCodeSamples", errors),
                ("OpenIdConnectConfig", open_id),
            ])
        })
}

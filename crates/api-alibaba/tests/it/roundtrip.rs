//! What a client writes it reads back unchanged, whatever the definition: from the draft, and from what is deployed.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value, json};

use crate::support::{Client, Operations, Style, World, text};

/// Lists, as they are sent and as they are wrapped in answers.
const LISTS: [(&str, &str); 7] = [
    ("RequestParameters", "RequestParameter"),
    ("ServiceParameters", "ServiceParameter"),
    ("ServiceParametersMap", "ServiceParameterMap"),
    ("ConstantParameters", "ConstantParameter"),
    ("SystemParameters", "SystemParameter"),
    ("ErrorCodeSamples", "ErrorCodeSample"),
    ("ResultDescriptions", "ResultDescription"),
];

/// Members of answers that the gateway gives, and those of what it refuses: nobody writes them.
const NOT_WRITTEN: &[&str] = &[
    "ApiId",
    "CreatedTime",
    "DeployedInfos",
    "DeployedTime",
    "GroupId",
    "GroupName",
    "HistoryVersion",
    "ModifiedTime",
    "RegionId",
    "RequestId",
    "StageName",
    "Status",
    // As older answers had them.
    "Mock",
    "MockResult",
    // Written as `Tag.N`.
    "TagList",
    // Refused: shared backend services, claims of OpenID Connect.
    "BackendConfig",
    "BackendEnable",
    "CustomSystemParameters",
];

/// A group to write definitions in.
async fn pet_shop(owner: &Client) -> String {
    let group = owner.done("CreateApiGroup", &[("GroupName", "pet_shop")]).await;
    text(&group["GroupId"]).to_owned()
}

/// Where the request goes through unread no parameters are declared, so it is left out of the definitions below.
#[tokio::test]
async fn what_passes_a_request_through_reads_back() {
    let world = World::new().await;
    let owner = world.owner().calling(Style::Acs3);
    let group = pet_shop(&owner).await;
    let request = json!({
        "RequestProtocol": "HTTP", "RequestHttpMethod": "POST", "RequestPath": "/raw", "RequestMode": "PASSTHROUGH",
    });
    let service = json!({
        "ServiceProtocol": "HTTP", "ServiceAddress": "http://10.0.0.1:8080", "ServiceTimeout": 3000,
        "ServiceHttpMethod": "POST", "ServicePath": "/raw",
    });
    let definition = object([
        ("ApiName", Some(json!("passes_through"))),
        ("Visibility", Some(json!("PRIVATE"))),
        ("AuthType", Some(json!("APP"))),
        ("RequestConfig", Some(request)),
        ("ServiceConfig", Some(service)),
    ]);
    there_and_back(&owner, &group, &definition).await;
}

#[test]
fn what_is_written_reads_back() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let world = runtime.block_on(World::new());
    let owner = world.owner().calling(Style::Acs3);
    let group = runtime.block_on(pet_shop(&owner));
    let place = [("Name", "access_1"), ("VpcId", "vpc-1"), ("InstanceId", "i-1"), ("Port", "8080")];
    runtime.block_on(owner.done("SetVpcAccess", &place));
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
    let tags = [("Tag.1.Key", "team"), ("Tag.1.Value", "a & b")];
    let made = owner.done("CreateApi", &[&params[..], &tags].concat()).await;
    let id = ("ApiId", text(&made["ApiId"]));
    let shown = owner.done("DescribeApi", &[id]).await;
    same("DescribeApi", definition, &shown);
    params.push(id);
    owner.done("ModifyApi", &params).await;
    let shown = owner.done("DescribeApi", &[id]).await;
    same("DescribeApi", definition, &shown);
    assert_eq!(shown["TagList"]["Tag"], json!([{ "TagKey": "team", "TagValue": "a & b" }]));
    let there = [id, ("StageName", "PRE")];
    owner.done("DeployApi", &[&there[..], &[("Description", "first")]].concat()).await;
    same("DescribeDeployedApi", definition, &owner.done("DescribeDeployedApi", &there).await);
    owner.done("AbolishApi", &there).await;
    owner.done("DeleteApi", &[id]).await;
}

/// Every member of a definition that answers describe is among those that are written above.
#[test]
fn every_member_is_written() {
    let mut runner = TestRunner::deterministic();
    let (mut written, mut described) = (BTreeSet::new(), BTreeSet::new());
    for _ in 0..400 {
        let definition = definition().new_tree(&mut runner).unwrap().current();
        leaves("", &Value::Object(definition), &mut written);
    }
    for action in ["DescribeApi", "DescribeDeployedApi", "DescribeApiHistory"] {
        let mut response = Operations::get().response(action).clone();
        for member in NOT_WRITTEN {
            response.as_object_mut().unwrap().shift_remove(*member);
        }
        // It repeats that of `VpcConfig`.
        response["ServiceConfig"].as_object_mut().unwrap().shift_remove("VpcId");
        leaves("", &unwrapped(response), &mut described);
    }
    let missing: Vec<_> = described.difference(&written).collect();
    assert!(missing.is_empty(), "described and never written: {missing:?}");
}

/// Lists as they are sent.
fn unwrapped(mut response: Value) -> Value {
    for (list, item) in LISTS {
        if let Some(wrapped) = response.get_mut(list) {
            *wrapped = wrapped[item].take();
        }
    }
    if let Some(headers) = response.pointer_mut("/ServiceConfig/MockHeaders") {
        *headers = headers["MockHeader"].take();
    }
    response
}

fn leaves(place: &str, value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| leaves(&format!("{place}.{name}"), value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| leaves(place, item, found)),
        _ => drop(found.insert(place.to_owned())),
    }
}

/// Texts as they are, all else as JSON.
fn sent(definition: &Map<String, Value>) -> Vec<(String, String)> {
    let value = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    definition.iter().map(|(name, given)| (name.clone(), value(given))).collect()
}

/// Every member that was written, and that the answer is described to have, is there with its value.
fn same(action: &str, definition: &Map<String, Value>, shown: &Value) {
    let described = unwrapped(Operations::get().response(action).clone());
    contains(action, &described, &Value::Object(definition.clone()), &unwrapped(shown.clone()));
}

fn contains(place: &str, described: &Value, written: &Value, read: &Value) {
    match (written, read) {
        (Value::Object(members), Value::Object(_)) => {
            for (name, written) in members.iter().filter(|(name, _)| described.get(name).is_some()) {
                contains(&format!("{place}.{name}"), &described[name], written, &read[name]);
            }
        }
        (Value::Array(items), Value::Array(others)) => {
            assert_eq!(items.len(), others.len(), "{place}: {written} is {read}");
            let pairs = items.iter().zip(others);
            pairs.for_each(|(written, read)| contains(place, &described[0], written, read));
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
    (prop_oneof![http(), mock(), vpc()], proptest::option::of(others())).prop_map(|(mut kind, others)| {
        // What is of other kinds is kept beside.
        kind.as_object_mut().unwrap().extend(others.unwrap_or_default());
        kind
    })
}

fn vpc() -> impl Strategy<Value = Value> {
    let place = |scheme: Option<&str>| {
        let mut place = json!({ "Name": "access_1", "VpcId": "vpc-1", "InstanceId": "i-1", "Port": 8080 });
        if let Some(scheme) = scheme {
            place["VpcScheme"] = json!(scheme);
        }
        place
    };
    let schemes = prop_oneof![Just(None), Just(Some("HTTP")), Just(Some("HTTPS"))];
    (schemes.prop_map(place), word(&["/", "/p/[pet]"]), some((1..30_000).prop_map(Value::from))).prop_map(
        |(place, path, timeout)| {
            Value::Object(object([
                ("ServiceVpcEnable", Some(json!("TRUE"))),
                ("VpcConfig", Some(place)),
                ("ServicePath", Some(path)),
                ("ServiceTimeout", timeout),
            ]))
        },
    )
}

fn others() -> impl Strategy<Value = Map<String, Value>> {
    (words(), any::<bool>()).prop_map(|(text, flag)| {
        let names = |names: &[&str]| -> Map<String, Value> {
            names.iter().map(|name| ((*name).to_owned(), text.clone())).collect()
        };
        let mut function = names(&[
            "ContentTypeCatagory",
            "ContentTypeValue",
            "FcBaseUrl",
            "FcType",
            "FcVersion",
            "FunctionName",
            "Method",
            "Path",
            "Qualifier",
            "RegionId",
            "RoleArn",
            "ServiceName",
            "TriggerName",
        ]);
        function.insert("OnlyBusinessPath".to_owned(), json!(flag));
        let bus = names(&["EventBridgeRegionId", "EventBus", "EventSource", "RoleArn"]);
        let bucket = names(&["Action", "BucketName", "Key", "OssRegionId"]);
        object([
            ("FunctionComputeConfig", Some(function.into())),
            ("EventBridgeConfig", Some(bus.into())),
            ("OssConfig", Some(bucket.into())),
        ])
    })
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
    let flag = Just(object([("ParameterType", Some(json!("Boolean")))]));
    let rules = prop_oneof![text_rules, number_rules, array, flag];
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
    let sample = (words(), some(words()), some(words()), some(words())).prop_map(
        |(code, message, model, description)| {
            Value::Object(object([
                ("Code", Some(code)),
                ("Message", message),
                ("Model", model),
                ("Description", description),
            ]))
        },
    );
    let open_id = (words(), some(words()), some(words())).prop_map(|(id, key, name)| {
        Value::Object(object([
            ("OpenIdApiType", Some(json!("IDTOKEN"))),
            ("PublicKeyId", Some(id)),
            ("PublicKey", key),
            ("IdTokenParamName", name),
        ]))
    });
    let result = (words(), any::<bool>()).prop_map(|(text, flag)| {
        json!({
            "Description": text, "HasChild": flag, "Id": text, "Key": text, "Mandatory": flag, "Name": text,
            "Pid": text, "Type": "String",
        })
    });
    (
        some(word(&["JSON", "TEXT", "BINARY", "XML", "HTML", "PASSTHROUGH"])),
        some(words()),
        some(words()),
        some(words()),
        some(proptest::collection::vec(sample, 0..3).prop_map(Value::from)),
        some(open_id),
        some(proptest::collection::vec(result, 0..3).prop_map(Value::from)),
    )
        .prop_map(|(kind, sample, failure, model, errors, open_id, results)| {
            object([
                ("ResultType", kind),
                ("ResultSample", sample),
                ("FailResultSample", failure),
                ("ResultBodyModel", model),
                ("ErrorCodeSamples", errors),
                ("OpenIdConnectConfig", open_id),
                ("ResultDescriptions", results),
            ])
        })
}

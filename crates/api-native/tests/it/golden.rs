//! The OpenAPI document is a contract, and says the truth about the routes.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::World;

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");

#[test]
fn the_document_is_as_it_was_reviewed() {
    let mut text = serde_json::to_string_pretty(&paifang_api_native::document()).unwrap();
    text.push('\n');
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(GOLDEN, &text).unwrap();
    }
    let golden = std::fs::read_to_string(GOLDEN).unwrap_or_default();
    let differs = text.lines().zip(golden.lines()).position(|(now, was)| now != was);
    let same = text == golden;
    assert!(same, "openapi.json differs from line {differs:?} on; UPDATE_GOLDEN=1 writes it anew");
}

#[tokio::test]
async fn the_document_is_served_to_anybody() {
    let world = World::new().await;
    let served = world.nobody().get("/openapi.json").await;
    assert_eq!(served.status, StatusCode::OK);
    assert_eq!(served.body, serde_json::to_value(paifang_api_native::document()).unwrap());
    assert_eq!(served.body["openapi"], "3.1.0");
}

#[tokio::test]
async fn every_operation_is_served_and_asks_who_calls() {
    let world = World::new().await;
    for (method, path) in operations() {
        let path = path.strip_prefix("/api/v1").unwrap();
        let nobody = world.nobody().send(method.clone(), path, Some(json!({}))).await;
        let kind = nobody.text("/type");
        match (method.as_str(), path) {
            ("POST", "/session") => assert_eq!(kind, "urn:paifang:problem:invalid"),
            // For anybody; and here nobody has made one.
            ("GET", "/ca.pem") => assert_eq!(kind, "urn:paifang:problem:not-found"),
            _ => assert_eq!(kind, "urn:paifang:problem:unauthenticated", "{method} {path}"),
        }
        let owner = world.owner().send(method.clone(), path, Some(json!({}))).await;
        let kind = owner.body["type"].as_str().unwrap_or_default();
        let missing = kind.ends_with("no-such-route") || owner.status == StatusCode::METHOD_NOT_ALLOWED;
        assert!(!missing && !owner.status.is_server_error(), "{method} {path}: {}", owner.shown());
    }
}

#[test]
fn operations_have_names_of_their_own_and_say_how_they_fail() {
    let document = serde_json::to_value(paifang_api_native::document()).unwrap();
    let mut seen = std::collections::HashSet::new();
    for item in document["paths"].as_object().unwrap().values() {
        for operation in item.as_object().unwrap().values().filter(|operation| operation.is_object()) {
            let name = operation["operationId"].as_str().unwrap().to_owned();
            assert!(operation["summary"].is_string(), "{name} has no summary");
            let problem = &operation["responses"]["default"]["content"]["application/problem+json"];
            assert_eq!(problem["schema"]["$ref"], "#/components/schemas/Problem", "{name}");
            let responses = operation["responses"].as_object().unwrap().values();
            assert!(responses.into_iter().all(|response| response["description"] != ""), "{name}");
            assert!(seen.insert(name.clone()), "{name} is there twice");
        }
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let document = serde_json::to_value(paifang_api_native::document()).unwrap();
    let mut references = Vec::new();
    collect(&document, &mut references);
    assert!(!references.is_empty());
    for reference in references {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

/// The schemas that are parts of no other allow what an API is sent as.
#[test]
fn backends_are_as_their_schema_says() {
    let mut document = serde_json::to_value(paifang_api_native::document()).unwrap();
    document["$ref"] = json!("#/components/schemas/Backend");
    let schema = jsonschema::validator_for(&document).unwrap();
    let http = json!({ "kind": "http", "to": { "kind": "address", "url": "http://10.0.0.1" } });
    assert!(schema.is_valid(&http) && schema.is_valid(&json!({ "kind": "mock", "body": "hello" })));
    let mut unknown = http;
    unknown["timeout"] = json!(5);
    assert!(!schema.is_valid(&unknown) && !schema.is_valid(&json!({ "kind": "mock", "url": "" })));
}

fn collect(value: &Value, references: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            references.extend(members.get("$ref").and_then(Value::as_str).map(str::to_owned));
            members.values().for_each(|member| collect(member, references));
        }
        Value::Array(elements) => elements.iter().for_each(|element| collect(element, references)),
        _ => {}
    }
}

/// Every method and path, with ids of nothing in the places.
fn operations() -> Vec<(Method, String)> {
    let document = serde_json::to_value(paifang_api_native::document()).unwrap();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let mut filled = path.replace("{number}", "1").replace("{host}", "nowhere.example.com");
        while let (Some(start), Some(end)) = (filled.find('{'), filled.find('}')) {
            filled.replace_range(start..=end, &"0".repeat(32));
        }
        for method in item.as_object().unwrap().keys() {
            operations.push((method.to_uppercase().parse().unwrap(), filled.clone()));
        }
    }
    assert!(operations.len() > 70, "{} operations", operations.len());
    operations
}

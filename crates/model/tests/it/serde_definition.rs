//! A definition as JSON: every field, the defaults of those left out, and no field that is not known.

use insta::{assert_json_snapshot, assert_snapshot};
use paifang_model::{Definition, Dialect};
use serde_json::{Value, json};

use crate::documents::schema_1;

fn of(document: &str) -> Value {
    let documents = schema_1();
    let (_, api) = documents.iter().find(|(name, _)| name == document).unwrap();
    api["definition"].clone()
}

#[test]
fn a_full_definition() {
    let full: Definition = serde_json::from_value(of("api")).unwrap();
    assert_eq!(full.check(Dialect::Alibaba), Ok(()));
    assert_eq!(serde_json::to_value(&full).unwrap(), of("api"), "nothing added, nothing lost");
    assert_json_snapshot!("full", full);
}

#[test]
fn what_is_left_out_has_a_default() {
    let least: Definition = serde_json::from_value(of("api.through_access")).unwrap();
    assert_json_snapshot!("least", least);
    let mock: Definition = serde_json::from_value(of("version")).unwrap();
    assert_json_snapshot!("least_mock", mock);
}

/// The error for the full definition with one more field in the object at a pointer.
fn with_surprise(mut definition: Value, pointer: &str) -> String {
    definition.pointer_mut(pointer).unwrap()["surprise"] = json!(1);
    match serde_json::from_value::<Definition>(definition) {
        Ok(_) => format!("{pointer}: accepted"),
        Err(error) => format!("{pointer}: {error}"),
    }
}

#[test]
fn unknown_fields_are_refused_wherever_they_stand() {
    let everywhere = [
        "",
        "/request",
        "/auth",
        "/parameters/0",
        "/backend",
        "/backend/to",
        "/backend/retries",
        "/backend/content_type",
        "/backend_parameters/0",
        "/backend_parameters/0/origin",
        "/backend_parameters/1/origin",
        "/backend_parameters/2/origin",
        "/response",
    ];
    let mut told: Vec<String> = everywhere.map(|pointer| with_surprise(of("api"), pointer)).into();
    told.push(with_surprise(of("api.through_access"), "/backend/to"));
    told.extend(
        ["/backend/to", "/backend/retries", "/backend/content_type"]
            .map(|p| with_surprise(of("api.to_channel"), p)),
    );
    told.extend(["/auth", "/backend", "/backend/headers/0"].map(|p| with_surprise(of("api.mock"), p)));
    assert_snapshot!(told.join("\n"), @r"
    : unknown field `surprise`, expected one of `name`, `description`, `visibility`, `request`, `auth`, `parameters`, `backend`, `backend_parameters`, `backend_policies`, `response`, `tags`, `extra`
    /request: unknown field `surprise`, expected one of `protocols`, `method`, `path`, `match_mode`, `mode`, `body_format`, `cors`, `intranet_only`
    /auth: unknown field `surprise`, expected one of `app_code`, `signature_methods`, `nonce_required`
    /parameters/0: unknown field `surprise`, expected one of `name`, `location`, `type`, `item_type`, `required`, `default`, `minimum`, `maximum`, `min_length`, `max_length`, `pattern`, `json_schema`, `enumeration`, `validate`, `pass_through`, `description`, `example`
    /backend: unknown field `surprise`, expected one of `to`, `path`, `method`, `timeout_ms`, `retries`, `protocol`, `content_type`, `host`, `verify_certificate`
    /backend/to: unknown field `surprise`, expected `url`
    /backend/retries: unknown field `surprise`, expected `times`
    /backend/content_type: unknown field `surprise`, expected `value`
    /backend_parameters/0: unknown field `surprise`, expected one of `name`, `location`, `origin`, `description`
    /backend_parameters/0/origin: unknown field `surprise`, expected `name`
    /backend_parameters/1/origin: unknown field `surprise`, expected `value`
    /backend_parameters/2/origin: unknown field `surprise`, expected `name`
    /response: unknown field `surprise`, expected one of `content_type`, `sample`, `failure_sample`
    /backend/to: unknown field `surprise`, expected `access` or `scheme`
    /backend/to: unknown field `surprise`, expected `channel` or `scheme`
    /backend/retries: unknown field `surprise`, there are no fields
    /backend/content_type: unknown field `surprise`, there are no fields
    /auth: unknown field `surprise`, there are no fields
    /backend: unknown field `surprise`, expected one of `status`, `headers`, `body`
    /backend/headers/0: unknown field `surprise`, expected `name` or `value`
    ");
}

#[test]
fn extra_fields_are_kept_as_they_were_given() {
    let mut given = of("api");
    given["extra"] = json!({ "z": null, "a": { "deep": [1, 2.5, "x"] } });
    let read: Definition = serde_json::from_value(given.clone()).unwrap();
    assert_eq!(serde_json::to_string(&read.extra).unwrap(), given["extra"].to_string());
}

#[test]
fn a_wrong_path_is_named_while_reading() {
    let mut wrong = of("api");
    wrong["request"]["path"] = json!("/a{x}");
    assert_snapshot!(serde_json::from_value::<Definition>(wrong).unwrap_err(), @"in the path segment `a{x}` a parameter must be the whole segment");
}

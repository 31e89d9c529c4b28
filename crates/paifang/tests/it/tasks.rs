//! A thousand items at once, and a process that is killed in the middle.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::gateway::{Gateway, place};
use crate::rest::mock;

const ITEMS: usize = 1_000;

#[test]
fn a_thousand_apis_are_published_once_across_a_kill() {
    let place = place();
    let mut gateway = Gateway::start(&place);
    let task = deploy_many(&gateway, ITEMS);
    gateway.wait_for("some that are done", |gateway| count(gateway, &task, "done").filter(|done| *done > 0));
    gateway.signal("KILL");
    assert!(!gateway.ended().success());

    let mut gateway = Gateway::start(&place);
    let waiting = count(&gateway, &task, "waiting").unwrap();
    assert!(waiting > 0, "it was killed after the end");
    gateway.wait_for("the end of the task", |gateway| {
        (gateway.done("GET", &task, &Value::Null)["state"] == "done").then_some(())
    });
    assert_eq!(count(&gateway, &task, "done"), Some(ITEMS));
    assert_eq!(numbers_in_the_trail(&gateway), (0..ITEMS as u64).collect::<Vec<_>>());
    let newest = newest_revision(&gateway, &task);
    gateway.wait_until_served(newest);
    for number in 0..ITEMS {
        let answer = gateway.call("many.example.com", &format!("/hello/{number}"));
        assert_eq!(answer.body, "many", "{number}");
    }
    gateway.stop();
}

/// Makes a task that deploys so many new APIs, and returns its path.
pub(crate) fn deploy_many(gateway: &Gateway, number: usize) -> String {
    let apis = drafts(gateway, number);
    let stages = gateway.done("GET", "/stages?dialect=alibaba", &Value::Null);
    let release =
        stages["items"].as_array().unwrap().iter().find(|stage| stage["name"] == "RELEASE").unwrap();
    let items: Vec<_> = apis.iter().map(|api| json!({ "api": api, "stage": release["id"] })).collect();
    let made = gateway.done("POST", "/tasks", &json!({ "kind": "deploy_apis", "items": items }));
    format!("/tasks/{}", made["id"].as_str().unwrap())
}

/// The drafts of all APIs, by their ids.
fn drafts(gateway: &Gateway, number: usize) -> Vec<String> {
    let group = gateway.done("POST", "/groups", &json!({ "dialect": "alibaba", "name": "many_apis" }));
    let group = group["id"].as_str().unwrap();
    gateway.done("POST", &format!("/groups/{group}/domains"), &json!({ "host": "many.example.com" }));
    let draft = |number| {
        let definition = json!({
            "name": format!("hello_{number}"),
            "request": { "method": "GET", "path": format!("/hello/{number}") },
            "auth": { "kind": "none" },
            "backend": mock("many"),
        });
        gateway.done("POST", &format!("/groups/{group}/apis"), &definition)["id"].as_str().unwrap().to_owned()
    };
    (0..number).map(draft).collect()
}

pub(crate) fn count(gateway: &Gateway, task: &str, state: &str) -> Option<usize> {
    let count = gateway.done("GET", task, &Value::Null)["counts"][state].as_u64()?;
    usize::try_from(count).ok()
}

/// Which items have a line in the audit trail, in their order; an item that had two would be there twice.
pub(crate) fn numbers_in_the_trail(gateway: &Gateway) -> Vec<u64> {
    let lines = all(gateway, "/audit?action=api:deploy&limit=500");
    let mut numbers: Vec<_> = lines.iter().map(|line| line["detail"]["item"].as_u64().unwrap()).collect();
    numbers.sort_unstable();
    numbers
}

/// The newest revision of the changes; each item made one of its own.
fn newest_revision(gateway: &Gateway, task: &str) -> u64 {
    let items = all(gateway, &format!("{task}/items?limit=500"));
    let revisions: HashSet<_> = items.iter().map(|item| item["revision"].as_u64().unwrap()).collect();
    assert_eq!(revisions.len(), ITEMS);
    revisions.into_iter().max().unwrap()
}

/// Every page of a list.
fn all(gateway: &Gateway, path: &str) -> Vec<Value> {
    let (mut items, mut next) = (Vec::new(), String::new());
    loop {
        let mut page = gateway.done("GET", &format!("{path}{next}"), &Value::Null);
        items.extend(page["items"].take().as_array().unwrap().clone());
        match page["next"].as_str() {
            Some(cursor) => next = format!("&cursor={cursor}"),
            None => return items,
        }
    }
}

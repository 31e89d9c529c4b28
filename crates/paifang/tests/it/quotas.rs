//! A limit that somebody changes is met by the next call, without a restart.

use serde_json::{Value, json};

use crate::gateway::{Gateway, place};
use crate::http::Call;
use crate::rest::mock;

impl Gateway {
    /// Changes a number, and waits until it is served.
    fn limit(&self, name: &str, value: u64) {
        let set = self.done("PUT", &format!("/quotas/{name}"), &json!({ "value": value }));
        self.everywhere(set["source"]["revision"].as_u64().unwrap());
    }

    fn everywhere(&self, revision: u64) {
        let read = self.done("GET", &format!("/revisions/{revision}?wait=30s"), &Value::Null);
        assert_eq!(read["live"]["sentence"], "live on 1 of 1", "{read}");
    }
}

#[test]
fn a_changed_limit_is_met_by_the_next_call() {
    let place = place();
    let gateway = Gateway::start(&place);
    gateway.publish("limits.example.com", &mock("fine"));
    let sent = |bytes: usize| {
        let call = Call::new("GET", "/hello", &"x".repeat(bytes));
        call.header("Host", "limits.example.com").header("Content-Type", "text/plain").send(gateway.http)
    };
    assert_eq!(sent(200).status, 200);
    gateway.limit("alibaba.request_body", 100);
    assert_eq!(sent(200).status, 413);
    assert_eq!(sent(100).status, 200);
    // The other dialect's number is none of its business.
    gateway.limit("huawei.request_body", 10);
    assert_eq!(sent(100).status, 200);

    let long = format!("/hello?x={}", "y".repeat(400));
    assert_eq!(gateway.call("limits.example.com", &long).status, 200);
    gateway.limit("alibaba.request_target", 300);
    assert_eq!(gateway.call("limits.example.com", &long).status, 413);

    gateway.limit("alibaba.api_calls_per_second", 1);
    let statuses: Vec<u16> = (0..20).map(|_| gateway.call("limits.example.com", "/hello").status).collect();
    assert!(statuses.contains(&429), "{statuses:?}");
    gateway.done("DELETE", "/quotas/alibaba.api_calls_per_second", &Value::Null);
    let body = gateway.done("DELETE", "/quotas/alibaba.request_body", &Value::Null);
    assert_eq!(body["source"], json!({ "kind": "profile", "profile": "own" }));
    gateway.everywhere(gateway.done("GET", "/status", &Value::Null)["committed_revision"].as_u64().unwrap());
    assert_eq!(sent(200).status, 200);

    // What is changed stays changed.
    gateway.stop();
    let gateway = Gateway::start(&place);
    assert_eq!(gateway.call("limits.example.com", &long).status, 413);
    gateway.stop();
}

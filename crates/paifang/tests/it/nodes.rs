//! Publish with proof: the answer of a deployment says on how many nodes it is live.

use serde_json::{Value, json};

use crate::gateway::{Gateway, place};
use crate::rest::mock;

#[test]
fn a_deployment_that_waits_is_live_when_the_answer_arrives() {
    let place = place();
    let gateway = Gateway::start(&place);
    let api = gateway.publish("proof.example.com", &mock("one"));
    let mut draft = gateway.done("GET", &format!("/apis/{api}"), &Value::Null)["definition"].take();
    for body in ["two", "three", "four"] {
        draft["backend"] = mock(body);
        gateway.done("PUT", &format!("/apis/{api}"), &draft);
        let deployed = gateway.done("PUT", &format!("/apis/{api}/deployments/RELEASE?wait=30s"), &json!({}));
        // Nothing waits here: the answer is the proof.
        assert_eq!(gateway.call("proof.example.com", "/hello").body, body);
        assert_eq!(deployed["live"]["sentence"], "live on 1 of 1", "{deployed}");
        let revision = deployed["revision"].as_u64().unwrap();
        assert!(deployed["live"]["nodes"][0]["served_revision"].as_u64().unwrap() >= revision);
        let read = gateway.done("GET", &format!("/revisions/{revision}"), &Value::Null);
        assert_eq!(read["live"]["serving"], 1);
    }
    let offline = gateway.done("DELETE", &format!("/apis/{api}/deployments/RELEASE?wait=30s"), &Value::Null);
    assert_eq!(offline["live"]["sentence"], "live on 1 of 1");
    assert_eq!(gateway.call("proof.example.com", "/hello").status, 404);
    let switch = format!("/apis/{api}/deployments/RELEASE/switch?wait=30s");
    let switched = gateway.done("POST", &switch, &json!({ "version": 2 }));
    assert_eq!(switched["live"]["sentence"], "live on 1 of 1");
    assert_eq!(gateway.call("proof.example.com", "/hello").body, "two");
    gateway.stop();
}

#[test]
fn a_node_keeps_its_id_and_says_where_it_is() {
    let place = place();
    let gateway = Gateway::start(&place);
    let nodes = gateway.done("GET", "/nodes", &Value::Null)["items"].take();
    let [node] = &nodes.as_array().unwrap()[..] else { panic!("{nodes}") };
    assert_eq!(node["http"], gateway.http.to_string());
    assert_eq!(node["management"], gateway.management.to_string());
    assert_eq!((&node["state"], &node["live"]), (&json!("serving"), &json!(true)));
    let id = node["id"].as_str().unwrap().to_owned();
    gateway.stop();

    let gateway = Gateway::start(&place);
    let nodes = gateway.done("GET", "/nodes", &Value::Null)["items"].take();
    assert_eq!(nodes.as_array().unwrap().len(), 1, "{nodes}");
    assert_eq!(nodes[0]["id"], id.as_str());
    gateway.stop();
}

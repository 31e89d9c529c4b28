//! `paifang explain`: which API a call reaches, and what decides it.

use crate::command::{complained, paifang, printed};
use crate::gateway::{Gateway, place};
use crate::rest::mock;

#[test]
fn tells_the_way_of_a_call() {
    let place = place();
    let gateway = Gateway::start(&place);
    gateway.publish("explained.example.com", &mock("because"));
    let told = printed(&mut explain(&gateway, &["http://explained.example.com/hello?why=1"]));
    for part in [
        "GET http://explained.example.com/hello?why=1\nleads to the group `group_explained_example_com`",
        "API `hello_world` version 1 in stage RELEASE",
        "nobody is asked who calls",
        "answered 200 in",
        "\n\nbecause\n",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let told = printed(&mut explain(&gateway, &["http://explained.example.com/elsewhere"]));
    assert!(told.contains("answered 404 in"), "{told}");
    let told = printed(&mut explain(&gateway, &["--draft", "http://explained.example.com/hello"]));
    assert!(told.contains("answered 200 in"), "{told}");
    gateway.stop();
}

#[test]
fn says_what_cannot_be_explained() {
    let place = place();
    let gateway = Gateway::start(&place);
    gateway.publish("explained.example.com", &mock("because"));
    for (arguments, expected) in [
        (vec!["http://elsewhere.example.com/hello"], "the host `elsewhere.example.com` leads to no group"),
        (vec!["--stage", "NOWHERE", "http://explained.example.com/hello"], "NOWHERE"),
        (vec!["--app", "nobody", "http://explained.example.com/hello"], "there is no app `nobody`"),
        (vec!["--access-key", "x", "http://h/"], "the access key has no secret"),
        (vec!["--access-key", "x", "--access-secret", "y", "http://h/"], "the access key `x` is not known"),
    ] {
        let complaint = complained(&mut explain(&gateway, &arguments));
        assert!(complaint.contains(expected), "{arguments:?}: {complaint}");
    }
    let data = gateway.data.clone();
    gateway.stop();
    let complaint = complained(paifang(&["explain", "http://h/"]).arg("--data-dir").arg(data));
    assert!(complaint.contains("no gateway runs on"), "{complaint}");
}

fn explain(gateway: &Gateway, arguments: &[&str]) -> std::process::Command {
    let mut command = paifang(&["explain"]);
    command.arg("--data-dir").arg(&gateway.data).args(arguments);
    command
}

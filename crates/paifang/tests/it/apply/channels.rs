//! Channels in files: all of a channel changes as its file does, and calls follow.

use std::net::{SocketAddr, TcpListener};

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::{Files, done, run};
use crate::backend::Backend;
use crate::gateway::{Gateway, place};

const HOST: &str = "pool.example.com";

/// An API before the channel of this name.
fn start(files: &Files, channel: &str) {
    files.write(
        "group.yaml",
        &format!("kind: group\ndialect: huawei\nname: pets\n---\nkind: domain\ngroup: pets\nhost: {HOST}\n"),
    );
    files.write("api.yaml", &format!(
        "kind: api\ngroup: pets\nname: get_pets\nrequest: {{ method: GET, path: /pets }}\nauth: {{ kind: none }}\n\
         backend: {{ kind: http, to: {{ kind: channel, channel: {channel} }} }}\nstages: [RELEASE]\n"
    ));
}

/// What a channel is after its file was applied and nothing differs; and what was said.
fn applied(gateway: &Gateway, files: &Files, text: &str) -> (Value, String) {
    files.write("channel.yaml", text);
    let told = done(gateway, "apply", &files.path(), &["--wait"]);
    let compared = run(gateway, "diff", &files.path(), &["--prune"]);
    assert_eq!((compared.code, compared.out.as_str()), (0, "nothing differs\n"), "{compared:?}");
    let mut channels = gateway.done("GET", "/channels", &Value::Null);
    (channels["items"][0].take(), told)
}

/// The answer to a call that this backend gets.
fn answered(gateway: &Gateway, backend: Backend) -> String {
    std::thread::scope(|scope| {
        scope.spawn(move || backend.accept().answer("here"));
        gateway.call(HOST, "/pets").body
    })
}

fn port(address: SocketAddr) -> u16 {
    address.port()
}

#[test]
fn members_groups_health_and_balance_change_with_the_file() {
    let place = place();
    let gateway = Gateway::start(&place);
    let files = Files::new();
    let (old, new, side) = (Backend::start(), Backend::start(), TcpListener::bind("127.0.0.1:0").unwrap());
    let (first, second) = (port(old.address()), port(new.address()));
    start(&files, "pool");
    let before = format!(
        "kind: channel\nname: pool\nport: {first}\ngroups: [{{ name: red }}]\nmembers: [{{ host: 127.0.0.1, group: red }}]\n"
    );
    let (channel, _) = applied(&gateway, &files, &before);
    assert_eq!(
        (&channel["balance"], channel["members"].as_array().unwrap().len()),
        (&json!("weighted_round_robin"), 1)
    );
    assert_eq!(answered(&gateway, old), "here");

    let side = port(side.local_addr().unwrap());
    let after = format!(
        "kind: channel\nname: pool\nport: {second}\nbalance: uri_hash\nhost: inside.example.com\n\
         groups: [{{ name: blue, weight: 70 }}, {{ name: green, remark: spare }}]\n\
         members:\n- {{ host: 127.0.0.1, group: blue, weight: 5 }}\n\
         - {{ host: 127.0.0.1, port: {first}, group: green, enabled: false, backup: true }}\n\
         health: {{ protocol: tcp, port: {side}, unhealthy_after: 1, interval_s: 300 }}\n"
    );
    let (channel, told) = applied(&gateway, &files, &after);
    let shown = [(first, "FIRST"), (second, "SECOND"), (side, "SIDE")];
    let told = shown.iter().fold(told, |told, (port, name)| told.replace(&port.to_string(), name));
    assert_snapshot!(told, @r#"
    ~ channel pool
        /balance: "weighted_round_robin" → "uri_hash"
        /groups/0/name: "red" → "blue"
        /groups/0/weight: nothing → 70
        /groups/1: nothing → {"name":"green","remark":"spare"}
        /health: null → {"enabled":true,"protocol":"tcp","method":"GET","port":SIDE,"healthy_after":2,"unhealthy_after":1,"timeout_s":5,"interv…
        /host: null → "inside.example.com"
        /members/0/group: "red" → "blue"
        /members/0/weight: 1 → 5
        /members/1: nothing → {"host":"127.0.0.1","port":FIRST,"weight":1,"enabled":false,"backup":true,"group":"green"}
        /port: FIRST → SECOND
    0 to create, 1 to change, 0 to deploy, 0 to delete or take offline
    done
    live on 1 of 1
    "#);
    assert_eq!(
        (&channel["groups"][0]["weight"], &channel["groups"][1]["remark"]),
        (&json!(70), &json!("spare"))
    );
    assert_eq!(
        (&channel["members"][0]["weight"], &channel["members"][1]["enabled"]),
        (&json!(5), &json!(false))
    );
    assert_eq!((&channel["health"]["port"], &channel["health"]["interval_s"]), (&json!(side), &json!(300)));
    assert_eq!(answered(&gateway, new), "here");

    // Of what a file says no more, the usual holds again.
    let (channel, _) = applied(
        &gateway,
        &files,
        &format!("kind: channel\nname: pool\nport: {first}\nmembers: [{{ host: 127.0.0.2 }}]\n"),
    );
    assert_eq!(
        (&channel["health"], &channel["groups"], &channel["host"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    assert_eq!(channel["balance"], "weighted_round_robin");
    gateway.stop();
}

#[test]
fn a_load_balancer_is_made_and_stays_where_it_is() {
    let place = place();
    let gateway = Gateway::start(&place);
    let files = Files::new();
    let balancer = Backend::start();
    start(&files, "edge");
    let port = port(balancer.address());
    let text = |port: u16, more: &str| {
        format!(
            "kind: channel\nname: edge\nchannel_kind: load_balancer\nport: {port}\nmembers: [{{ host: 127.0.0.1 }}]\n{more}"
        )
    };
    let (channel, _) = applied(&gateway, &files, &text(port, ""));
    assert_eq!(channel["kind"], "load_balancer");
    assert_eq!(answered(&gateway, balancer), "here");
    let (channel, _) = applied(&gateway, &files, &text(port, "host: inside.example.com\n"));
    assert_eq!(channel["host"], "inside.example.com");

    let exported = Files::new();
    done(&gateway, "export", &exported.path(), &[]);
    let compared = run(&gateway, "diff", &exported.path(), &[]);
    assert_eq!((compared.code, compared.out.as_str()), (0, "nothing differs\n"), "{compared:?}");

    files.write("channel.yaml", &text(port, "").replace("127.0.0.1", "127.0.0.2"));
    let moved = run(&gateway, "apply", &files.path(), &[]);
    assert!(moved.code != 0 && moved.err.contains("balancer"), "{moved:?}");
    files.write("channel.yaml", &text(port, "").replace("channel_kind: load_balancer\n", ""));
    let turned = run(&gateway, "apply", &files.path(), &[]);
    assert!(turned.err.contains("never changed"), "{turned:?}");
    gateway.stop();
}

//! IP control (spec: aliyun/plugins.md §3.2). Calls come from 127.0.0.1.

use paifang_model::PolicyKind;
use paifang_proxy::exchange::ClientScheme;
use paifang_proxy::{Explained, Trial};
use paifang_testkit::{TestGateway, api};
use paifang_wire::{Head, Method};
use serde_json::{Value, json};

use super::scene;

const KEPT_OUT: &str = "403 A403IP Access denied by IP Control Policy";

async fn pets(data: Value) -> TestGateway {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets"));
    scene.policy(pets, PolicyKind::AddressList, data);
    scene.start().await
}

/// The data as one writes it in the vendor's console.
#[tokio::test]
async fn sources_are_let_in_or_kept_out() {
    for (kind, blocks, admitted) in [
        ("ALLOW", r#"["79.11.12.2", "127.0.0.0/8"]"#, true),
        ("ALLOW", r#"["79.11.12.2", "10.0.0.0/8"]"#, false),
        ("REFUSE", r#"["127.0.0.1"]"#, false),
        ("REFUSE", r#"["79.11.12.2", "10.0.0.0/8"]"#, true),
    ] {
        let data = format!("type: {kind}\nitems:\n  - blocks: [\"192.0.2.7\"]\n  - blocks: {blocks}\n");
        let answer = pets(json!(data)).await.get("/pets").send().await;
        let expected = if admitted { "200" } else { KEPT_OUT };
        assert!(answer.verdict().starts_with(expected), "{data}: {}", answer.verdict());
    }
}

/// What a proxy before the gateway writes; who does not come through it is where it seems to be.
#[tokio::test]
async fn an_element_of_x_forwarded_for_is_looked_at() {
    let data = |index: i8| json!({ "type": "ALLOW", "resource": format!("XFF:{index}"), "items": [{ "blocks": ["9.9.9.9", "2001:db8::/32"] }] });
    let last = pets(data(-1)).await;
    for (header, admitted) in [
        ("1.1.1.1, 9.9.9.9", true),
        ("9.9.9.9, 1.1.1.1", false),
        ("9.9.9.9:4711", true),
        ("2001:db8::1", true),
        ("[2001:db8::1]:4711", true),
        ("[2001:db8::1]", true),
        ("::ffff:9.9.9.9", true),
        ("9.9.9.9 or so", false),
        ("", false),
    ] {
        let answer = last.get("/pets").header("x-forwarded-for", header).send().await;
        assert_eq!(answer.status == 200, admitted, "{header}: {}", answer.verdict());
    }
    assert_eq!(last.get("/pets").send().await.verdict(), KEPT_OUT, "127.0.0.1 is not listed");
    let first = pets(data(0)).await;
    let call = first.get("/pets").header("x-forwarded-for", "9.9.9.9, 1.1.1.1");
    assert_eq!(call.send().await.status, 200);
    // Who hides where it comes from is not let past a list of those to keep out.
    let refusing = json!({ "type": "REFUSE", "resource": "XFF:-1", "items": [{ "blocks": ["9.9.9.9"] }] });
    let refusing = pets(refusing).await;
    for (header, status) in [("9.9.9.9", 403), ("1.1.1.1", 200), ("unknown", 403)] {
        assert_eq!(refusing.get("/pets").header("x-forwarded-for", header).send().await.status, status);
    }
}

/// What a client writes there is no text at all, and the proxy adds from whom it had the call.
#[tokio::test]
async fn bytes_that_are_no_text_hide_no_element() {
    let data =
        |kind: &str| json!({ "type": kind, "resource": "XFF:-1", "items": [{ "blocks": ["9.9.9.9"] }] });
    let (refusing, admitting) = (pets(data("REFUSE")).await, pets(data("ALLOW")).await);
    for (values, refused, admitted) in [
        (&[&b"\xff, 9.9.9.9"[..]][..], 403, 200),
        (&[b"\xff, 1.1.1.1"], 200, 403),
        (&[b"\xff", b"9.9.9.9"], 403, 200),
        (&[b"9.9.9.9", b"\xff"], 403, 403),
        (&[b"9.9.9.9\xff"], 403, 403),
        (&[b"\xff"], 403, 403),
    ] {
        for (gateway, status) in [(&refusing, refused), (&admitting, admitted)] {
            let mut call = gateway.get("/pets");
            for value in values {
                let value = http::HeaderValue::from_bytes(value).unwrap();
                call.headers.append("x-forwarded-for", value);
            }
            let answer = call.send().await;
            assert_eq!(answer.status, status, "{values:?}: {}", answer.verdict());
        }
    }
}

#[tokio::test]
async fn an_item_may_be_for_a_single_app() {
    for (kind, block, [one_in, other_in]) in [
        ("ALLOW", "127.0.0.1", [true, false]),
        ("ALLOW", "10.0.0.0/8", [false, false]),
        ("REFUSE", "127.0.0.1", [false, true]),
        ("REFUSE", "10.0.0.0/8", [true, true]),
    ] {
        let mut scene = scene();
        let pets = scene.publish(api::get("/pets").for_apps());
        let (one, other) = (scene.app("one"), scene.app("other"));
        for app in [&one, &other] {
            scene.grant(app, pets);
        }
        let item = json!({ "blocks": [block], "appId": scene.number_of(&one) });
        let data = json!({ "type": kind, "items": [item, { "blocks": ["192.0.2.1"] }] });
        scene.policy(pets, PolicyKind::AddressList, data);
        let gateway = scene.start().await;
        for (app, admitted) in [(&one, one_in), (&other, other_in)] {
            let answer = app.sign_ca(gateway.get("/pets")).send().await;
            let expected = if admitted { "200" } else { KEPT_OUT };
            assert!(answer.verdict().starts_with(expected), "{kind} {block}: {}", answer.verdict());
        }
        // Who says nothing of itself is told about its address only where no app's item could let it in.
        let unsigned = gateway.get("/pets").send().await.verdict();
        let early = kind == "ALLOW" && block == "10.0.0.0/8";
        assert!(unsigned.starts_with(if early { KEPT_OUT } else { "400 A400MA" }), "{unsigned}");
    }
}

#[tokio::test]
async fn an_explanation_names_the_list() {
    let gateway = pets(json!({ "type": "REFUSE", "items": [{ "blocks": ["127.0.0.1"] }] })).await;
    let host = gateway.group.subdomain.clone();
    let mut head = Head::new(Method::GET, "/pets".parse().unwrap());
    head.headers.insert("host", http::HeaderValue::try_from(host).unwrap());
    let (from, scheme) = ("127.0.0.1".parse().unwrap(), ClientScheme::Http);
    let trial = Trial { head, body: bytes::Bytes::new(), from, scheme, aim: None };
    let Explained { decisions, .. } = gateway.gateway.explain(trial).await.unwrap();
    let told: Vec<String> = decisions.iter().map(|one| format!("{}: {}", one.stage, one.what)).collect();
    assert!(
        told.contains(&"address list: 127.0.0.1 is kept out by the policy `address_list`".to_owned()),
        "{told:?}"
    );
}

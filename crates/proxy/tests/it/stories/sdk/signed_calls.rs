//! What of a call is signed, and when (spec: huawei/backend-signature.md): verified by the vendor's sample.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use paifang_model::definition::{Backend as Answers, Destination, HttpBackend, Protocol, Retries, Scheme};
use paifang_model::id::ApiId;
use paifang_model::record::Key;
use paifang_model::{Binding, Channel, Member, Policy, PolicyKind, Secret, Stage};
use paifang_proxy::config::{Change, Document};
use paifang_testkit::api::{self, Api};
use paifang_testkit::{Backend, Received, Scene, TestGateway, policy};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::backend_verifiers::{KEY, SECRET, Sample};
use super::scene;

fn sign(scene: &mut Scene, api: ApiId) {
    scene.sign(api, json!({ "sign_type": "hmac", "sign_key": KEY }), SECRET);
}

async fn signed(api: Api) -> TestGateway {
    let mut scene = scene();
    let api = scene.publish(api);
    sign(&mut scene, api);
    scene.start().await
}

/// A head as it came over the wire, with an empty body.
async fn read_head(stream: &mut TcpStream) -> Received {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_buf(&mut head).await.unwrap();
    }
    let text = String::from_utf8(head).unwrap();
    let mut lines = text.trim_end().split("\r\n");
    let mut first = lines.next().unwrap().split(' ').map(str::to_owned);
    let (method, target) = (first.next().unwrap(), first.next().unwrap());
    let header = |line: &str| {
        let (name, value) = line.split_once(": ").unwrap();
        (name.parse::<http::HeaderName>().unwrap(), value.parse::<http::HeaderValue>().unwrap())
    };
    let (headers, body) = (lines.map(header).collect(), bytes::Bytes::new());
    Received { method, target, headers, body, server_name: None }
}

#[tokio::test]
async fn a_call_with_too_many_parameters_cannot_be_signed() {
    let backend = Backend::echo().await;
    let gateway = signed(api::get("/pets").to(&backend)).await;
    let with = |parameters: usize| format!("/pets?{}", vec!["a"; parameters].join("&"));
    assert_eq!(gateway.get(&with(4_096)).send().await.status, 200);
    let refused = gateway.get(&with(4_097)).send().await;
    insta::assert_snapshot!(refused.verdict(), @"500 APIG.0705 Backend signature calculation failed.");
    assert_eq!(backend.received().len(), 1);
}

/// The first attempt fails in a later second than it was signed in, so that the second one has another date.
#[tokio::test]
async fn each_attempt_has_a_signature_of_its_own() {
    let heard: Arc<Mutex<Vec<Received>>> = Arc::default();
    let hears = Arc::clone(&heard);
    let backend = Backend::speaking(move |mut stream, number| {
        let heard = Arc::clone(&hears);
        async move {
            let received = read_head(&mut stream).await;
            let signed_at = received.header("x-sdk-date");
            heard.lock().unwrap().push(received);
            if number > 0 {
                stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await.unwrap();
                return;
            }
            while date_now() == signed_at {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
    })
    .await;
    let api = api::get("/pets").to(&backend);
    let gateway = signed(api.http(|backend| backend.retries = Retries::Fixed { times: 1 })).await;
    assert_eq!(gateway.get("/pets?a=1").send().await.status, 200);
    let heard = heard.lock().unwrap();
    let [first, second] = heard.as_slice() else { panic!("not two attempts: {heard:?}") };
    assert_ne!(first.header("x-sdk-date"), second.header("x-sdk-date"));
    assert_ne!(first.header("authorization"), second.header("authorization"));
    assert_eq!([first, second].map(|attempt| Sample::Java.verify(attempt)), [Ok(()), Ok(())]);
}

/// In the form of the signature's date.
fn date_now() -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    paifang_sign::huawei::format_date(i64::try_from(now.as_secs()).unwrap())
}

#[tokio::test]
async fn a_large_body_is_left_out_even_where_it_was_read() {
    let backend = Backend::echo().await;
    let mut scene = scene();
    let pets = scene.publish(api::post("/pets").for_apps().to(&backend));
    let shop = scene.app("shop");
    scene.grant(&shop, pets);
    sign(&mut scene, pets);
    let gateway = scene.start().await;
    for (length, hash) in [(64 * 1024, ""), (64 * 1024 + 1, "UNSIGNED-PAYLOAD")] {
        let call = shop.sign_sdk(gateway.post("/pets", vec![b'a'; length]));
        assert_eq!(call.send().await.status, 200);
        let received = backend.last();
        assert_eq!((received.body.len(), received.header("x-sdk-content-sha256").as_str()), (length, hash));
        assert_eq!(Sample::Java.verify(&received), Ok(()), "{length}");
    }
}

#[tokio::test]
async fn the_upgrade_to_a_websocket_is_signed() {
    let heard: Arc<Mutex<Vec<Received>>> = Arc::default();
    let hears = Arc::clone(&heard);
    let backend = Backend::speaking(move |mut stream, _| {
        let heard = Arc::clone(&hears);
        async move {
            let received = read_head(&mut stream).await;
            heard.lock().unwrap().push(received);
            let switches = "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
                sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
            stream.write_all(switches.as_bytes()).await.unwrap();
            let (mut read, mut write) = stream.split();
            let _ = tokio::io::copy(&mut read, &mut write).await;
        }
    })
    .await;
    let api = api::get("/chat").to(&backend).at("/room");
    let gateway = signed(api.with(|api| api.request.protocols = vec![Protocol::Websocket])).await;
    let mut client = gateway.raw().await;
    client
        .say(
            "GET /chat?room=1 HTTP/1.1\r\nhost: api.example.com\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\
             sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        )
        .await;
    assert!(client.hear("\r\n\r\n").await.starts_with("HTTP/1.1 101 "));
    client.say("hello").await;
    assert_eq!(client.hear("hello").await, "hello");
    let heard = heard.lock().unwrap();
    assert_eq!(heard[0].target, "/room?room=1");
    assert_eq!(Sample::Java.verify(&heard[0]), Ok(()));
}

/// Members of a channel are told a host that is not theirs, and it is what is signed.
#[tokio::test]
async fn the_host_of_a_channel_is_signed() {
    let backend = Backend::echo().await;
    let member = Member { port: backend.address().port(), ..Member::at("127.0.0.1") };
    let channel = Channel { members: vec![member], ..Channel::named("members", 80) };
    let mut told = Vec::new();
    for host in [None, Some("pets.internal")] {
        let mut to_members = HttpBackend::at("http://unused");
        to_members.to = Destination::Channel { channel: channel.id, scheme: Scheme::Http };
        to_members.host = host.map(str::to_owned);
        let mut scene = scene();
        let api = api::get("/pets").with(|api| api.backend = Answers::Http(to_members));
        let pets = scene.publish(api);
        sign(&mut scene, pets);
        scene.put(Document::Channel(channel.clone()));
        let gateway = scene.start().await;
        assert_eq!(gateway.get("/pets").send().await.status, 200);
        let received = backend.last();
        told.push(received.header("host"));
        assert!(received.header("authorization").contains("SignedHeaders=host;"));
        assert_eq!(Sample::Java.verify(&received), Ok(()));
    }
    assert_eq!(told, ["api.example.com", "pets.internal"]);
}

/// Without a release: a key that leaked is replaced at once.
#[tokio::test]
async fn a_key_is_changed_and_unbound_while_calls_go_on() {
    let backend = Backend::echo().await;
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets").to(&backend));
    let gateway = scene.start().await;
    let settings = |key: &str| json!({ "sign_type": "hmac", "sign_key": key });
    let key = Policy {
        secret: Some(Secret::new(SECRET)),
        ..policy::of_kind(&gateway.group, PolicyKind::SignatureKey, settings(KEY))
    };
    let release = Stage::built_in_id(gateway.group.dialect, "RELEASE");
    let binding = policy::binding(&gateway.group, &key, pets, release);
    let verdict = async || {
        assert_eq!(gateway.get("/pets").send().await.status, 200);
        Sample::Java
            .verify(&backend.last())
            .map_err(|told| told.lines().next().unwrap_or_default().to_owned())
    };
    let changed = |key: Policy| vec![Change::Put(Document::Policy(key))];
    assert_eq!(verdict().await, Err("Authorization not found.".to_owned()));
    gateway.change(policy::bound(&key, &binding)).await;
    assert_eq!(verdict().await, Ok(()));
    let secret = Some(Secret::new("another-secret-16"));
    gateway.change(changed(Policy { secret, ..key.clone() })).await;
    assert_eq!(verdict().await, Err("Verify authorization failed.".to_owned()));
    gateway.change(changed(Policy { settings: settings("another-key"), ..key.clone() })).await;
    assert_eq!(verdict().await, Err("Signing key not found.".to_owned()));
    gateway.change(changed(key)).await;
    assert_eq!(verdict().await, Ok(()));
    gateway.change(vec![Change::Delete(Key::of::<Binding>(binding.id))]).await;
    assert_eq!(verdict().await, Err("Authorization not found.".to_owned()));
}

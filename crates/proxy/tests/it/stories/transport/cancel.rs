//! A client that leaves takes its call with it: the backend is not kept at work for nobody.

use paifang_model::Dialect;
use paifang_testkit::{Backend, api};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::serving;

#[derive(Debug, PartialEq)]
enum Event {
    Asked,
    Left,
}

/// A backend that answers with these bytes and then waits for the gateway to leave.
async fn patient(answer: &'static [u8]) -> (Backend, UnboundedReceiver<Event>) {
    let (told, events) = unbounded_channel();
    let backend = Backend::speaking(move |mut stream, _| {
        let told = told.clone();
        async move {
            let mut heard = [0; 4096];
            if stream.read(&mut heard).await.unwrap() == 0 {
                return;
            }
            stream.write_all(answer).await.unwrap();
            told.send(Event::Asked).unwrap();
            while matches!(stream.read(&mut heard).await, Ok(1..)) {}
            told.send(Event::Left).unwrap();
        }
    })
    .await;
    (backend, events)
}

const GET: &str = "GET /pets HTTP/1.1\r\nhost: api.example.com\r\n\r\n";

#[tokio::test]
async fn while_the_backend_thinks() {
    for dialect in Dialect::ALL {
        let (backend, mut events) = patient(b"").await;
        let gateway = serving(dialect, api::get("/pets").to(&backend)).await;
        let mut client = gateway.raw().await;
        client.say(GET).await;
        assert_eq!(events.recv().await, Some(Event::Asked));
        drop(client);
        assert_eq!(events.recv().await, Some(Event::Left));
    }
}

#[tokio::test]
async fn while_the_answer_is_on_its_way() {
    let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nthe beginning";
    let (backend, mut events) = patient(answer).await;
    let gateway = serving(Dialect::Huawei, api::get("/pets").to(&backend)).await;
    let mut client = gateway.raw().await;
    client.say(GET).await;
    client.hear("the beginning").await;
    drop(client);
    assert_eq!(events.recv().await, Some(Event::Asked));
    assert_eq!(events.recv().await, Some(Event::Left));
}

#[tokio::test]
async fn one_stream_of_a_connection() {
    let (backend, mut events) = patient(b"").await;
    let mut scene = paifang_testkit::Scene::new(Dialect::Huawei);
    scene.publish(api::get("/pets").to(&backend));
    scene.publish(api::get("/mock"));
    let gateway = scene.start().await;
    let mut connection = gateway.connect_h2().await;
    let call = gateway.get("/pets");
    tokio::select! {
        _ = connection.send(&call) => panic!("the backend does not answer"),
        event = events.recv() => assert_eq!(event, Some(Event::Asked)),
    }
    assert_eq!(events.recv().await, Some(Event::Left));
    assert_eq!(connection.send(&gateway.get("/mock")).await.status, 200);
}

/// When the deadline has passed, the backend is left as well.
#[tokio::test]
async fn a_deadline_leaves_the_backend() {
    let (backend, mut events) = patient(b"").await;
    let api = api::get("/pets").to(&backend).http(|backend| backend.timeout_ms = 300);
    let gateway = serving(Dialect::Huawei, api).await;
    assert_eq!(gateway.get("/pets").send().await.status, 504);
    assert_eq!(events.recv().await, Some(Event::Asked));
    assert_eq!(events.recv().await, Some(Event::Left));
}

//! Bodies stream both ways, and where they must be read they are held to a limit and to a budget.

use http::Method;
use paifang_model::Dialect;
use paifang_testkit::{Backend, Raw, Scene, TestGateway, api};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::{code, serving};

const TEN_MB: usize = 10 << 20;

/// A gateway that has no memory for bodies at all, with one open API.
async fn without_memory(dialect: Dialect, backend: &Backend) -> TestGateway {
    let mut scene = Scene::new(dialect);
    scene.settings.body_budget = 0;
    let api = api::any("/pets").mode(paifang_model::definition::RequestMode::Passthrough);
    scene.publish(api.to(backend));
    scene.start().await
}

/// Bytes that differ, so that a piece that is lost or comes twice is noticed.
fn numbered(length: usize) -> Vec<u8> {
    (0..length).map(|index| (index / 251 % 256) as u8 ^ (index % 251) as u8).collect()
}

#[tokio::test]
async fn an_upload_streams_without_being_held() {
    for dialect in Dialect::ALL {
        let backend = Backend::echo().await;
        let gateway = without_memory(dialect, &backend).await;
        let body = numbered(TEN_MB);
        assert_eq!(gateway.post("/pets", body.clone()).send().await.status, 200);
        assert!(backend.last().body == body);
    }
}

#[tokio::test]
async fn a_download_streams_to_a_slow_reader() {
    for dialect in Dialect::ALL {
        let body = numbered(TEN_MB);
        let sent = bytes::Bytes::from(body.clone());
        let backend = Backend::answering(move |_| http::Response::new(sent.clone())).await;
        let gateway = without_memory(dialect, &backend).await;
        let mut client = gateway.raw().await;
        client.say("GET /pets HTTP/1.1\r\nhost: api.example.com\r\nconnection: close\r\n\r\n").await;
        // A quarter of what a packet holds at a time.
        let (mut heard, mut piece) = (Vec::new(), vec![0; 16 << 10]);
        while let Ok(read @ 1..) = client.0.read(&mut piece).await {
            heard.extend_from_slice(&piece[..read]);
            tokio::task::yield_now().await;
        }
        assert!(heard.ends_with(&body), "{} bytes", heard.len());
    }
}

/// A body of pieces of 64 KiB without an announced length, sent until all are out or the other side has enough.
async fn say_chunked(client: &mut Raw, head: &str, pieces: usize) {
    client.say(format!("{head}transfer-encoding: chunked\r\n\r\n")).await;
    let piece = [b"10000\r\n".as_slice(), &[b'x'; 65_536], b"\r\n"].concat();
    for _ in 0..pieces {
        if client.0.write_all(&piece).await.is_err() {
            return;
        }
    }
    let _ = client.0.write_all(b"0\r\n\r\n").await;
}

/// The backend never answers: the gateway refuses by itself, as soon as there is one byte too many.
#[tokio::test]
async fn a_body_that_grows_beyond_the_limit_is_refused_while_it_streams() {
    for dialect in Dialect::ALL {
        let backend = Backend::speaking(|mut stream, _| async move {
            while matches!(stream.read(&mut [0; 65_536]).await, Ok(1..)) {}
        })
        .await;
        let mut scene = Scene::new(dialect).with_cloud_limits();
        let api = api::post("/pets").mode(paifang_model::definition::RequestMode::Passthrough);
        scene.publish(api.to(&backend));
        let gateway = scene.start().await;
        let mut client = gateway.raw().await;
        say_chunked(&mut client, "POST /pets HTTP/1.1\r\nhost: api.example.com\r\n", 13 * 16).await;
        let heard = client.hear_all().await;
        assert!(heard.starts_with("HTTP/1.1 413 "), "{dialect}: {heard}");
        assert!(heard.contains("I413RL") || heard.contains("APIG.0201"), "{heard}");
    }
}

#[tokio::test]
async fn a_signed_body_that_grows_beyond_the_limit_is_not_collected() {
    let mut scene = Scene::new(Dialect::Huawei).with_cloud_limits();
    let api = scene.publish(api::post("/pets").for_apps());
    let caller = scene.app("caller");
    scene.grant(&caller, api);
    let gateway = scene.start().await;
    let signed = caller.sign_sdk(gateway.post("/pets", "x"));
    let mut head = "POST /pets HTTP/1.1\r\n".to_owned();
    for (name, value) in &signed.headers {
        head += &format!("{name}: {}\r\n", value.to_str().unwrap());
    }
    let mut client = gateway.raw().await;
    say_chunked(&mut client, &head, 13 * 16).await;
    let heard = client.hear_all().await;
    assert!(heard.starts_with("HTTP/1.1 413 "), "{heard}");
}

async fn with_budget(bytes: usize, dialect: Dialect) -> (TestGateway, paifang_testkit::Caller) {
    let mut scene = Scene::new(dialect);
    scene.settings.body_budget = bytes;
    let api = scene.publish(api::post("/pets").for_apps());
    let caller = scene.app("caller");
    scene.grant(&caller, api);
    (scene.start().await, caller)
}

#[tokio::test]
async fn without_memory_for_a_signed_body_the_gateway_is_busy() {
    let (gateway, caller) = with_budget(10, Dialect::Alibaba).await;
    let answer = caller.sign_ca(gateway.post("/pets", "").form("kind=cat&age=7")).send().await;
    assert_eq!(answer.verdict(), "503 X503BZ Service Busy");
    assert_eq!(answer.header("retry-after"), "1");
    let (gateway, caller) = with_budget(10, Dialect::Huawei).await;
    let answer = caller.sign_sdk(gateway.post("/pets", "kind=cat&age=7")).send().await;
    assert_eq!(answer.verdict(), "503 APIG.0601 Service unavailable");
    assert_eq!(answer.header("retry-after"), "1");
}

#[tokio::test]
async fn memory_is_given_back() {
    let (gateway, caller) = with_budget(14, Dialect::Huawei).await;
    for _ in 0..5 {
        assert_eq!(caller.sign_sdk(gateway.post("/pets", "kind=cat&age=7")).send().await.status, 200);
    }
}

const WAITING: &str =
    "POST /pets HTTP/1.1\r\nhost: api.example.com\r\ncontent-length: 4\r\nexpect: 100-continue\r\n\r\n";

/// A client that waits for permission has sent nothing, and a refused call needs nothing.
#[tokio::test]
async fn a_refused_call_is_not_asked_for_its_body() {
    for dialect in Dialect::ALL {
        let gateway = serving(dialect, api::post("/pets").for_apps()).await;
        let mut client = gateway.raw().await;
        client.say(WAITING).await;
        let heard = client.hear("\r\n\r\n").await;
        assert!(heard.starts_with("HTTP/1.1 40"), "{heard}");
    }
}

#[tokio::test]
async fn an_accepted_call_is_asked_for_its_body() {
    let backend = Backend::echo().await;
    let gateway = serving(Dialect::Huawei, api::post("/pets").to(&backend)).await;
    let mut client = gateway.raw().await;
    client.say(WAITING).await;
    assert_eq!(client.hear("\r\n\r\n").await, "HTTP/1.1 100 Continue\r\n\r\n");
    client.say("pets").await;
    assert!(client.hear("\r\n\r\n").await.starts_with("HTTP/1.1 200 OK"));
    assert_eq!(backend.last().body, "pets");
}

#[tokio::test]
async fn an_answer_to_head_has_a_length_and_no_body() {
    for dialect in Dialect::ALL {
        let backend = Backend::answering(|_| http::Response::new("pets".into())).await;
        let gateway = serving(dialect, api::any("/pets").to(&backend)).await;
        let mut connection = gateway.connect().await;
        let answer = connection.send(&gateway.call(Method::HEAD, "/pets")).await;
        assert_eq!((answer.status, answer.header("content-length").as_str()), (200, "4"));
        assert_eq!(answer.text(), "");
        assert_eq!(connection.send(&gateway.get("/pets")).await.text(), "pets");
        assert_eq!(backend.connections(), 1);
    }
}

#[tokio::test]
async fn answers_that_have_no_body_have_none() {
    for status in ["204 No Content", "304 Not Modified"] {
        let answer = format!("HTTP/1.1 {status}\r\netag: \"1\"\r\n\r\n");
        let backend = Backend::sending(answer.leak().as_bytes(), paifang_testkit::Then::Stay).await;
        let gateway = serving(Dialect::Huawei, api::get("/pets").to(&backend)).await;
        let answer = gateway.get("/pets").send().await;
        assert_eq!((answer.status, answer.text()), (status[..3].parse().unwrap(), String::new()));
        assert_eq!(answer.header("etag"), "\"1\"");
    }
}

/// A client that promises more than it sends does not leave its backend waiting.
#[tokio::test]
async fn an_upload_that_breaks_off_is_broken_off() {
    let (told, mut seen) = tokio::sync::mpsc::unbounded_channel();
    let backend = Backend::speaking(move |mut stream, _| {
        let told = told.clone();
        async move {
            let mut heard = Vec::new();
            let _ = stream.read_to_end(&mut heard).await;
            told.send(String::from_utf8_lossy(&heard).into_owned()).unwrap();
        }
    })
    .await;
    let gateway = serving(Dialect::Huawei, api::post("/pets").to(&backend)).await;
    let mut client = gateway.raw().await;
    client.say("POST /pets HTTP/1.1\r\nhost: api.example.com\r\ncontent-length: 10\r\n\r\nhalf").await;
    client.0.shutdown().await.unwrap();
    drop(client);
    let heard = seen.recv().await.unwrap();
    assert!(heard.is_empty() || heard.ends_with("half") || heard.ends_with("\r\n\r\n"), "{heard}");
    assert_eq!(code(&gateway.get("/none").send().await), "404 APIG.0101");
}

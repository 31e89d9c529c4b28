//! The sample by which the vendor lets backends verify calls, transcribed rule by rule and sharing nothing with the code that
//! signs (spec: aliyun/backend-signature.md).

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use paifang_model::definition::{BodyFormat, Location, Parameter, RequestMode};
use paifang_testkit::api::{self, Api};
use paifang_testkit::{Backend, Received, TestGateway};
use percent_encoding::percent_decode_str;
use serde_json::json;

use super::scene;
use crate::stories::hmac;

const KEY: &str = "SampleKey";
const SECRET: &str = "SampleSecret";

/// What a container hands to the sample.
struct Request<'r> {
    received: &'r Received,
    is_form: bool,
    /// The digest of the body, which a test writes down: the sample's is none of its own.
    md5: Option<&'r str>,
}

impl Request<'_> {
    /// `serviceSign`.
    fn signature(&self) -> String {
        assert_eq!(self.received.header("x-ca-proxy-signature-secret-key"), KEY);
        STANDARD.encode(hmac(SECRET.as_bytes(), self.string_to_sign().as_bytes()))
    }

    /// `buildStringToSign`.
    fn string_to_sign(&self) -> String {
        let (path, _) = self.path_and_query();
        let parameters = self.parameters();
        let pairs: Vec<String> = parameters.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let question = if pairs.is_empty() { "" } else { "?" };
        format!(
            "{}\n{}\n{}{path}{question}{}",
            self.received.method,
            self.body_md5().unwrap_or_default(),
            self.headers(),
            pairs.join("&")
        )
    }

    /// `buildBodyMd5`; a form's body is not handed over.
    fn body_md5(&self) -> Option<&str> {
        let counts = matches!(self.received.method.to_lowercase().as_str(), "post" | "put");
        let body: &[u8] = if self.is_form { b"" } else { &self.received.body };
        (counts && !body.is_empty()).then(|| self.md5.unwrap())
    }

    /// `buildHeadersToSign` and `buildHeaders`: sorted by the names as they are listed; one that is missing has no line.
    fn headers(&self) -> String {
        let listed = self.received.header("x-ca-proxy-signature-headers");
        let sorted: BTreeMap<&str, Option<&http::HeaderValue>> =
            listed.split(',').map(|name| (name, self.received.headers.get(name))).collect();
        let line = |(name, value): (&str, Option<&http::HeaderValue>)| {
            Some(format!("{}:{}\n", name.to_lowercase(), value?.to_str().unwrap()))
        };
        sorted.into_iter().filter_map(line).collect()
    }

    /// The fields of query and form as a container has them: decoded, and of several values the first.
    fn parameters(&self) -> BTreeMap<String, String> {
        let (_, query) = self.path_and_query();
        let form = if self.is_form { std::str::from_utf8(&self.received.body).unwrap() } else { "" };
        let mut parameters = BTreeMap::new();
        for piece in query.split('&').chain(form.split('&')).filter(|piece| !piece.is_empty()) {
            let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
            parameters.entry(decoded(name)).or_insert_with(|| decoded(value));
        }
        parameters
    }

    fn path_and_query(&self) -> (&str, &str) {
        self.received.target.split_once('?').unwrap_or((&self.received.target, ""))
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8().unwrap().into_owned()
}

async fn signed(api: Api) -> TestGateway {
    let mut scene = scene();
    let id = scene.publish(api);
    scene.sign(id, json!({ "type": "APIGW_BACKEND", "key": KEY }), SECRET);
    scene.start().await
}

fn assert_verified(request: &Request<'_>) {
    let sent = request.received.header("x-ca-proxy-signature");
    assert_eq!(sent, request.signature(), "{}", request.string_to_sign());
}

#[tokio::test]
async fn headers_of_clients_of_the_api_and_of_the_gateway_are_verified() {
    let backend = Backend::echo().await;
    let api = api::get("/pets/[id]")
        .to(&backend)
        .at("/inner/[id]")
        .maps(Parameter::new("id", Location::Path), Location::Path, "id")
        .maps(Parameter::new("Kind", Location::Header), Location::Header, "X-Kind")
        .maps(Parameter::new("Absent", Location::Header), Location::Header, "X-Absent")
        .maps(Parameter::new("page", Location::Query), Location::Query, "p")
        .constant(Location::Header, "X-Source", "gateway")
        .system(Location::Header, "X-Client", "CaClientIp");
    let gateway = signed(api).await;
    let call = gateway.get("/pets/a%20b?page=%E4%B8%AD%26&other=1").header("kind", "cat, dog");
    assert_eq!(call.header("x-other", "1").send().await.status, 200);
    let received = backend.last();
    assert_eq!(received.header("x-ca-proxy-signature-headers"), "x-kind,x-source,x-client");
    assert_eq!(
        (received.header("x-kind"), received.header("x-client")),
        ("cat, dog".into(), "127.0.0.1".into())
    );
    let request = Request { received: &received, is_form: false, md5: None };
    assert_eq!(
        request.string_to_sign(),
        "GET\n\nx-client:127.0.0.1\nx-kind:cat, dog\nx-source:gateway\n/inner/a%20b?p=\u{4e2d}&"
    );
    assert_verified(&request);
}

#[tokio::test]
async fn a_form_that_the_gateway_wrote_anew_is_verified() {
    let backend = Backend::echo().await;
    let api = api::post("/pets")
        .to(&backend)
        .with(|api| api.request.body_format = Some(BodyFormat::Form))
        .maps(Parameter::new("name", Location::Body), Location::Body, "n")
        .maps(Parameter::new("age", Location::Query), Location::Body, "a")
        .constant(Location::Query, "v", "2 0");
    let gateway = signed(api).await;
    let call = gateway.post("/pets?age=", "").form("name=Tom+%26%20Tim&dropped=1");
    assert_eq!(call.send().await.status, 200);
    let received = backend.last();
    // The content type is the gateway's, and no parameter of the API's.
    assert_eq!(received.header("x-ca-proxy-signature-headers"), "");
    assert!(received.header("content-type").starts_with("application/x-www-form-urlencoded"));
    let request = Request { received: &received, is_form: true, md5: None };
    assert_eq!(request.string_to_sign(), "POST\n\n/?a=&n=Tom & Tim&v=2 0");
    assert_verified(&request);
}

#[tokio::test]
async fn the_digest_of_a_body_is_verified_and_its_description_is_not_signed() {
    const TOM: &str = r#"{"name":"Tom"}"#;
    let backend = Backend::echo().await;
    for mode in [RequestMode::Mapping, RequestMode::Passthrough] {
        let api = api::any("/pets").mode(mode).to(&backend);
        let gateway = signed(api.constant(Location::Header, "X-Source", "gateway")).await;
        for method in [http::Method::POST, http::Method::PUT, http::Method::PATCH] {
            let call = gateway.post("/pets", TOM).method(method).header("content-type", "application/json");
            assert_eq!(call.header("content-encoding", "identity").send().await.status, 200);
            let received = backend.last();
            assert_eq!(received.header("x-ca-proxy-signature-headers"), "x-source", "{mode:?}");
            assert_eq!(received.header("content-type"), "application/json");
            assert_eq!(received.body, TOM);
            let request =
                Request { received: &received, is_form: false, md5: Some("0DW+q8MThuWLsSuSAzvRTg==") };
            assert_verified(&request);
        }
    }
}

/// A content type that is a parameter of the API's is signed as any.
#[tokio::test]
async fn a_content_type_that_the_api_sets_is_signed() {
    let backend = Backend::echo().await;
    let api = api::post("/pets").to(&backend).constant(Location::Header, "Content-Type", "text/plain");
    let gateway = signed(api).await;
    assert_eq!(gateway.post("/pets", "").send().await.status, 200);
    let received = backend.last();
    assert_eq!(received.header("x-ca-proxy-signature-headers"), "content-type");
    assert_verified(&Request { received: &received, is_form: false, md5: None });
}

//! What the backend receives (spec: aliyun/api-model.md §6).

use paifang_model::definition::{BackendMethod, BodyFormat, Location, Parameter, RequestMode};
use paifang_testkit::api::{self, Api};
use paifang_testkit::{Backend, Call, Scene};

/// What the backend receives when an app calls with everything that a client may send.
async fn received(api: Api, backend: &Backend) -> String {
    let (gateway, app) = super::pets_of(api.for_apps().to(backend).at("/animals/[id]")).await;
    let call =
        gateway.get("/pets/7?kind=cat&colour=red").header("accept", "text/plain").header("x-tenant", "blue");
    let call = call.header("user-agent", "curl/8").header("x-trace", "t").header("connection", "x-hop");
    let call = fixed(call.header("x-hop", "1").header("x-forwarded-for", "192.0.2.1"));
    let answer = app.sign_ca(call).send().await;
    assert_eq!(answer.status, 200, "{}", answer.verdict());
    masked(&backend.last().lines(), &app.key)
}

fn fixed(call: Call) -> Call {
    call.header("x-ca-nonce", "n").header("x-ca-stage", "RELEASE")
}

/// Without what differs each time.
fn masked(lines: &str, key: &str) -> String {
    let time = |line: &&str| !line.starts_with("x-ca-timestamp") && !line.starts_with("x-ca-signature:");
    lines.lines().filter(time).collect::<Vec<_>>().join("\n").replace(key, "KEY").trim_end().to_owned()
}

fn declared() -> Api {
    let path = Parameter::new("id", Location::Path);
    let kind = Parameter::new("kind", Location::Query);
    let tenant = Parameter::new("x-tenant", Location::Header);
    let api = api::get("/pets/[id]").maps(path, Location::Path, "id").maps(kind, Location::Query, "k");
    let api = api.maps(tenant, Location::Header, "x-owner");
    api.constant(Location::Header, "x-source", "gateway").system(Location::Query, "client", "CaClientIp")
}

#[tokio::test]
async fn mapping_sends_what_is_mapped_and_nothing_else() {
    let received = received(declared(), &Backend::echo().await).await;
    insta::assert_snapshot!(received, @r"
    GET /animals/7?k=cat&client=127.0.0.1
    user-agent: AliOpenAPI/1.0
    x-forwarded-for: 127.0.0.1
    x-owner: blue
    x-source: gateway
    ");
}

#[tokio::test]
async fn mapping_with_pass_through_sends_the_unknown_as_well() {
    let api = declared().mode(RequestMode::MappingPassthrough);
    let received = received(api, &Backend::echo().await).await;
    insta::assert_snapshot!(received, @r"
    GET /animals/7?colour=red&k=cat&client=127.0.0.1
    accept: text/plain
    user-agent: curl/8
    x-ca-stage: RELEASE
    x-forwarded-for: 192.0.2.1, 127.0.0.1
    x-owner: blue
    x-source: gateway
    x-trace: t
    ");
}

#[tokio::test]
async fn pass_through_sends_all_but_hop_by_hop_headers() {
    let path = Parameter::new("id", Location::Path);
    let api = api::get("/pets/[id]").takes(path).constant(Location::Header, "x-source", "gateway");
    let api = api.system(Location::Query, "client", "CaClientIp").mode(RequestMode::Passthrough);
    let received = received(api, &Backend::echo().await).await;
    insta::assert_snapshot!(received, @r"
    GET /animals/7?kind=cat&colour=red&client=127.0.0.1
    accept: text/plain
    user-agent: curl/8
    x-ca-key: KEY
    x-ca-nonce: n
    x-ca-signature-headers: x-ca-nonce,x-ca-stage,x-ca-timestamp,x-ca-key
    x-ca-stage: RELEASE
    x-forwarded-for: 192.0.2.1, 127.0.0.1
    x-source: gateway
    x-tenant: blue
    x-trace: t
    ");
}

#[tokio::test]
async fn a_form_is_written_anew() {
    let backend = Backend::echo().await;
    let api = api::post("/pets").with(|api| api.request.body_format = Some(BodyFormat::Form));
    let api = api.maps(Parameter::new("name", Location::Body), Location::Body, "n");
    let mut scene = super::scene();
    scene.publish(api.to(&backend).at("/animals").calls_with(BackendMethod::Post));
    let gateway = scene.start().await;
    let answer = gateway.post("/pets", "").form("name=Tom+%26+J&age=3").send().await;
    assert_eq!(answer.status, 200, "{}", answer.verdict());
    insta::assert_snapshot!(backend.last().lines(), @r"
    POST /animals
    content-type: application/x-www-form-urlencoded; charset=utf-8
    user-agent: AliOpenAPI/1.0
    x-forwarded-for: 127.0.0.1

    n=Tom+%26+J
    ");
}

#[tokio::test]
async fn a_body_that_is_no_form_goes_through() {
    let backend = Backend::echo().await;
    let mut scene = super::scene();
    scene.publish(api::post("/pets").to(&backend));
    let gateway = scene.start().await;
    gateway.post("/pets", r#"{"a":1}"#).header("content-type", "application/json").send().await;
    let received = backend.last();
    assert_eq!(received.body, r#"{"a":1}"#);
    assert_eq!(received.header("content-type"), "application/json");
}

#[tokio::test]
async fn the_host_is_the_backends_unless_the_group_keeps_the_clients() {
    let backend = Backend::echo().await;
    let host = async |change: &dyn Fn(&mut Scene), api: Api| {
        let mut scene = super::scene();
        change(&mut scene);
        scene.publish(api.to(&backend));
        scene.start().await.get("/pets").send().await;
        backend.last().header("host")
    };
    let api = || api::get("/pets");
    assert_eq!(host(&|_| {}, api()).await, backend.address().to_string());
    let keep = |scene: &mut Scene| scene.group.passthrough_headers = vec!["host".to_owned()];
    assert_eq!(host(&keep, api()).await, "api.example.com");
}

#[tokio::test]
async fn the_apis_own_host_wins() {
    let backend = Backend::echo().await;
    let mut scene = super::scene();
    scene.publish(api::get("/pets").to(&backend).http(|to| to.host = Some("inner.example".to_owned())));
    scene.start().await.get("/pets").send().await;
    assert_eq!(backend.last().header("host"), "inner.example");
}

#[tokio::test]
async fn a_parameter_that_breaks_its_rule_is_named() {
    let mut kind = Parameter::new("kind", Location::Query);
    (kind.required, kind.enumeration) = (true, vec!["cat".to_owned(), "dog".to_owned()]);
    let mut scene = super::scene();
    scene.publish(api::get("/pets").takes(kind));
    let gateway = scene.start().await;
    assert_eq!(gateway.get("/pets").send().await.verdict(), "400 I400MP Parameter `kind` is required");
    let verdict = gateway.get("/pets?kind=cow").send().await.verdict();
    assert!(verdict.starts_with("400 I400IP Invalid parameter `kind` "), "{verdict}");
    assert_eq!(gateway.get("/pets?kind=dog").send().await.verdict(), "200 mock");
}

#[tokio::test]
async fn a_body_that_is_not_what_the_api_takes_is_refused() {
    let api = api::post("/pets").with(|api| api.request.body_format = Some(BodyFormat::Form));
    let mut name = Parameter::new("name", Location::Body);
    name.required = true;
    let mut scene = super::scene();
    scene.publish(api.takes(name));
    let gateway = scene.start().await;
    assert_eq!(gateway.post("/pets", "").form("name=Tom").send().await.verdict(), "200 mock");
    assert_eq!(
        gateway.post("/pets", "").form("").send().await.verdict(),
        "400 I400MP Parameter `name` is required"
    );
    let json = gateway.post("/pets", "{}").header("content-type", "application/json");
    insta::assert_snapshot!(
        json.send().await.verdict(),
        @"400 I400CT Invalid Content-Type: `'application/json' is not 'application/x-www-form-urlencoded'`"
    );
}

/// A client that names the gateway's own fields in `Connection` would otherwise have them taken out as its own.
#[tokio::test]
async fn a_client_cannot_keep_from_the_backend_what_the_gateway_says() {
    for mode in [RequestMode::Mapping, RequestMode::MappingPassthrough, RequestMode::Passthrough] {
        let backend = Backend::echo().await;
        let mut scene = super::scene();
        let api = api::get("/pets").to(&backend).mode(mode);
        let api = match mode {
            RequestMode::Passthrough => api,
            _ => api.constant(Location::Header, "x-source", "gateway"),
        };
        scene.publish(api);
        let gateway = scene.start().await;
        let call = gateway.get("/pets").header("connection", "close, x-source, x-forwarded-for, x-own");
        let answer = call.header("x-source", "client").header("x-own", "1").send().await;
        assert_eq!(answer.status, 200);
        let expected = if mode == RequestMode::Passthrough { "" } else { "gateway" };
        assert_eq!(backend.last().header("x-source"), expected, "{mode:?}");
        assert_eq!(backend.last().header("x-forwarded-for"), "127.0.0.1", "{mode:?}");
        assert_eq!(backend.last().header("x-own"), "", "{mode:?}");
    }
}

#[tokio::test]
async fn a_get_that_becomes_a_head_leaves_the_connection_in_step() {
    let backend = Backend::answering(|_| http::Response::new("ten bytes.".into())).await;
    let mut scene = super::scene();
    scene.publish(api::get("/pets").to(&backend).calls_with(BackendMethod::Head));
    let gateway = scene.start().await;
    let mut connection = gateway.connect().await;
    for _ in 0..3 {
        let answer = connection.send(&gateway.get("/pets")).await;
        assert_eq!((answer.status, answer.text()), (200, String::new()));
    }
}

//! TLS towards backends.

use paifang_model::Dialect;
use paifang_model::definition::BackendProtocol;
use paifang_testkit::{Backend, api};

use super::{codes, serving};

/// The backend under the name that its certificate has.
fn named(backend: &Backend) -> String {
    format!("https://localhost:{}", backend.address().port())
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused() {
    let backend = Backend::tls().await;
    let codes = codes(api::get("/pets").to_url(&named(&backend)), "/pets").await;
    assert_eq!(codes, ["504 D504CS", "502 APIG.0201"]);
    assert!(backend.received().is_empty());
}

#[tokio::test]
async fn it_is_accepted_where_the_api_does_not_ask() {
    let backend = Backend::tls().await;
    for protocol in [BackendProtocol::Http1, BackendProtocol::H2] {
        let api = api::post("/pets").to_url(&named(&backend)).http(|backend| {
            backend.verify_certificate = false;
            backend.protocol = protocol;
        });
        let gateway = serving(Dialect::Huawei, api).await;
        let answer = gateway.post("/pets", "body").send().await;
        assert_eq!(answer.status, 200, "{protocol:?}: {}", answer.verdict());
        assert_eq!(backend.last().body, "body");
    }
}

#[tokio::test]
async fn a_backend_without_tls_fails_the_handshake() {
    let backend = Backend::echo().await;
    let api = api::get("/pets").to_url(&named(&backend)).http(|backend| backend.verify_certificate = false);
    assert_eq!(codes(api, "/pets").await, ["504 D504CS", "502 APIG.0201"]);
}

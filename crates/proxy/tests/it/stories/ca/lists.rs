//! Which headers are signed, and how (spec: aliyun/calling.md §4.1–4.2).

use paifang_model::definition::{AppCodeMode, SignatureMethod};
use paifang_testkit::{Call, Caller, TestGateway, api};

use super::{pets, seconds_from_now};

/// A call with the headers that clients sign, not signed yet.
fn unsigned(gateway: &TestGateway, app: &Caller) -> Call {
    let call = gateway.get("/pets?b=2&a=1").header("x-ca-key", &app.key).header("x-ca-stage", "RELEASE");
    call.header("x-ca-timestamp", &seconds_from_now(0))
}

#[tokio::test]
async fn names_are_signed_as_the_list_spells_them_in_any_order() {
    let (gateway, app) = pets().await;
    for list in [
        "x-ca-key,x-ca-stage,x-ca-timestamp",
        "X-Ca-Timestamp,X-Ca-Key,X-Ca-Stage",
        "x-ca-timestamp, x-ca-stage , x-ca-key",
        "X-CA-KEY",
    ] {
        let signed = app.sign_ca_list(unsigned(&gateway, &app), list);
        assert_eq!(signed.send().await.verdict(), "200 mock", "{list}");
    }
}

#[tokio::test]
async fn without_a_list_the_key_alone_is_signed() {
    let (gateway, app) = pets().await;
    let signed = app.sign_ca_list(unsigned(&gateway, &app), "X-Ca-Key").without("x-ca-signature-headers");
    assert_eq!(signed.send().await.verdict(), "200 mock");
}

#[tokio::test]
async fn headers_with_lines_of_their_own_are_not_listed_again() {
    let (gateway, app) = pets().await;
    let call = unsigned(&gateway, &app).header("accept", "application/json").header("date", "today");
    let signed = app.sign_ca_list(call, "X-Ca-Key,Accept,Date,Content-MD5,Content-Type,X-Ca-Signature");
    assert_eq!(signed.send().await.verdict(), "200 mock");
}

#[tokio::test]
async fn the_lines_of_their_own_are_signed_as_sent() {
    let (gateway, app) = pets().await;
    let call = gateway.post("/pets", "{}").header("content-type", "Application/JSON;  charset=UTF-8");
    let signed = app.sign_ca(call.header("accept", "*/*").header("date", "Wed, 21 Oct 2015 07:28:00 GMT"));
    assert_eq!(signed.send().await.verdict(), "200 mock");
    for name in ["content-type", "accept", "date"] {
        let changed = signed.clone().header(name, "other").send().await;
        assert_eq!(changed.header("x-ca-error-code"), "A403IS", "{name}");
    }
}

#[tokio::test]
async fn other_headers_may_be_signed_and_then_count() {
    let (gateway, app) = pets().await;
    let call = unsigned(&gateway, &app).header("x-tenant", "blue");
    let signed = app.sign_ca_list(call, "x-ca-key,x-tenant");
    assert_eq!(signed.send().await.verdict(), "200 mock");
    assert_eq!(signed.header("x-tenant", "red").send().await.header("x-ca-error-code"), "A403IS");
}

#[tokio::test]
async fn a_header_that_is_not_listed_may_change() {
    let (gateway, app) = pets().await;
    let signed = app.sign_ca_list(unsigned(&gateway, &app), "x-ca-key");
    assert_eq!(signed.header("x-ca-stage", "release").send().await.verdict(), "200 mock");
}

#[tokio::test]
async fn a_repeated_header_counts_with_its_first_value() {
    let (gateway, app) = pets().await;
    let signed = app.sign_ca_list(unsigned(&gateway, &app).header("x-tenant", "blue"), "x-ca-key,x-tenant");
    assert_eq!(signed.further_header("x-tenant", "red").send().await.verdict(), "200 mock");
}

#[tokio::test]
async fn a_listed_header_that_is_absent_is_signed_empty() {
    let (gateway, app) = pets().await;
    let signed = app.sign_ca_list(unsigned(&gateway, &app), "x-ca-key,x-tenant");
    assert_eq!(signed.send().await.verdict(), "200 mock");
}

#[tokio::test]
async fn hmac_sha1_is_accepted_where_the_api_allows_it() {
    let auth = super::authentication(AppCodeMode::Disabled, &[SignatureMethod::HmacSha1], false);
    let (gateway, app) = super::pets_of(api::get("/pets").with(|api| api.auth = auth)).await;
    for method in ["HmacSHA1", "HmacSHA256"] {
        let signed = app.sign_ca(gateway.get("/pets").header("x-ca-signature-method", method));
        assert_eq!(signed.send().await.verdict(), "200 mock", "{method}");
    }
}

#[tokio::test]
async fn hmac_sha1_is_refused_elsewhere() {
    let (gateway, app) = pets().await;
    let signed = app.sign_ca(gateway.get("/pets").header("x-ca-signature-method", "HmacSHA1"));
    insta::assert_snapshot!(
        signed.send().await.verdict(),
        @"400 I400HD Invalid Header `X-Ca-Signature-Method` HmacSHA1 is not allowed for this API"
    );
}

#[tokio::test]
async fn a_method_that_nobody_knows_is_named() {
    let (gateway, app) = pets().await;
    let signed = app.sign_ca(gateway.get("/pets").header("x-ca-signature-method", "HmacMD5"));
    insta::assert_snapshot!(
        signed.send().await.verdict(),
        @"400 I400HD Invalid Header `X-Ca-Signature-Method` `HmacMD5` is not supported"
    );
}

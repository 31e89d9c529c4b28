//! What a caller with a wrong signature is told (spec: aliyun/errors.md §1–2).

use super::pets;

const PREFIX: &str = "403 A403IS Invalid Signature, Server StringToSign:`";

#[tokio::test]
async fn the_servers_string_to_sign_comes_back_with_hashes_for_newlines() {
    let (gateway, app) = pets().await;
    let call =
        gateway.get("/pets?b=2&a=1").header("accept", "application/json").header("x-ca-stage", "RELEASE");
    let call = call.header("x-ca-nonce", "c9f1").header("x-ca-timestamp", &super::seconds_from_now(0));
    let signed = app.sign_ca(call);
    let time = signed.headers["x-ca-timestamp"].to_str().unwrap();
    let expected = format!(
        "{PREFIX}GET#application/json####x-ca-key:{}#x-ca-nonce:c9f1#x-ca-stage:RELEASE#x-ca-timestamp:{time}#/pets?a=1&b=2`",
        app.key
    );
    assert_eq!(signed.clone().header("x-ca-signature", "bm8=").send().await.verdict(), expected);
}

#[tokio::test]
async fn a_listed_header_that_did_not_arrive_shows_empty() {
    let (gateway, app) = pets().await;
    let call = gateway.get("/pets").header("x-ca-key", &app.key).header("x-tenant", "blue");
    let signed = app.sign_ca_list(call, "x-ca-key,x-tenant").without("x-tenant");
    let expected = format!("{PREFIX}GET#####x-ca-key:{}#x-tenant:#/pets`", app.key);
    assert_eq!(signed.send().await.verdict(), expected);
}

#[tokio::test]
async fn text_beyond_ascii_comes_back_as_octets_of_utf8() {
    let (gateway, app) = pets().await;
    let signed = app.sign_ca_list(gateway.get("/pets?a=%E4%B8%AD").header("x-ca-key", &app.key), "x-ca-key");
    let answer = signed.header("x-ca-signature", "bm8=").send().await;
    assert_eq!(answer.verdict(), format!("{PREFIX}GET#####x-ca-key:{}#/pets?a=中`", app.key));
}

#[tokio::test]
async fn a_long_string_to_sign_is_cut_at_4_kib_between_characters() {
    let (gateway, app) = pets().await;
    let target = format!("/pets?a={}", "%E4%B8%AD".repeat(2_000));
    let signed = app.sign_ca_list(gateway.get(&target).header("x-ca-key", &app.key), "x-ca-key");
    let verdict = signed.header("x-ca-signature", "bm8=").send().await.verdict();
    let shown = verdict.strip_prefix(PREFIX).unwrap().strip_suffix('`').unwrap();
    assert!((4094..=4096).contains(&shown.len()), "{}", shown.len());
    assert!(shown.ends_with('中') && !shown.contains(char::REPLACEMENT_CHARACTER));
}

#[tokio::test]
async fn a_line_feed_in_a_value_cannot_end_the_header() {
    let (gateway, app) = pets().await;
    let call = gateway.get("/pets?a=1%0d%0aX-Evil:%201").header("x-ca-key", &app.key);
    let answer = app.sign_ca_list(call, "x-ca-key").header("x-ca-signature", "bm8=").send().await;
    assert_eq!(answer.header("x-evil"), "");
    assert_eq!(answer.verdict(), format!("{PREFIX}GET#####x-ca-key:{}#/pets?a=1##X-Evil: 1`", app.key));
}

#[tokio::test]
async fn another_apps_secret_does_not_fit() {
    let (gateway, app) = pets().await;
    let thief = paifang_testkit::Caller { secret: "guessed".to_owned(), ..app };
    let verdict = thief.sign_ca(gateway.get("/pets")).send().await.verdict();
    assert!(verdict.starts_with(PREFIX), "{verdict}");
}

#[tokio::test]
async fn what_is_not_a_signature_is_a_mismatch() {
    let (gateway, app) = pets().await;
    for value in ["x", "====", "中文"] {
        let answer = app.sign_ca(gateway.get("/pets")).header("x-ca-signature", value).send().await;
        assert_eq!(answer.header("x-ca-error-code"), "A403IS", "{value}");
    }
}

#[tokio::test]
async fn a_key_that_no_app_has_is_refused() {
    let (gateway, app) = pets().await;
    let verdict = app.sign_ca(gateway.get("/pets").header("x-ca-key", "203753385")).send().await.verdict();
    assert_eq!(verdict, "400 A400IK Invalid AppKey");
}

#[tokio::test]
async fn a_signature_without_a_key_and_a_key_without_a_signature_are_refused() {
    let (gateway, app) = pets().await;
    let signed = app.sign_ca(gateway.get("/pets"));
    assert_eq!(signed.clone().without("x-ca-key").send().await.verdict(), "400 A400IK Invalid AppKey");
    let verdict = signed.without("x-ca-signature").send().await.verdict();
    assert_eq!(verdict, "400 I400MH Header `X-Ca-Signature` is Required");
}

#[tokio::test]
async fn nothing_at_all_is_refused() {
    let (gateway, _) = pets().await;
    insta::assert_snapshot!(
        gateway.get("/pets").send().await.verdict(),
        @"400 A400MA Need authorization, X-Ca-Key or Authorization APPCODE ... is required"
    );
}

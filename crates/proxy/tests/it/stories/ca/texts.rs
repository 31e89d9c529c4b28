//! Path and parameters in the string to sign (spec: aliyun/calling.md §4.2, §4.4).

use super::pets;

const REFUSED: &str = "A403IS";

#[tokio::test]
async fn parameters_are_signed_decoded_and_sorted() {
    let (gateway, app) = pets().await;
    let call = gateway.get("/pets?z=%E4%B8%AD&b=2%20x&a=&Password=1&password=2").header("x-ca-key", &app.key);
    let signed = app.sign_ca_list(call, "x-ca-key");
    assert_eq!(signed.send().await.verdict(), "200 mock");
    let same_text = signed.target("/pets?a&Password=1&password=2&b=2+x&z=%e4%b8%ad");
    assert_eq!(same_text.send().await.verdict(), "200 mock");
}

#[tokio::test]
async fn a_value_or_a_path_that_was_changed_on_the_way_is_refused() {
    let (gateway, app) = pets().await;
    let signed = app.sign_ca(gateway.get("/pets?a=1"));
    for changed in ["/pets?a=2", "/pets?A=1", "/pets", "/pets?a=1&b=2", "/p%65ts?a=1"] {
        let answer = signed.clone().target(changed).send().await;
        assert_eq!(answer.header("x-ca-error-code"), REFUSED, "{changed}");
    }
}

#[tokio::test]
async fn a_path_is_signed_as_it_was_sent() {
    let (gateway, app) = pets().await;
    let signed = app.sign_ca(gateway.get("/p%65ts?a=1"));
    assert_eq!(signed.send().await.verdict(), "200 mock");
}

#[tokio::test]
async fn a_repeated_parameter_is_signed_with_its_first_value() {
    let (gateway, app) = pets().await;
    let signed = app.sign_ca(gateway.get("/pets?a=1&a=2"));
    assert_eq!(signed.send().await.verdict(), "200 mock");
}

#[tokio::test]
async fn or_with_all_its_values_joined_by_commas() {
    let (gateway, app) = pets().await;
    let signed = app.sign_ca(gateway.get("/pets?a=1,2&b=3")).target("/pets?a=1&b=3&a=2");
    assert_eq!(signed.send().await.verdict(), "200 mock");
    let other = app.sign_ca(gateway.get("/pets?a=1,2&b=3")).target("/pets?a=2&b=3&a=1");
    assert_eq!(other.send().await.header("x-ca-error-code"), REFUSED);
}

#[tokio::test]
async fn fields_of_a_form_are_signed_as_parameters() {
    let (gateway, app) = pets().await;
    let signed = app.sign_ca(gateway.post("/pets?b=2&a=query", "").form("a=form&c=%E4%B8%AD+x&d="));
    assert_eq!(signed.send().await.verdict(), "200 mock");
    let changed = signed.clone().body("a=other&c=%E4%B8%AD+x&d=").send().await;
    assert_eq!(changed.header("x-ca-error-code"), REFUSED);
    // A name in both takes its value from the form, so that the query's may change.
    let query = app.sign_ca(gateway.post("/pets?b=2&a=query", "").form("a=form")).target("/pets?b=2&a=other");
    assert_eq!(query.send().await.verdict(), "200 mock");
}

#[tokio::test]
async fn a_body_that_is_no_form_is_not_signed() {
    let (gateway, app) = pets().await;
    let signed = app.sign_ca(gateway.post("/pets", "a=1").header("content-type", "text/plain"));
    assert_eq!(signed.send().await.verdict(), "200 mock");
    let again = app.sign_ca(gateway.post("/pets", "a=1").header("content-type", "text/plain"));
    assert_eq!(again.body("a=2").send().await.verdict(), "200 mock");
}

#[tokio::test]
async fn a_form_on_a_get_has_no_fields() {
    // A client library sends this content type with every GET, and signs it.
    let (gateway, app) = pets().await;
    let content_type = "application/x-www-form-urlencoded; charset=utf-8";
    let signed = app.sign_ca(gateway.get("/pets?a=1").header("content-type", content_type));
    assert_eq!(signed.send().await.verdict(), "200 mock");
}

//! Who is believed, and what others are told.

use axum::body::Body;
use axum::http::Request;
use insta::assert_snapshot;
use serde_json::Value;

use crate::support::{KEY, Reply, SECRET, Style, World};

#[tokio::test]
async fn wrong_signatures_are_told_what_was_signed() {
    let world = World::new().await;
    let wrong = world.client(KEY, "another secret");
    let told = wrong.refused("DescribeRegions", &[]).await;
    assert!(
        told.starts_with(
            "400 SignatureDoesNotMatch: Specified signature is not matched with our calculation. \
        server string to sign is:POST&%2F&AccessKeyId%3DPFOWNERKEY%26Action%3DDescribeRegions"
        ),
        "{told}"
    );
    let told = wrong.calling(Style::Acs3).refused("DescribeRegions", &[]).await;
    assert!(told.starts_with("400 SignatureDoesNotMatch"), "{told}");
    let unknown = world.client("PFNOBODY", SECRET);
    assert_snapshot!(unknown.refused("DescribeRegions", &[]).await, @"404 InvalidAccessKeyId.NotFound: Specified access key is not found or disabled: `PFNOBODY`.");
    assert_snapshot!(unknown.calling(Style::Acs3).refused("DescribeRegions", &[]).await, @"404 InvalidAccessKeyId.NotFound: Specified access key is not found or disabled: `PFNOBODY`.");
}

#[tokio::test]
async fn a_call_is_good_once() {
    for style in Style::ALL {
        let owner = World::new().await.owner().calling(style);
        let (first, again) = twice(owner.request("DescribeRegions", &[])).await;
        assert_eq!(owner.send(first).await.status, 200, "{style:?}");
        let told = owner.send(again).await.fault();
        assert_eq!(told, "400 SignatureNonceUsed: Specified signature nonce was used already.", "{style:?}");
    }
}

async fn twice(request: Request<Body>) -> (Request<Body>, Request<Body>) {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let again = Request::from_parts(parts.clone(), Body::from(body.clone()));
    (Request::from_parts(parts, Body::from(body)), again)
}

#[tokio::test]
async fn a_call_lasts_a_quarter_of_an_hour() {
    for style in Style::ALL {
        let world = World::new().await;
        let owner = world.owner().calling(style);
        let early = owner.request("DescribeRegions", &[]);
        let late = owner.request("DescribeRegions", &[]);
        world.clock.advance(15 * 60 * 1000);
        assert_eq!(owner.send(early).await.status, 200, "{style:?}");
        world.clock.advance(1);
        let told = owner.send(late).await.fault();
        assert_eq!(told, "400 InvalidTimeStamp.Expired: Specified time stamp or date value is expired.");
    }
}

#[tokio::test]
async fn an_incomplete_signature_is_told_what_it_lacks() {
    let world = World::new().await;
    let send = async |request| world.owner().send(request).await.fault();
    let base = "/?Action=DescribeRegions&Version=2016-07-14&Format=JSON";
    let get = |more: &str| Request::get(format!("{base}{more}")).body(Body::empty()).unwrap();
    assert_snapshot!(send(get("")).await, @"400 MissingAccessKeyId: The AccessKeyId is mandatory for this action.");
    assert_snapshot!(send(get("&AccessKeyId=a&Signature=b&SignatureMethod=MD5")).await, @"400 InvalidSignatureMethod: The specified parameter SignatureMethod value is not valid. `MD5`: HMAC-SHA1 and HMAC-SHA256 are allowed.");
    assert_snapshot!(send(get("&AccessKeyId=a&Signature=b&SignatureNonce=c&Timestamp=now")).await, @"400 InvalidTimeStamp.Format: Specified time stamp or date value is not well formatted: Timestamp `now` is not of the form YYYY-MM-DDThh:mm:ssZ.");
    let token =
        "&AccessKeyId=a&Signature=b&SignatureNonce=c&Timestamp=2026-01-01T00%3A00%3A00Z&SecurityToken=t";
    assert_snapshot!(send(get(token)).await, @"400 InvalidSecurityToken.NotSupported: Specified SecurityToken is not supported: sign with an access key of this gateway.");
    let acs3 =
        Request::post("/").header("x-acs-action", "DescribeRegions").header("x-acs-version", "2016-07-14");
    let acs3 = acs3.header("authorization", "ACS3-HMAC-SHA256 Credential=a").body(Body::empty()).unwrap();
    assert_snapshot!(send(acs3).await, @"400 IncompleteSignature: The request signature does not conform to Aliyun standards: the Authorization header is malformed: SignedHeaders= is missing or not as `ACS3-HMAC-SHA256 Credential=<id>,SignedHeaders=<a;b>,Signature=<hex>`.");
}

#[tokio::test]
async fn a_role_that_looks_changes_nothing_and_sees_no_secret() {
    let world = World::new().await;
    let app = world.owner().done("CreateApp", &[("AppName", "reader")]).await["AppId"].to_string();
    let onlooker = world.onlooker().await;
    onlooker.done("DescribeApp", &[("AppId", &app)]).await;
    assert_snapshot!(onlooker.refused("CreateApiGroup", &[("GroupName", "pet_shop")]).await, @"403 Forbidden.RAM: User not authorized to operate on the specified resource: `onlooker` may not do group:create to group/….");
    let told = onlooker.refused("DescribeAppSecurity", &[("AppId", &app)]).await;
    assert!(told.starts_with("403 Forbidden.RAM"), "{told}");
}

/// Captured from the vendor's clients: each is believed, whatever it asks for.
#[tokio::test]
async fn requests_of_the_vendors_clients_are_believed() {
    let vectors: Value = serde_json::from_str(include_str!("../management-signature.json")).unwrap();
    let groups = vectors["groups"].as_object().unwrap();
    let mut believed = 0;
    for vector in groups.values().flat_map(|group| group.as_array().unwrap()) {
        let (request, signed_at) = match (&vector["wire"], &vector["url"]) {
            (wire @ Value::Object(_), _) => (of_wire(wire), "2023-11-14T22:13:20Z"),
            (_, Value::String(url)) => (of_url(vector, url), "2016-02-23T12:46:24Z"),
            // Of another version of the interface, and without a request.
            _ => continue,
        };
        let signed_at: jiff::Timestamp = signed_at.parse().unwrap();
        let world = World::at(signed_at.as_millisecond()).await;
        world.add_access_key("testid", "testsecret").await;
        let reply: Reply = world.owner().send(request).await;
        let told = reply.fault();
        let known = ["NotFoundApiGroup", "MissingApiName", "InvalidAction.NotFound"];
        let answered = reply.status == 200 || known.iter().any(|code| told.contains(code));
        assert!(answered, "{}: {told}", vector["name"]);
        believed += 1;
    }
    assert_eq!(believed, 7);
}

fn of_wire(wire: &Value) -> Request<Body> {
    let mut request =
        Request::builder().method(wire["method"].as_str().unwrap()).uri(wire["target"].as_str().unwrap());
    for header in wire["headers"].as_array().unwrap() {
        request = request.header(header[0].as_str().unwrap(), header[1].as_str().unwrap());
    }
    request.body(Body::from(wire["body"].as_str().unwrap().to_owned())).unwrap()
}

fn of_url(vector: &Value, url: &str) -> Request<Body> {
    let form = vector["formBody"].as_object().unwrap();
    let fields = form.iter().map(|(name, value)| (name, value.as_str().unwrap()));
    let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = Request::builder().method(vector["method"].as_str().unwrap()).uri(url);
    request.header("content-type", "application/x-www-form-urlencoded").body(Body::from(form)).unwrap()
}

//! How calls come and how they are answered.

use axum::body::Body;
use axum::http::Request;
use insta::assert_snapshot;
use paifang_api_alibaba::{BODY_AT_MOST, claims};
use serde_json::json;

use crate::support::{Style, World};

#[tokio::test]
async fn every_style_of_call_is_understood() {
    let owner = World::new().await.owner();
    for style in Style::ALL {
        let owner = owner.clone().calling(style);
        let mut answer = owner.done("DescribeRegions", &[("Language", "测试 *~'()")]).await;
        answer.as_object_mut().unwrap().remove("RequestId");
        let expected = json!({ "Regions": { "Region": [
            { "RegionId": "local", "LocalName": "local", "RegionEndpoint": "gateway" },
        ] } });
        assert_eq!(answer, expected, "{style:?}");
    }
}

#[tokio::test]
async fn xml_is_written_where_no_format_is_named() {
    let mut owner = World::new().await.owner();
    owner.format = None;
    let reply = owner.call("DescribeRegions", &[]).await;
    assert_eq!(reply.headers["content-type"], "text/xml;charset=utf-8");
    let (head, rest) = reply.body.split_once("<RequestId>").unwrap();
    assert_snapshot!(head, @r#"<?xml version="1.0" encoding="UTF-8"?><DescribeRegionsResponse>"#);
    assert_snapshot!(rest.split_once("</RequestId>").unwrap().1, @"<Regions><Region><RegionId>local</RegionId><LocalName>local</LocalName><RegionEndpoint>gateway</RegionEndpoint></Region></Regions></DescribeRegionsResponse>");
    let refused = owner.call("DescribeApi", &[]).await.body;
    assert_snapshot!(refused.split_once("</RequestId>").unwrap().1, @"<HostId>gateway</HostId><Code>MissingApiId</Code><Message>The ApiId is mandatory for this action.</Message><Recommend></Recommend></Error>");
}

#[tokio::test]
async fn the_instance_is_the_shared_one() {
    let owner = World::new().await.owner();
    let answer = owner.done("DescribeInstances", &[]).await;
    assert_eq!(answer["Instances"]["InstanceAttribute"][0]["InstanceId"], "api-shared-vpc-001");
    let none = owner.done("DescribeInstances", &[("InstanceId", "apigateway-hz-1")]).await;
    assert_eq!((&none["TotalCount"], &none["Instances"]["InstanceAttribute"]), (&json!(0), &json!([])));
}

#[tokio::test]
async fn pages_are_judged() {
    let owner = World::new().await.owner();
    assert_snapshot!(owner.refused("DescribeApiGroups", &[("PageSize", "51")]).await, @"400 InvalidPageSize: The specified parameter PageSize value is not valid. `51`: 1 to 50 are allowed.");
    assert_snapshot!(owner.refused("DescribeApiGroups", &[("PageNumber", "0")]).await, @"400 InvalidPageNumber: The specified parameter PageNumber value is not valid. `0`: pages count from 1.");
    assert_snapshot!(owner.refused("DescribeApiGroups", &[("PageNumber", "one")]).await, @"400 InvalidPageNumber: The specified parameter PageNumber value is not valid. `one`: it is not a whole number in range.");
}

#[tokio::test]
async fn what_is_no_call_is_told_so() {
    let world = World::new().await;
    let owner = world.owner();
    let send = async |request: Request<Body>| owner.send(request).await.fault();
    let put = Request::put("/?Action=DescribeRegions&Format=JSON").body(Body::empty()).unwrap();
    assert_snapshot!(send(put).await, @"400 UnsupportedHTTPMethod: The HTTP method PUT is not supported: use GET or POST.");
    let versionless = Request::get("/?Action=DescribeRegions&Format=JSON").body(Body::empty()).unwrap();
    assert_snapshot!(send(versionless).await, @"400 MissingVersion: The Version is mandatory for this action.");
    let older = "/?Action=DescribeRegions&Format=JSON&Version=2014-05-26";
    assert_snapshot!(send(Request::get(older).body(Body::empty()).unwrap()).await, @"400 InvalidVersion: The specified parameter Version value is not valid. `2014-05-26`: 2016-07-14 is allowed.");
    let large = Request::post("/?Action=CreateApi").body(Body::from(vec![b'a'; BODY_AT_MOST + 1])).unwrap();
    assert_snapshot!(send(large).await, @"413 RequestEntityTooLarge: The request body has at most 1048576 bytes.");
}

#[tokio::test]
async fn what_is_no_call_goes_on() {
    let owner = World::new().await.owner();
    let get = |path: &str| Request::get(path).body(Body::empty()).unwrap();
    assert_eq!(owner.send(get("/")).await.body, "others");
    assert_eq!(owner.send(get("/console/?Action=DescribeRegions")).await.status, 404);
    let put = Request::put("/").body(Body::empty()).unwrap();
    assert_eq!(owner.send(put).await.status, 405);
}

#[tokio::test]
async fn parameters_have_a_number() {
    let owner = World::new().await.owner();
    let many = "a=1&".repeat(5_000);
    let request =
        Request::post("/?Action=CreateApi").header("content-type", "application/x-www-form-urlencoded");
    assert_snapshot!(owner.send(request.body(Body::from(many)).unwrap()).await.fault(), @"400 InvalidParameter: A request has fewer than 4096 parameters.");
}

#[test]
fn only_calls_are_claimed() {
    let claimed = |request: axum::http::request::Builder| claims(&request.body(()).unwrap().into_parts().0);
    let form = "application/x-www-form-urlencoded; charset=UTF-8";
    assert!(claimed(Request::get("/?Action=DescribeRegions")));
    assert!(claimed(Request::post("/").header("x-acs-action", "DescribeRegions")));
    assert!(claimed(Request::post("/").header("content-type", form)));
    assert!(!claimed(Request::get("/")));
    assert!(!claimed(Request::get("/?action=x")));
    assert!(!claimed(Request::get("/console/?Action=DescribeRegions")));
    assert!(!claimed(Request::get("/").header("content-type", form)));
}

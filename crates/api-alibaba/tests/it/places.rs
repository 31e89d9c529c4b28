//! VPC access authorizations, and APIs behind them.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::{World, get, mock_api, text};

#[tokio::test]
async fn an_access_is_set_used_and_removed() {
    let owner = World::new().await.owner();
    let place = [("VpcId", "vpc-1"), ("InstanceId", "10.0.0.7"), ("Port", "8080")];
    let named = [&place[..], &[("Name", "pet_store"), ("VpcTargetHostName", "pets.internal")]].concat();
    owner.done("SetVpcAccess", &named).await;
    let by_id = [("VpcId", "vpc-1"), ("InstanceId", "i-pets"), ("Port", "80"), ("Name", "pet_store_2")];
    owner.done("SetVpcAccess", &by_id).await;
    let listed = owner.done("DescribeVpcAccesses", &[("Name", "pet_store")]).await;
    assert_eq!(listed["TotalCount"], 2);
    let exactly =
        owner.done("DescribeVpcAccesses", &[("Name", "pet_store"), ("AccurateQuery", "True")]).await;
    assert_eq!(exactly["VpcAccessAttributes"]["VpcAccessAttribute"][0]["VpcTargetHostName"], "pets.internal");

    let group = owner.done("CreateApiGroup", &[("GroupName", "pet_shop")]).await;
    let config = get("/pets");
    let mut api = mock_api(text(&group["GroupId"]), "list_pets", &config);
    api[5].1 = r#"{"serviceProtocol":"HTTP","serviceVpcEnable":"TRUE","vpcConfig":{"name":"pet_store"},"servicePath":"/p","serviceHttpMethod":"GET","serviceTimeout":12}"#;
    let made = owner.done("CreateApi", &api).await;
    let id = ("ApiId", text(&made["ApiId"]));
    let shown = owner.done("DescribeApi", &[id]).await;
    let expected = json!({
        "Name": "pet_store", "VpcId": "vpc-1", "InstanceId": "10.0.0.7", "Port": 8080, "VpcScheme": "HTTP",
    });
    assert_eq!(shown["ServiceConfig"]["VpcConfig"], expected);
    assert_eq!(
        (&shown["ServiceConfig"]["ServiceTimeout"], &shown["ServiceConfig"]["ServiceVpcEnable"]),
        (&json!(12), &json!("TRUE"))
    );
    assert_snapshot!(owner.refused("RemoveVpcAccess", &place).await, @"400 DependencyViolationVpcAccess: The specified VpcAccess has Api definitions.");
    let mut there = api.clone();
    (there[1].1, there[5].1) = (
        "show_pets",
        r#"{"ServiceVpcEnable":"TRUE","VpcConfig":{"VpcId":"vpc-1","InstanceId":"i-gone","Port":"1"}}"#,
    );
    assert_snapshot!(owner.refused("CreateApi", &there).await, @"404 NotFoundVpcAccess: Cannot find resource according to your specified VpcAccess.");
    there[5].1 = r#"{"ServiceVpcEnable":"TRUE","VpcConfig":{"Name":"pet_store","VpcScheme":"HTTPS"}}"#;
    assert_snapshot!(owner.refused("CreateApi", &there).await, @"400 InvalidVpcScheme: The specified parameter VpcScheme value is not valid. `HTTPS`: this gateway does not offer it: the VPC access authorization says whether TLS is spoken.");
    owner.done("DeleteApi", &[id]).await;
    owner.done("RemoveVpcAccess", &place).await;
    assert_snapshot!(owner.refused("RemoveVpcAccess", &place).await, @"404 NotFoundVpcAccess: Cannot find resource according to your specified VpcAccess.");
}

#[tokio::test]
async fn rules_are_told_in_the_vendors_codes() {
    let owner = World::new().await.owner();
    let place = [("VpcId", "vpc-1"), ("InstanceId", "10.0.0.7"), ("Port", "8080"), ("Name", "pet_store")];
    owner.done("SetVpcAccess", &place).await;
    assert_snapshot!(owner.refused("SetVpcAccess", &place).await, @"400 RepeatedName: The specified Name is repeated. Name: `pet_store` is taken by backend_access/…; InstanceId: `vpc-1/10.0.0.7/8080` is taken by backend_access/….");
    let set = async |at: usize, value| {
        let mut params = place;
        params[at].1 = value;
        owner.refused("SetVpcAccess", &params).await
    };
    assert_snapshot!(set(3, "other_name").await, @"400 RepeatedInstanceId: The specified InstanceId is repeated. InstanceId: `vpc-1/10.0.0.7/8080` is taken by backend_access/….");
    assert_snapshot!(set(2, "0").await, @"400 InvalidPort: The specified parameter Port value is not valid. Port: 0 is not a port: 1 to 65535 are allowed.");
    assert_snapshot!(set(2, "http").await, @"400 InvalidPort: The specified parameter Port value is not valid. `http`: it is not a whole number in range.");
    assert_snapshot!(set(1, "a b").await, @"400 InvalidInstanceId: The specified parameter InstanceId value is not valid. InstanceId: `a b` contains ' ', but only these are allowed: letters, digits, `-_`; InstanceId: `a b` is not a host name: a label holds letters, digits, `-` and `_`.");
    assert_snapshot!(set(0, "").await, @"400 MissingVpcId: The VpcId is mandatory for this action.");
}

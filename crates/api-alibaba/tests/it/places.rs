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
    let expected = json!({ "Name": "pet_store", "VpcId": "vpc-1", "InstanceId": "10.0.0.7", "Port": 8080 });
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
    owner.done("DeleteApi", &[id]).await;
    owner.done("RemoveVpcAccess", &place).await;
    assert_snapshot!(owner.refused("RemoveVpcAccess", &place).await, @"404 NotFoundVpcAccess: Cannot find resource according to your specified VpcAccess.");
}

#[tokio::test]
async fn whoever_goes_through_an_access_says_whether_tls_is_spoken() {
    let owner = World::new().await.owner();
    let place = [("VpcId", "vpc-1"), ("InstanceId", "10.0.0.7"), ("Port", "8080"), ("Name", "pet_store")];
    let access = owner.done("SetVpcAccess", &place).await;
    let group = owner.done("CreateApiGroup", &[("GroupName", "pet_shop")]).await;
    let config = get("/pets");
    let mut api = mock_api(text(&group["GroupId"]), "list_pets", &config);
    let said = |vpc: serde_json::Value| {
        json!({ "ServiceVpcEnable": "TRUE", "VpcConfig": vpc, "ServicePath": "/p" }).to_string()
    };
    let https = said(json!({ "Name": "pet_store", "VpcScheme": "https" }));
    api[5].1 = &https;
    let made = owner.done("CreateApi", &api).await;
    let id = ("ApiId", text(&made["ApiId"]));
    let shown = async || owner.done("DescribeApi", &[id]).await["ServiceConfig"]["VpcConfig"].clone();
    let expected = json!({
        "Name": "pet_store", "VpcId": "vpc-1", "InstanceId": "10.0.0.7", "Port": 8080, "VpcScheme": "HTTPS",
    });
    assert_eq!(shown().await, expected);
    let mut plain = expected.clone();
    plain["VpcScheme"] = json!("HTTP");
    // By network, instance and port alone it is found as well.
    let triple = json!({ "VpcId": "vpc-1", "InstanceId": "10.0.0.7", "Port": "8080", "VpcScheme": "HTTP" });
    let variable = json!({ "Name": "#way#", "VpcScheme": "HTTPS" });
    for (text, expected) in
        [(said(expected.clone()), expected), (said(triple), plain), (said(variable.clone()), variable)]
    {
        let mut changed = api.clone();
        changed[5].1 = &text;
        owner.done("ModifyApi", &[&changed[..], &[id]].concat()).await;
        assert_eq!(shown().await, expected);
    }
    let refused = async |vpc| {
        let (text, mut api) = (said(vpc), api.clone());
        (api[1].1, api[5].1) = ("show_pets", &text);
        owner.refused("CreateApi", &api).await
    };
    assert_snapshot!(refused(json!({ "Name": "pet_store", "VpcScheme": "WS" })).await, @"400 InvalidVpcScheme: The specified parameter VpcScheme value is not valid. `WS`: HTTP and HTTPS are allowed.");
    assert_snapshot!(refused(json!({ "Name": "pet_store", "Port": 80 })).await, @"400 InvalidPort: The specified parameter Port value is not valid. `80`: the VPC access authorization `pet_store` has `8080`.");
    let by_id = json!({ "VpcAccessId": access["VpcAccessId"], "InstanceId": "10.0.0.8" });
    assert_snapshot!(refused(by_id).await, @"400 InvalidInstanceId: The specified parameter InstanceId value is not valid. `10.0.0.8`: the VPC access authorization `pet_store` has `10.0.0.7`.");
    assert_snapshot!(refused(json!({ "Name": "pet_store", "VpcTargetHostName": "pets" })).await, @"400 InvalidVpcConfig: The specified parameter VpcConfig value is not valid. `VpcTargetHostName`: this gateway does not offer it: it is no member.");
    assert_snapshot!(refused(json!({ "Name": "#way#", "Port": 8080 })).await, @"400 InvalidVpcConfig: The specified parameter VpcConfig value is not valid. `Port`: this gateway does not offer it: an access that has a variable in its name is named by nothing else.");
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

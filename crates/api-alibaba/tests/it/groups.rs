//! Groups: made, changed, shown, listed, deleted; those of another dialect are not there.

use insta::assert_snapshot;
use paifang_control::GroupDraft;
use paifang_model::Dialect;
use paifang_model::id::ApiId;
use serde_json::json;

use crate::support::{Style, World, get, mock_api, pretty, text};

#[tokio::test]
async fn a_group_has_a_life() {
    let owner = World::new().await.owner().calling(Style::Acs3);
    let made = owner
        .done(
            "CreateApiGroup",
            &[("GroupName", "pet_shop"), ("BasePath", "/v1"), ("Tag.1.Key", "env"), ("Tag.1.Value", "prod")],
        )
        .await;
    let id = text(&made["GroupId"]);
    assert_eq!(made["SubDomain"], format!("{id}.apis.localhost"));
    let config = r#"{"location":"HEADER","name":"myAppCodeHeader"}"#;
    let changes = [
        ("GroupId", id),
        ("Description", "Pets"),
        ("PassthroughHeaders", "host, X-Pet"),
        ("CustomAppCodeConfig", config),
    ];
    owner.done("ModifyApiGroup", &changes).await;
    let shown = owner.done("DescribeApiGroup", &[("GroupId", id)]).await;
    assert_snapshot!(pretty(&shown));
    let listed = owner.done("DescribeApiGroups", &[("GroupName", "PET"), ("Tag.1.Key", "env")]).await;
    assert_eq!(listed["TotalCount"], 1);
    let attribute = &listed["ApiGroupAttributes"]["ApiGroupAttribute"][0];
    assert_eq!(
        (&attribute["GroupId"], &attribute["Tags"]),
        (&made["GroupId"], &json!({ "TagInfo": [{ "Key": "env", "Value": "prod" }] }))
    );
    owner.done("SetGroupAuthAppCode", &[("GroupId", id), ("AuthAppCode", "HEADER")]).await;
    owner.done("DeleteApiGroup", &[("GroupId", id)]).await;
    assert_snapshot!(owner.refused("DescribeApiGroup", &[("GroupId", id)]).await, @"404 NotFoundApiGroup: Cannot find resource according to your specified ApiGroup.");
}

#[tokio::test]
async fn rules_are_told_in_the_vendors_codes() {
    let owner = World::new().await.owner();
    owner.done("CreateApiGroup", &[("GroupName", "pet_shop")]).await;
    let create = async |params: &[(&str, &str)]| owner.refused("CreateApiGroup", params).await;
    assert_snapshot!(create(&[]).await, @"400 MissingGroupName: The GroupName is mandatory for this action.");
    assert_snapshot!(create(&[("GroupName", "pet_shop")]).await, @"400 RepeatedGroupName: The specified GroupName is repeated. GroupName: `pet_shop` is taken by group/….");
    assert_snapshot!(create(&[("GroupName", "pet")]).await, @"400 InvalidGroupName.LengthLimit: The parameter GroupName length exceeds the limit. GroupName: `pet` has 3 characters, but 4 to 50 are allowed.");
    assert_snapshot!(create(&[("GroupName", "1pets")]).await, @"400 InvalidGroupName: The specified parameter GroupName value is not valid. GroupName: `1pets` must start with one of: letters, Chinese characters.");
    assert_snapshot!(create(&[("GroupName", "pets"), ("BasePath", "/[a]")]).await, @"400 InvalidBasePath: The specified parameter BasePath value is not valid. BasePath: the base path `/[a]` may not hold parameters.");
    assert_snapshot!(create(&[("GroupName", "pets"), ("InstanceId", "other")]).await, @"404 NotFoundInstance: Cannot find resource according to your specified Instance.");
    assert_snapshot!(create(&[("GroupName", "pets"), ("Tag.1.Key", "aliyun")]).await, @"400 InvalidTag.Key: The specified parameter Tag.Key value is not valid. `aliyun`: `aliyun`, `acs:`, `http://` and `https://` are reserved.");
    assert_snapshot!(owner.refused("DescribeApiGroup", &[("GroupId", "no id")]).await, @"404 NotFoundApiGroup: Cannot find resource according to your specified ApiGroup.");
}

#[tokio::test]
async fn a_group_with_apis_stays() {
    let owner = World::new().await.owner();
    let group = owner.done("CreateApiGroup", &[("GroupName", "pet_shop")]).await;
    let group = text(&group["GroupId"]);
    owner.done("CreateApi", &mock_api(group, "list_pets", &get("/pets"))).await;
    assert_snapshot!(owner.refused("DeleteApiGroup", &[("GroupId", group)]).await, @"400 DependencyViolationApiGroup: The specified ApiGroup has Api definitions.");
}

#[tokio::test]
async fn what_is_of_another_dialect_is_not_there() {
    let world = World::new().await;
    let (native, owner) = (world.native().await, world.owner());
    let other = native.create_group(GroupDraft::new(Dialect::Huawei, "Api_other")).await.unwrap().value.id;
    let own = owner.done("CreateApiGroup", &[("GroupName", "pet_shop")]).await;
    let own = owner.done("CreateApi", &mock_api(text(&own["GroupId"]), "list_pets", &get("/pets"))).await;
    let own = native.read_api(ApiId(text(&own["ApiId"]).parse().unwrap())).await.unwrap().value.definition;
    let api = native.create_api(other, own).await.unwrap().value.id;

    assert_eq!(owner.done("DescribeApiGroups", &[]).await["TotalCount"], 1);
    assert_eq!(owner.done("DescribeApis", &[]).await["TotalCount"], 1);
    assert_eq!(owner.done("DescribeApis", &[("ApiId", &api.to_string())]).await["TotalCount"], 0);
    let group = other.to_string();
    for action in
        ["DescribeApiGroup", "ModifyApiGroup", "DeleteApiGroup", "DescribeApis", "DescribeApiHistories"]
    {
        let told = owner.refused(action, &[("GroupId", &group)]).await;
        assert!(told.starts_with("404 NotFoundApiGroup"), "{action}: {told}");
    }
    for action in ["DescribeApi", "DeleteApi"] {
        let told = owner.refused(action, &[("ApiId", &api.to_string())]).await;
        assert!(told.starts_with("404 NotFoundApi:"), "{action}: {told}");
    }
    let told = owner.refused("CreateApi", &mock_api(&group, "list_pets", &get("/pets"))).await;
    assert!(told.starts_with("404 NotFoundApiGroup"), "{told}");
}

#[tokio::test]
async fn what_a_group_offers_over_tls_has_a_name() {
    let owner = World::new().await.owner();
    let made = owner.done("CreateApiGroup", &[("GroupName", "pet_shop")]).await;
    let group = ("GroupId", text(&made["GroupId"]));
    let shown = async |member: &str| owner.done("DescribeApiGroup", &[group]).await[member].clone();
    assert_eq!(shown("HttpsPolicy").await, "HTTPS2_TLS1_2", "what is offered where nothing was chosen");
    // TLS 1.0 is not offered; the name is kept.
    for policy in ["HTTPS1_1_TLS1_0", "HTTPS2_TLS1_0", "HTTPS2_TLS1_3"] {
        owner.done("ModifyApiGroupNetworkPolicy", &[group, ("HttpsPolicy", policy)]).await;
        assert_eq!(shown("HttpsPolicy").await, policy);
    }
    owner.done("ModifyApiGroupNetworkPolicy", &[group, ("InnerDomainEnable", "false")]).await;
    assert_eq!(
        (shown("HttpsPolicy").await, shown("DisableInnerDomain").await),
        ("HTTPS2_TLS1_3".into(), true.into())
    );
    let refused =
        async |name, value| owner.refused("ModifyApiGroupNetworkPolicy", &[group, (name, value)]).await;
    assert_snapshot!(refused("HttpsPolicy", "HTTPS3").await, @"400 InvalidHttpsPolicy: The specified parameter HttpsPolicy value is not valid. `HTTPS3`: `HTTPS1_1_TLS1_0`, `HTTPS2_TLS1_0`, `HTTPS2_TLS1_2`, `HTTPS2_TLS1_3` are known.");
    assert_snapshot!(refused("InternetEnable", "false").await, @"400 InvalidInternetEnable: The specified parameter InternetEnable value is not valid. `false`: this gateway does not offer it: networks are the operator's.");
}

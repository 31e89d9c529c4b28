//! Signatures by their own operations: the same object as a plug-in of its type, with a secret that only an owner sees.

use insta::assert_snapshot;
use serde_json::Value;

use crate::support::{Client, World, get, mock_api, text};

async fn signature(owner: &Client) -> String {
    let given =
        [("SignatureName", "backends"), ("SignatureKey", "SampleKey"), ("SignatureSecret", "SampleSecret")];
    let made = owner.done("CreateSignature", &given).await;
    assert_eq!(text(&made["SignatureName"]), "backends");
    text(&made["SignatureId"]).to_owned()
}

async fn shown(caller: &Client, id: &str) -> Value {
    let mut shown = caller.done("DescribeSignatures", &[("SignatureId", id)]).await;
    shown["SignatureInfos"]["SignatureInfo"][0].take()
}

#[tokio::test]
async fn it_is_made_shown_changed_and_deleted() {
    let world = World::new().await;
    let owner = world.owner();
    let id = signature(&owner).await;
    let told = async || {
        let shown = shown(&owner, &id).await;
        ["SignatureName", "SignatureKey", "SignatureSecret"].map(|name| text(&shown[name]).to_owned())
    };
    assert_eq!(told().await, ["backends", "SampleKey", "SampleSecret"]);
    owner.done("ModifySignature", &[("SignatureId", &id), ("SignatureSecret", "OtherSecret")]).await;
    assert_eq!(told().await, ["backends", "SampleKey", "OtherSecret"]);
    owner
        .done(
            "ModifySignature",
            &[("SignatureId", &id), ("SignatureKey", "OtherKey"), ("SignatureName", "others")],
        )
        .await;
    assert_eq!(told().await, ["others", "OtherKey", "OtherSecret"]);
    let seen = shown(&world.onlooker().await, &id).await;
    assert_eq!((text(&seen["SignatureKey"]), seen.get("SignatureSecret")), ("OtherKey", None));
    let plugin = owner.done("DescribePlugins", &[("PluginId", &id)]).await;
    let data = text(&plugin["Plugins"]["PluginAttribute"][0]["PluginData"]);
    assert_eq!(data, r#"{"type":"APIGW_BACKEND","key":"OtherKey","secret":"OtherSecret"}"#);
    owner.done("DeleteSignature", &[("SignatureId", &id)]).await;
    assert_snapshot!(owner.refused("DeleteSignature", &[("SignatureId", &id)]).await, @"404 NotFoundSignature: Cannot find resource according to your specified Signature.");
}

#[tokio::test]
async fn what_is_wrong_is_told_without_the_secret() {
    let owner = World::new().await.owner();
    let create = async |key, secret| {
        let given = [("SignatureName", "backends"), ("SignatureKey", key), ("SignatureSecret", secret)];
        owner.refused("CreateSignature", &given).await
    };
    assert_snapshot!(create("1key", "SampleSecret").await, @"400 InvalidSignatureKey: The specified parameter SignatureKey value is not valid. SignatureKey: `1key` is no key: it begins with a letter; letters, digits and `_` follow, 6 to 20 characters in all.");
    assert_snapshot!(create("SampleKey", "short").await, @"400 InvalidSignatureSecret: The specified parameter SignatureSecret value is not valid. SignatureSecret: it begins with a letter; letters, digits and `_@#!*` follow, 6 to 30 characters in all.");
    assert_snapshot!(create("SampleKey", "").await, @"400 MissingSignatureSecret: The SignatureSecret is mandatory for this action.");
}

#[tokio::test]
async fn it_is_bound_and_looked_at_from_either_side() {
    let world = World::new().await;
    let owner = world.owner();
    let made = owner.done("CreateApiGroup", &[("GroupName", "pet_shop")]).await;
    let group = ("GroupId", text(&made["GroupId"]));
    let api = owner.done("CreateApi", &mock_api(group.1, "list_pets", &get("/pets"))).await;
    let api = text(&api["ApiId"]);
    let id = signature(&owner).await;
    let place = [group, ("SignatureId", id.as_str()), ("StageName", "RELEASE"), ("ApiIds", api)];
    owner.done("SetSignatureApis", &place).await;
    let of_api = owner.done("DescribeSignaturesByApi", &[group, ("ApiId", api), place[2]]).await;
    assert_eq!(text(&of_api["Signatures"]["SignatureItem"][0]["SignatureName"]), "backends");
    assert_eq!(owner.done("DescribeApiSignatures", &[group, place[2]]).await["TotalCount"], 1);
    assert_eq!(owner.done("DescribeApisBySignature", &[place[1]]).await["TotalCount"], 1);
    assert_snapshot!(owner.refused("DeleteSignature", &[place[1]]).await, @"400 DependencyViolationSignature: The specified Signature has Api definitions.");
    owner.done("RemoveSignatureApis", &place).await;
    owner.done("DeleteSignature", &[place[1]]).await;
}

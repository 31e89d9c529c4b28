//! Apps, their keys and codes, and what they may call.

use insta::assert_snapshot;
use serde_json::Value;

use crate::support::{Client, World, get, mock_api, text};

async fn security(owner: &Client, app: &str) -> (String, String, String) {
    let shown = owner.done("DescribeAppSecurity", &[("AppId", app)]).await;
    let part = |name: &str| text(&shown[name]).to_owned();
    (part("AppKey"), part("AppSecret"), part("AppCode"))
}

async fn app(owner: &Client, name: &str) -> String {
    owner.done("CreateApp", &[("AppName", name)]).await["AppId"].to_string()
}

#[tokio::test]
async fn an_app_has_a_life() {
    let world = World::new().await;
    let owner = world.owner();
    let id = app(&owner, "reader").await;
    let (key, secret, code) = security(&owner, &id).await;
    assert!(key.len() == 9 && secret.len() == 32 && code.len() == 32, "{key} {secret} {code}");
    owner.done("ModifyApp", &[("AppId", &id), ("Description", "Reads")]).await;
    let shown = owner.done("DescribeApp", &[("AppId", &id)]).await;
    assert_eq!((&shown["AppName"], &shown["Description"]), (&"reader".into(), &"Reads".into()));
    world.clock.advance(1);
    app(&owner, "writer").await;
    let listed = owner.done("DescribeApps", &[("PageSize", "1")]).await;
    assert_eq!(
        (&listed["TotalCount"], &listed["Apps"]["AppItem"][0]["AppName"]),
        (&2.into(), &"reader".into())
    );
    assert_eq!(owner.done("DescribeAppAttributes", &[("AppId", &id)]).await["TotalCount"], 1);
    owner.done("DeleteApp", &[("AppId", &id)]).await;
    assert_snapshot!(owner.refused("DescribeApp", &[("AppId", &id)]).await, @"404 NotFoundApp: Cannot find resource according to your specified App.");
}

#[tokio::test]
async fn keys_and_codes_are_reset_added_and_deleted() {
    let owner = World::new().await.owner();
    let id = app(&owner, "reader").await;
    let app_id = ("AppId", id.as_str());
    let (key, secret, code) = security(&owner, &id).await;
    owner.done("ResetAppSecret", &[("AppKey", &key)]).await;
    let reset = security(&owner, &id).await;
    assert!(reset.0 == key && reset.1 != secret);
    owner
        .done(
            "ResetAppSecret",
            &[("AppKey", &key), ("NewAppKey", "newkey-1"), ("NewAppSecret", "newsecret-1")],
        )
        .await;
    let (key, secret, _) = security(&owner, &id).await;
    assert_eq!((key.as_str(), secret.as_str()), ("newkey-1", "newsecret-1"));
    owner.done("ResetAppCode", &[("AppCode", &code), ("NewAppCode", "newcode-1")]).await;
    assert_eq!(security(&owner, &id).await.2, "newcode-1");
    owner.done("CreateAppKey", &[app_id, ("AppKey", "second-key"), ("AppSecret", "second-secret")]).await;
    owner.done("CreateAppCode", &[app_id, ("AppCode", "second-code")]).await;
    let all = owner.done("DescribeAppSecurities", &[app_id]).await;
    assert_eq!(all["AppSecuritys"]["AppSecurity"].as_array().unwrap().len(), 2);
    owner.done("DeleteAppKey", &[app_id, ("AppKey", "newkey-1")]).await;
    owner.done("DeleteAppCode", &[app_id, ("AppCode", "newcode-1")]).await;
    assert_snapshot!(owner.refused("DeleteAppKey", &[app_id, ("AppKey", "second-key")]).await, @"403 ForbiddenAppKey: Not allowed to operate on the specified AppKey: the last key of an app cannot be deleted; reset its secret, or delete the app.");
    assert_snapshot!(owner.refused("DeleteAppCode", &[app_id, ("AppCode", "newcode-1")]).await, @"404 NotFoundAppCode: Cannot find resource according to your specified AppCode.");
    assert_snapshot!(owner.refused("ResetAppSecret", &[("AppKey", "newkey-1")]).await, @"404 NotFoundAppKey: Cannot find resource according to your specified AppKey.");
    assert_snapshot!(owner.refused("ResetAppCode", &[("AppCode", "newcode-1")]).await, @"404 NotFoundAppCode: Cannot find resource according to your specified AppCode.");
}

#[tokio::test]
async fn rules_are_told_in_the_vendors_codes() {
    let owner = World::new().await.owner();
    app(&owner, "reader").await;
    let create = async |params: &[(&str, &str)]| owner.refused("CreateApp", params).await;
    assert_snapshot!(create(&[("AppName", "reader")]).await, @"400 RepeatedAppName: The specified AppName is repeated. AppName: `reader` is taken by app/….");
    assert_snapshot!(create(&[("AppName", "abc")]).await, @"400 InvalidAppName: The specified parameter AppName value is not valid. `abc`: `abc` has 3 characters, but 4 to 26 are allowed.");
    assert_snapshot!(create(&[("AppName", "writer"), ("AppKey", "short")]).await, @"400 InvalidAppKey.LengthLimit: The parameter AppKey length exceeds the limit. AppKey: `short` has 5 characters, but 8 to 200 are allowed.");
    assert_snapshot!(create(&[("AppName", "writer"), ("AppCode", "short")]).await, @"400 InvalidAppCode.LengthLimit: The parameter AppCode length exceeds the limit. AppCode: it has 5 characters, but 8 to 180 are allowed.");
    assert_eq!(owner.done("DescribeApps", &[]).await["TotalCount"], 1, "nothing is half made");
    assert_snapshot!(owner.refused("DescribeApp", &[("AppId", "reader")]).await, @"404 NotFoundApp: Cannot find resource according to your specified App.");
}

#[tokio::test]
async fn authorizations_are_set_listed_and_removed() {
    let owner = World::new().await.owner();
    let group = owner.done("CreateApiGroup", &[("GroupName", "pet_shop")]).await;
    let group = ("GroupId", text(&group["GroupId"]));
    let (first, second) = (get("/first"), get("/second"));
    let one = owner.done("CreateApi", &mock_api(group.1, "first_api", &first)).await;
    let two = owner.done("CreateApi", &mock_api(group.1, "second_api", &second)).await;
    let (one, two) = (text(&one["ApiId"]), text(&two["ApiId"]));
    let (reader, writer) = (app(&owner, "reader").await, app(&owner, "writer").await);
    let stage = ("StageName", "RELEASE");

    let (both, apis) = (format!("{reader},{writer}"), format!("{one},{two}"));
    let until = ("AuthValidTime", "Fri, 05 Oct 2029 16:00:00 GMT");
    owner
        .done(
            "SetAppsAuthorities",
            &[group, stage, ("ApiId", one), ("AppIds", &both), until, ("Description", "both")],
        )
        .await;
    owner.done("SetApisAuthorities", &[group, stage, ("AppId", &reader), ("ApiIds", &apis)]).await;

    let apps = owner.done("DescribeAuthorizedApps", &[group, stage, ("ApiId", one)]).await;
    assert_eq!(apps["TotalCount"], 2);
    let ends = |name: &str| -> Value {
        let apps = apps["AuthorizedApps"]["AuthorizedApp"].as_array().unwrap();
        apps.iter().find(|app| app["AppName"] == name).unwrap()["AuthVaildTime"].clone()
    };
    assert_eq!((ends("reader"), ends("writer")), ("".into(), "Fri, 05 Oct 2029 16:00:00 GMT".into()));
    let listed = owner.done("DescribeAuthorizedApis", &[("AppId", &reader)]).await;
    assert_eq!(listed["TotalCount"], 2);
    assert_eq!(listed["AuthorizedApis"]["AuthorizedApi"][0]["StageName"], "RELEASE");

    owner.done("RemoveAppsAuthorities", &[group, stage, ("ApiId", one), ("AppIds", &both)]).await;
    owner.done("RemoveApisAuthorities", &[group, stage, ("AppId", &reader), ("ApiIds", two)]).await;
    assert_eq!(owner.done("DescribeAuthorizedApis", &[("AppId", &reader)]).await["TotalCount"], 0);
    let again = [group, stage, ("ApiId", one), ("AppIds", reader.as_str())];
    assert_snapshot!(owner.refused("RemoveAppsAuthorities", &again).await, @"404 NotFoundAuthorization: Cannot find resource according to your specified Authorization. Authorization: there is no grant `…`.");
    let unknown = [group, stage, ("ApiId", one), ("AppIds", "1")];
    assert_snapshot!(owner.refused("SetAppsAuthorities", &unknown).await, @"404 NotFoundApp: Cannot find resource according to your specified App.");
    let over = [
        group,
        stage,
        ("ApiId", one),
        ("AppIds", reader.as_str()),
        ("AuthValidTime", "2020-01-01T00:00:00Z"),
    ];
    assert_snapshot!(owner.refused("SetAppsAuthorities", &over).await, @"400 InvalidAuthValidTime: The specified parameter AuthValidTime value is not valid. AuthValidTime: 1577836800000 is over: it must be later than now, 1767225600000.");
    let ill = [group, stage, ("ApiId", one), ("AppIds", reader.as_str()), ("AuthValidTime", "soon")];
    assert_snapshot!(owner.refused("SetAppsAuthorities", &ill).await, @"400 InvalidAuthValidTime: The specified parameter AuthValidTime value is not valid. `soon`: a time like `Fri, 05 Oct 2018 16:00:00 GMT` or `2018-10-05T16:00:00Z` is allowed.");
}

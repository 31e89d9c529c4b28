//! This interface's words when a quota is used up.

use crate::support::{World, get, mock_api, text};

#[tokio::test]
async fn every_quota_that_is_used_up_has_its_code() {
    let world = World::new().await;
    let owner = world.owner();
    let made = owner.done("CreateApiGroup", &[("GroupName", "pet_shop")]).await;
    let group = text(&made["GroupId"]);
    let (first, second) = (get("/first"), get("/second"));
    owner.done("CreateApi", &mock_api(group, "first_api", &first)).await;
    owner.done("SetDomain", &[("GroupId", group), ("DomainName", "a.example.com")]).await;
    let app = owner.done("CreateApp", &[("AppName", "reader")]).await["AppId"].to_string();
    let domain = vec![("GroupId", group), ("DomainName", "b.example.com")];
    let cases = [
        ("alibaba.groups", "CreateApiGroup", vec![("GroupName", "zoo_shop")], "ExceedLimitApiGroup"),
        ("alibaba.apis_per_group", "CreateApi", mock_api(group, "second_api", &second), "ExceedLimitApi"),
        ("alibaba.domains_per_group", "SetDomain", domain, "ExceedLimitDomain"),
        ("all.apps", "CreateApp", vec![("AppName", "writer")], "ExceedLimitApp"),
        ("all.app_codes_per_app", "CreateAppCode", vec![("AppId", app.as_str())], "ExceedLimitAppCode"),
    ];
    for (name, action, parameters, code) in cases {
        world.native().await.set_quota(name, Some(1), None).await.unwrap();
        let refused = owner.refused(action, &parameters).await;
        assert!(refused.starts_with(&format!("400 {code}: ")), "{name}: {refused}");
        world.native().await.reset_quota(name, None).await.unwrap();
    }
}

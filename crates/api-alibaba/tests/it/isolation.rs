//! What the other dialect has is neither listed nor read nor changed here, by any operation.

use paifang_api_alibaba::{Offer, operations};

use crate::support::{Hidden, Operations, World, get, mock_api, revision, text};

/// A value that an operation takes well, whatever it names.
fn value<'h>(hidden: &'h Hidden, name: &str) -> &'h str {
    match name {
        "GroupId" => &hidden.group,
        "ApiId" | "ApiIds" => &hidden.api,
        "AppId" | "AppIds" => &hidden.app,
        "DomainName" => hidden.host,
        "StageName" => "RELEASE",
        "HistoryVersion" => "20260101000000000",
        "AuthAppCode" => "HEADER",
        "StartTime" => "2026-01-31T12:00:00Z",
        "EndTime" => "2026-01-31T13:00:00Z",
        _ => "anything",
    }
}

/// Operations that take the id of a group or of an API.
fn taking_ids() -> impl Iterator<Item = &'static str> {
    let offered = operations().filter(|operation| matches!(operation.offer, Offer::Offered(_)));
    let takes = |name: &str| {
        let given = Operations::get().parameters(name);
        given.iter().any(|(name, _)| matches!(name.as_str(), "GroupId" | "ApiId" | "ApiIds"))
    };
    offered.map(|operation| operation.name).filter(move |name| takes(name))
}

#[tokio::test]
async fn ids_of_the_other_dialect_name_nothing() {
    let world = World::new().await;
    let (owner, hidden) = (world.owner(), Hidden::make(&world).await);
    let before = revision(&world).await;
    let mut asked = 0;
    for action in taking_ids() {
        let parameters = Operations::get().parameters(action);
        let wanted = parameters.iter().filter(|(name, required)| {
            *required || ["GroupId", "ApiId", "ApiIds", "StageName"].contains(&name.as_str())
        });
        let config = get("/pets");
        let mut params: Vec<(&str, &str)> = match action {
            "CreateApi" | "ModifyApi" => mock_api(&hidden.group, "list_pets", &config),
            _ => wanted.map(|(name, _)| (name.as_str(), value(&hidden, name))).collect(),
        };
        if action == "ModifyApi" {
            params.push(("ApiId", &hidden.api));
        }
        let reply = owner.call(action, &params).await;
        if reply.status == 200 {
            assert_eq!(reply.json()["TotalCount"], 0, "{action} found something: {}", reply.body);
        } else {
            let fault = reply.fault();
            assert!(fault.starts_with("404 NotFound"), "{action}: {fault}");
        }
        asked += 1;
    }
    assert!(asked > 25, "{asked} operations");
    assert_eq!(revision(&world).await, before, "something was changed");
}

#[tokio::test]
async fn an_api_alone_names_nothing_either() {
    let world = World::new().await;
    let (owner, hidden) = (world.owner(), Hidden::make(&world).await);
    for action in ["DescribeApi", "DeleteApi", "DeployApi", "AbolishApi", "DescribeDeployedApi"] {
        let params = [("ApiId", hidden.api.as_str()), ("StageName", "RELEASE"), ("Description", "x")];
        let fault = owner.refused(action, &params).await;
        assert!(fault.starts_with("404 NotFoundApi:"), "{action}: {fault}");
    }
}

#[tokio::test]
async fn lists_leave_the_other_dialect_out() {
    let world = World::new().await;
    let (owner, hidden) = (world.owner(), Hidden::make(&world).await);
    let app = ("AppId", hidden.app.as_str());
    for (action, params) in [
        ("DescribeApiGroups", &[][..]),
        ("DescribeApis", &[]),
        ("DescribeDeployedApis", &[]),
        ("DescribeAuthorizedApis", &[app]),
    ] {
        assert_eq!(owner.done(action, params).await["TotalCount"], 0, "{action}");
    }
    let made = owner.done("CreateApiGroup", &[("GroupName", "own_group")]).await;
    let shown = owner.done("DescribeApiGroup", &[("GroupId", text(&made["GroupId"]))]).await;
    assert!(!shown["StageItems"].to_string().contains("HIDDEN"), "{shown}");
}

/// A name that the other dialect has is free here.
#[tokio::test]
async fn names_are_taken_per_dialect() {
    let world = World::new().await;
    Hidden::make(&world).await;
    world.owner().done("CreateApiGroup", &[("GroupName", "hidden_group")]).await;
}

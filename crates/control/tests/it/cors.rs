//! The policy `cors` of the second cloud: what it asks of the APIs that it is bound to (spec: huawei/plugins.md).

use paifang_control::{BindTarget, Deploy, Error, PolicyDraft};
use paifang_model::definition::MethodRule;
use paifang_model::id::{ApiId, GroupId, PolicyId, StageId};
use paifang_model::{Dialect, PolicyKind};
use serde_json::json;

use crate::world::{World, get, stage};

fn here() -> StageId {
    stage(Dialect::Huawei, "RELEASE")
}

async fn online(world: &World, group: GroupId, method: MethodRule, path: &str) -> ApiId {
    let mut definition = get(path);
    definition.name = format!("{method:?}_{}", definition.name);
    definition.request.method = method;
    let api = world.owner.create_api(group, definition).await.unwrap().value.id;
    let deploy = Deploy { stage: here(), remark: String::new() };
    world.owner.deploy_api(api, &deploy, None).await.unwrap();
    api
}

async fn cors(world: &World, name: &str, methods: Option<&str>) -> PolicyId {
    let mut settings = json!({ "allow_origin": "*" });
    if let Some(methods) = methods {
        settings["allow_methods"] = json!(methods);
    }
    let (dialect, kind) = (Dialect::Huawei, PolicyKind::Cors);
    let draft =
        PolicyDraft { dialect, kind, name: name.to_owned(), settings, remark: String::new(), secret: None };
    world.owner.create_policy(draft).await.unwrap().value.id
}

/// What is said against binding a policy to APIs; nothing: it is bound.
async fn bind(world: &World, policy: PolicyId, apis: &[ApiId]) -> Vec<String> {
    let targets: Vec<BindTarget> = apis.iter().map(|api| BindTarget { api: *api, stage: here() }).collect();
    match world.owner.bind_policy(policy, &targets).await {
        Ok(_) => Vec::new(),
        Err(Error::Invalid(violations)) => {
            violations.iter().map(|one| format!("{} {:?} {}", one.pointer, one.rule, one.message)).collect()
        }
        Err(other) => panic!("not a complaint: {other}"),
    }
}

#[tokio::test]
async fn the_method_of_an_api_is_one_that_pages_may_use() {
    let world = World::new().await;
    let group = world.group(Dialect::Huawei, "zoo").await.value.id;
    let pets = online(&world, group, MethodRule::Get, "/pets").await;
    let cats = online(&world, group, MethodRule::Delete, "/cats").await;
    let dogs = online(&world, group, MethodRule::Any, "/dogs").await;
    let some = cors(&world, "some", Some("GET, POST")).await;
    assert_eq!(
        bind(&world, some, &[pets, cats, dogs]).await,
        [format!(
            "/1/api Conflict the api `{cats}` has the method DELETE, and the policy allows pages GET,POST"
        )]
    );
    assert!(bind(&world, some, &[pets, dogs]).await.is_empty());
    let nothing_said = cors(&world, "nothing_said", None).await;
    assert!(bind(&world, nothing_said, &[cats]).await.is_empty());
}

#[tokio::test]
async fn where_an_api_answers_options_it_answers_preflights() {
    let world = World::new().await;
    let group = world.group(Dialect::Huawei, "zoo").await.value.id;
    let pets = online(&world, group, MethodRule::Get, "/pets").await;
    let options = online(&world, group, MethodRule::Options, "/pets").await;
    let cats = online(&world, group, MethodRule::Get, "/cats").await;
    let any = cors(&world, "any", None).await;
    let told =
        format!("Conflict the api `{options}` has the method OPTIONS at this path: it answers preflights");
    assert_eq!(
        bind(&world, any, &[pets, options, cats]).await,
        [format!("/0/api {told}"), format!("/1/api {told}")]
    );
    assert!(bind(&world, any, &[cats]).await.is_empty());
    world.owner.take_api_offline(options, here()).await.unwrap();
    assert!(bind(&world, any, &[pets]).await.is_empty());
}

#[tokio::test]
async fn apis_of_one_path_have_one_policy() {
    let world = World::new().await;
    let group = world.group(Dialect::Huawei, "zoo").await.value.id;
    let read = online(&world, group, MethodRule::Get, "/pets").await;
    let write = online(&world, group, MethodRule::Post, "/pets").await;
    let elsewhere = world.group(Dialect::Huawei, "farm").await.value.id;
    let elsewhere = online(&world, elsewhere, MethodRule::Get, "/pets").await;
    let (one, other) = (cors(&world, "one", None).await, cors(&world, "other", None).await);
    assert!(bind(&world, one, &[read]).await.is_empty());
    let told = bind(&world, other, &[write]).await;
    assert_eq!(
        told,
        [format!(
            "/0/api Conflict the api `{read}` has this path, too, and the policy `{one}`: APIs of one path have one \
             policy of this kind, so that it is to be bound to all of them at once"
        )]
    );
    assert!(bind(&world, other, &[elsewhere]).await.is_empty(), "it is of another group");
    assert!(bind(&world, one, &[write]).await.is_empty());
    assert!(bind(&world, other, &[read, write]).await.is_empty(), "both change at once");
}

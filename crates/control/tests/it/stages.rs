//! Stages: built-in ones stay as they are, names compare as the dialect says.

use paifang_control::{Deploy, Error, Refusal, StageDraft, StagePatch};
use paifang_model::{Dialect, Kind};

use crate::world::{World, complaints, refused, release};

fn draft(dialect: Dialect, name: &str) -> StageDraft {
    StageDraft { dialect, name: name.to_owned(), description: String::new() }
}

#[tokio::test]
async fn built_in_stages_stay_as_they_are() {
    let world = World::new().await;
    let patch = || StagePatch { description: Some("mine".to_owned()), ..StagePatch::default() };
    refused!(world.owner.update_stage(release(), patch(), None).await, Error::Refused(Refusal::BuiltInStage));
    refused!(world.owner.delete_stage(release(), None).await, Error::Refused(Refusal::BuiltInStage));
    let beta = world.owner.create_stage(draft(Dialect::Alibaba, "BETA")).await.unwrap().value.id;
    world.owner.update_stage(beta, patch(), None).await.unwrap();
    world.owner.delete_stage(beta, None).await.unwrap();
}

#[tokio::test]
async fn one_cloud_ignores_the_case_of_names_and_the_other_does_not() {
    let world = World::new().await;
    let found = world.viewer.find_stage(Dialect::Alibaba, "release").await.unwrap();
    assert_eq!(found.value.id, release());
    refused!(world.viewer.find_stage(Dialect::Huawei, "release").await, Error::NotFound { .. });
    assert_eq!(world.viewer.read_stage(release()).await.unwrap(), found);
    world.owner.create_stage(draft(Dialect::Huawei, "Blue")).await.unwrap();
    world.owner.create_stage(draft(Dialect::Huawei, "blue")).await.unwrap();
    let again = world.owner.create_stage(draft(Dialect::Huawei, "blue")).await;
    assert_eq!(complaints(again), ["/name Duplicate"]);
}

#[tokio::test]
async fn a_dialect_allows_so_many_stages_whatever_the_other_has() {
    let world = World::new().await;
    for number in 0..5 {
        world.owner.create_stage(draft(Dialect::Alibaba, &format!("A{number}"))).await.unwrap();
    }
    for number in 1..10 {
        world.owner.create_stage(draft(Dialect::Huawei, &format!("env{number}"))).await.unwrap();
    }
    refused!(
        world.owner.create_stage(draft(Dialect::Huawei, "env10")).await,
        Error::QuotaExceeded { kind: Kind::Stage, limit: 10 }
    );
}

#[tokio::test]
async fn a_stage_that_serves_stays() {
    let world = World::new().await;
    let (_, api) = world.pets().await;
    let beta = world.owner.create_stage(draft(Dialect::Alibaba, "BETA")).await.unwrap().value.id;
    let deploy = Deploy { stage: beta, remark: String::new() };
    world.owner.deploy_api(api.value.id, &deploy, None).await.unwrap();
    refused!(world.owner.delete_stage(beta, None).await, Error::InUse { count: 1, .. });
    world.owner.take_api_offline(api.value.id, beta).await.unwrap();
    world.owner.delete_stage(beta, None).await.unwrap();
}

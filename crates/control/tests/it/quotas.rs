//! Quotas: the clouds' numbers in the cloud profile, none otherwise.

use std::sync::Arc;

use paifang_control::{AcceptAll, Error, GroupDraft};
use paifang_model::limits::Profile;
use paifang_model::{Dialect, Kind};

use crate::world::World;

#[tokio::test]
async fn a_cloud_allows_fifty_groups_whatever_the_other_has() {
    let world = World::of(Profile::Cloud, Arc::new(AcceptAll)).await;
    for number in 0..3 {
        world.group(Dialect::Huawei, &format!("other{number}")).await;
    }
    for number in 0..50 {
        world.group(Dialect::Alibaba, &format!("group{number}")).await;
    }
    let error = world.owner.create_group(GroupDraft::new(Dialect::Alibaba, "group50")).await.unwrap_err();
    assert!(matches!(error, Error::QuotaExceeded { kind: Kind::Group, limit: 50 }), "{error:?}");
    insta::assert_snapshot!(error, @"there may be 50 of kind group at most");
    world.group(Dialect::Huawei, "other3").await;
}

#[tokio::test]
async fn ones_own_machine_has_no_quotas() {
    let world = World::new().await;
    for number in 0..52 {
        world.group(Dialect::Alibaba, &format!("group{number}")).await;
    }
}

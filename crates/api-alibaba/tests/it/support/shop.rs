//! A group with an API that nobody has published yet.

use super::{Client, World, get, mock_api, text};

/// World and owner, and the ids of the group and of its API.
pub(crate) async fn pet_shop() -> (World, Client, String, String) {
    let world = World::new().await;
    let owner = world.owner();
    let group = owner.done("CreateApiGroup", &[("GroupName", "pet_shop")]).await;
    let group = text(&group["GroupId"]).to_owned();
    let api = owner.done("CreateApi", &mock_api(&group, "list_pets", &get("/pets"))).await;
    (world, owner, group, text(&api["ApiId"]).to_owned())
}

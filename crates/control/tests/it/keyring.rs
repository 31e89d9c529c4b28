//! The keyring: seen by all, changed by owners, and never shown.

use paifang_control::{DataKeyState, Error, Keys};

use crate::world::{World, refused};

fn states(keys: &Keys) -> Vec<(u32, DataKeyState)> {
    keys.data.iter().map(|key| (key.number, key.state)).collect()
}

#[tokio::test]
async fn owners_rotate_and_others_look() {
    let world = World::new().await;
    world.app("shop").await;
    let before = world.viewer.read_keyring().await.unwrap();
    assert_eq!(states(&before), [(1, DataKeyState::Active)]);
    assert!(before.data[0].documents > 0, "{before:?}");
    refused!(world.viewer.rotate_keyring().await, Error::Denied(_));
    let after = world.owner.rotate_keyring().await.unwrap();
    assert_eq!(states(&after), [(1, DataKeyState::Retiring), (2, DataKeyState::Active)]);
    assert_eq!((after.master, after.data[0].documents), (before.master, before.data[0].documents));
}

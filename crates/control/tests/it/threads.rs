//! Operations may move between threads: a face spawns them. That this compiles is the proof.

use paifang_control::{AppDraft, Deploy, FirstOwner, GrantsDraft, GroupDraft, MemberPatch, UserPatch};
use paifang_model::id::{ApiId, ChannelId, GrantId, MemberId, UserId};
use paifang_model::{Dialect, Secret};

use crate::world::{World, get, release};

fn may_move<T: Send>(_future: T) {}

#[tokio::test]
async fn operations_may_move_between_threads() {
    let World { control, owner, .. } = World::new().await;
    let group = owner.create_group(GroupDraft::new(Dialect::Alibaba, "pets")).await.unwrap().value.id;
    let (api, channel) = (ApiId::random(), ChannelId::random());
    may_move(control.first_start(FirstOwner::default()));
    may_move(control.sign_in("admin", Secret::new(""), None));
    may_move(owner.create_api(group, get("/pets")));
    may_move(owner.deploy_api(api, &Deploy { stage: release(), remark: String::new() }, None));
    may_move(owner.create_app(&AppDraft::default()));
    let (apps, apis) = (Vec::new(), vec![api]);
    may_move(owner.create_grants(&GrantsDraft {
        apps,
        apis,
        stage: release(),
        until: None,
        remark: String::new(),
    }));
    may_move(owner.revoke_grants(&[GrantId::random()]));
    may_move(owner.update_members(channel, vec![MemberPatch::of(MemberId::random())], None));
    may_move(owner.update_user(UserId::random(), UserPatch::default(), None));
    tokio::spawn(async move { owner.read_group(group).await }).await.unwrap().unwrap();
}

//! Quotas: the clouds' numbers in the cloud profile, none otherwise, and each as somebody changed it.

use std::sync::Arc;

use paifang_control::{
    AcceptAll, AccessListDraft, AppDraft, BlackListDraft, ChannelDraft, Deploy, DomainDraft, Error,
    GroupDraft, PolicyDraft, QuotaFilter, QuotaSource, StageDraft, VariableDraft,
};
use paifang_model::definition::{Location, Parameter};
use paifang_model::id::{ApiId, AppId, GroupId, StageId};
use paifang_model::limits::Profile;
use paifang_model::quota::Item;
use paifang_model::{
    BlackListEntries, Definition, Dialect, IpVersion, Kind, Member, PolicyKind, QuotaName, Secret,
};
use serde_json::json;

use crate::world::{World, complaints, get, refused, stage};

async fn cloud() -> World {
    World::of(Profile::Cloud, Arc::new(AcceptAll)).await
}

/// One of each that others are counted in.
struct Scene {
    world: World,
    dialect: Dialect,
    group: GroupId,
    app: AppId,
    api: ApiId,
}

impl Scene {
    async fn of(world: World, dialect: Dialect) -> Self {
        let group = world.group(dialect, "first_group").await.value.id;
        let app = world.app("first_app").await.value.id;
        let api = world.owner.create_api(group, get("/first")).await.unwrap().value.id;
        Self { world, dialect, group, app, api }
    }

    /// Makes one more of what an item counts; none where it counts no documents.
    async fn one_more(&self, item: Item, number: u64) -> Option<Result<(), Error>> {
        let owner = &self.world.owner;
        Some(match item {
            Item::Groups => {
                let draft = GroupDraft::new(self.dialect, format!("group_{number}"));
                owner.create_group(draft).await.map(drop)
            }
            Item::ApisPerGroup => owner.create_api(self.group, get(&format!("/p{number}"))).await.map(drop),
            Item::VariablesPerStage => {
                let draft = VariableDraft { name: format!("var{number}"), value: "one".to_owned() };
                owner.create_variable(self.group, self.stage(), draft).await.map(drop)
            }
            Item::DomainsPerGroup => {
                let draft = DomainDraft {
                    host: format!("h{number}.example.com"),
                    stage: None,
                    tls: paifang_model::DomainTls::default(),
                    patterns: Vec::new(),
                };
                owner.bind_domain(self.group, draft).await.map(drop)
            }
            Item::Stages => {
                let (dialect, name) = (self.dialect, format!("ST{number:03}"));
                owner.create_stage(StageDraft { dialect, name, description: String::new() }).await.map(drop)
            }
            Item::ThrottlingPolicies => {
                let (dialect, kind, name) = (self.dialect, PolicyKind::Throttle, format!("policy_{number}"));
                let settings = json!({ "time_interval": 1, "time_unit": "MINUTE", "api_call_limits": 10 });
                let draft =
                    PolicyDraft { dialect, kind, name, settings, remark: String::new(), secret: None };
                owner.create_policy(draft).await.map(drop)
            }
            Item::SignatureKeys => {
                let (dialect, kind, name) = (self.dialect, PolicyKind::SignatureKey, format!("key_{number}"));
                let settings = json!({ "sign_type": "basic", "sign_key": "backend" });
                let secret = Some(Secret::new("not-a-real-secret"));
                let draft = PolicyDraft { dialect, kind, name, settings, remark: String::new(), secret };
                owner.create_policy(draft).await.map(drop)
            }
            // All kinds of the family count.
            Item::AccessPolicies => {
                let kinds = [PolicyKind::AddressList, PolicyKind::AccountList, PolicyKind::AccountIdList];
                let kind = kinds[usize::try_from(number).unwrap() % kinds.len()];
                let listed = match kind {
                    PolicyKind::AddressList => "192.0.2.1",
                    PolicyKind::AccountList => "sellers",
                    _ => "01010101010101010101010101010101",
                };
                let (dialect, name) = (self.dialect, format!("list_{number}"));
                let settings = json!({ "acl_type": "DENY", "acl_value": listed });
                let draft =
                    PolicyDraft { dialect, kind, name, settings, remark: String::new(), secret: None };
                owner.create_policy(draft).await.map(drop)
            }
            Item::Apps => {
                let draft = AppDraft { name: format!("app_{number}"), ..AppDraft::default() };
                owner.create_app(&draft).await.map(drop)
            }
            Item::AppCodesPerApp => owner.create_app_code(self.app, None).await.map(drop),
            Item::AccessLists => {
                let (name, ip_version) = (format!("list_{number}"), IpVersion::Ipv4);
                let draft = AccessListDraft { name, ip_version, entries: Vec::new(), enforced: None };
                owner.create_access_list(draft).await.map(drop)
            }
            Item::BlackLists => {
                let entries = BlackListEntries::Address(vec!["192.0.2.1".to_owned()]);
                let (name, description) = (format!("list_{number}"), String::new());
                owner.create_black_list(BlackListDraft { name, entries, description }).await.map(drop)
            }
            Item::BackendInstances => {
                let instance = json!({ "instance": format!("i-{number}"), "address": "192.0.2.1" });
                let draft = serde_json::from_value(instance).unwrap();
                owner.create_backend_instance(draft).await.map(drop)
            }
            Item::Channels => owner.create_channel(channel(&format!("ch_{number}"), 0)).await.map(drop),
            _ => return None,
        })
    }

    fn stage(&self) -> StageId {
        stage(self.dialect, "RELEASE")
    }

    async fn used(&self, name: QuotaName) -> Option<u64> {
        let filter = QuotaFilter {
            dialect: None,
            group: Some(self.group),
            stage: Some(self.stage()),
            app: Some(self.app),
        };
        let states = self.world.owner.list_quotas(filter).await.unwrap();
        states.into_iter().find(|state| state.name == name)?.used
    }
}

fn channel(name: &str, members: usize) -> ChannelDraft {
    let host = |number| format!("m{number}.example.com");
    let member = |number| Member::at(host(number));
    let members = (0..members).map(member).collect();
    ChannelDraft { members, ..ChannelDraft::named(name, 80) }
}

fn with_parameters(path: &str, count: usize) -> Definition {
    let parameter = |number| Parameter::new(format!("q{number}"), Location::Query);
    Definition { parameters: (0..count).map(parameter).collect(), ..get(path) }
}

#[tokio::test]
async fn every_cloud_quota_refuses_one_too_many_whatever_the_other_dialect_has() {
    for dialect in Dialect::ALL {
        let scene = Scene::of(cloud().await, dialect).await;
        let other = Dialect::ALL.into_iter().find(|other| *other != dialect).unwrap();
        for number in 0..3 {
            scene.world.group(other, &format!("other_{number}")).await;
        }
        for item in Item::ALL {
            let name = QuotaName::of(*item, Some(dialect));
            // Its own test has it: groups are full long before.
            let Some(used) = scene.used(name).await.filter(|_| *item != Item::Apis) else { continue };
            let limit = name.default_in(Profile::Cloud).unwrap();
            for number in used..limit {
                scene
                    .one_more(*item, number)
                    .await
                    .unwrap()
                    .unwrap_or_else(|error| panic!("{name}: {error}"));
            }
            assert_eq!(scene.used(name).await, Some(limit), "{name}");
            let error = scene.one_more(*item, limit).await.unwrap().unwrap_err();
            let kind = item.counted().unwrap().kind;
            assert!(
                matches!(error, Error::QuotaExceeded { kind: of, limit: told } if of == kind && told == limit),
                "{name}: {error:?}"
            );
        }
    }
}

#[tokio::test]
async fn apis_are_counted_over_all_groups_too() {
    let world = cloud().await;
    let mut groups = Vec::new();
    for (dialect, name) in [(Dialect::Alibaba, "one_group"), (Dialect::Huawei, "other_group")] {
        groups.push(world.group(dialect, name).await.value.id);
    }
    let before = world.owner.read_quota("all.apis").await.unwrap();
    assert_eq!((before.value, before.used), (Some(10_000), Some(0)));
    world.owner.set_quota("all.apis", Some(2), None).await.unwrap();
    for group in &groups {
        world.owner.create_api(*group, get("/first")).await.unwrap();
    }
    for group in groups {
        let refused = world.owner.create_api(group, get("/second")).await;
        refused!(refused, Error::QuotaExceeded { kind: Kind::Api, limit: 2 });
    }
    assert_eq!(world.owner.read_quota("all.apis").await.unwrap().used, Some(2));
}

#[tokio::test]
async fn ones_own_machine_has_no_quotas() {
    let world = World::new().await;
    for number in 0..52 {
        world.group(Dialect::Alibaba, &format!("group{number}")).await;
    }
}

#[tokio::test]
async fn what_is_counted_within_a_document_has_its_quota_too() {
    let world = cloud().await;
    let group = world.group(Dialect::Huawei, "pets").await.value.id;
    world.owner.create_api(group, with_parameters("/fifty", 50)).await.unwrap();
    let told = complaints(world.owner.create_api(group, with_parameters("/more", 51)).await);
    assert_eq!(told, ["/parameters Range"]);
    world.owner.set_quota("huawei.parameters_per_api", Some(60), None).await.unwrap();
    world.owner.create_api(group, with_parameters("/more", 51)).await.unwrap();
    assert_eq!(complaints(world.owner.create_channel(channel("large", 201)).await), ["/members Range"]);
    world.owner.set_quota("all.members_per_channel", Some(2), None).await.unwrap();
    assert_eq!(complaints(world.owner.create_channel(channel("large", 3)).await), ["/members Range"]);
}

#[tokio::test]
async fn a_quota_below_its_use_refuses_only_what_is_new() {
    let scene = Scene::of(World::new().await, Dialect::Alibaba).await;
    let owner = &scene.world.owner;
    let more = owner.create_api(scene.group, get("/second")).await.unwrap();
    let large = owner.create_channel(channel("large", 3)).await.unwrap();
    for name in ["alibaba.apis_per_group", "alibaba.groups", "all.apps", "all.members_per_channel"] {
        owner.set_quota(name, Some(1), None).await.unwrap();
    }
    for item in [Item::ApisPerGroup, Item::Groups, Item::Apps] {
        let refused = scene.one_more(item, 7).await.unwrap();
        refused!(refused, Error::QuotaExceeded { limit: 1, .. });
    }
    // What is there can be worked with.
    owner.edit_api(more.value.id, get("/third"), None).await.unwrap();
    let deploy = Deploy { stage: stage(Dialect::Alibaba, "RELEASE"), remark: String::new() };
    owner.deploy_api(scene.api, &deploy, None).await.unwrap();
    let members = large.value.members[..2].to_vec();
    owner.replace_members(large.value.id, members, None).await.unwrap();
    owner.set_quota("alibaba.apis_per_group", None, None).await.unwrap();
    scene.one_more(Item::ApisPerGroup, 7).await.unwrap().unwrap();
}

#[tokio::test]
async fn versions_are_kept_as_the_quota_says() {
    let world = World::new().await;
    let (_, api) = world.pets().await;
    let deploy = Deploy { stage: stage(Dialect::Alibaba, "RELEASE"), remark: String::new() };
    world.owner.set_quota("alibaba.versions_per_stage", Some(2), None).await.unwrap();
    for _ in 0..4 {
        world.owner.deploy_api(api.value.id, &deploy, None).await.unwrap();
    }
    let history = world.owner.history(api.value.id, Default::default(), &Default::default()).await.unwrap();
    assert_eq!(history.items.len(), 2);
}

#[tokio::test]
async fn a_number_is_changed_told_and_given_back() {
    let world = cloud().await;
    let before = world.viewer.read_quota("alibaba.groups").await.unwrap();
    assert_eq!((before.value, before.used), (Some(50), Some(0)));
    assert_eq!(before.source, QuotaSource::Profile(Profile::Cloud));
    world.clock.advance(5);
    let set = world.owner.set_quota("alibaba.groups", Some(60), None).await.unwrap();
    let QuotaSource::Changed { by, at, revision } = set.source else { panic!("{set:?}") };
    assert_eq!((set.value, by.as_str(), at), (Some(60), "admin", crate::world::NOW + 5));
    refused!(
        world.owner.set_quota("alibaba.groups", Some(70), Some(revision - 1)).await,
        Error::RevisionMismatch { .. }
    );
    world.owner.set_quota("alibaba.groups", Some(70), Some(revision)).await.unwrap();
    let line = world.trail().await.pop().unwrap().line;
    assert_eq!((line.action.as_str(), line.resource.as_str()), ("quota:set", "quota/alibaba.groups"));
    assert_eq!(line.detail.to_string(), r#"{"from":60,"to":70}"#);
    let reset = world.owner.reset_quota("alibaba.groups", None).await.unwrap();
    assert_eq!(reset, before);
    assert_eq!(world.trail().await.pop().unwrap().line.detail.to_string(), r#"{"from":70,"to":50}"#);
    assert_eq!(world.owner.reset_quota("alibaba.groups", None).await.unwrap(), before);
}

#[tokio::test]
async fn a_change_needs_an_owner_a_name_and_a_number_in_range() {
    let world = World::new().await;
    refused!(world.viewer.set_quota("all.apps", Some(1), None).await, Error::Denied(_));
    refused!(world.viewer.reset_quota("all.apps", None).await, Error::Denied(_));
    refused!(
        world.owner.set_quota("all.pets", Some(1), None).await,
        Error::NotFound { kind: Kind::Quota, .. }
    );
    refused!(world.owner.read_quota("apps").await, Error::NotFound { kind: Kind::Quota, .. });
    for name in QuotaName::all() {
        let above = *name.item.range().end() + 1;
        let told = complaints(world.owner.set_quota(&name.to_string(), Some(above), None).await);
        assert_eq!(told, ["/value Range"], "{name}");
        let off = world.owner.set_quota(&name.to_string(), None, None).await;
        assert_eq!(off.is_ok(), name.item.may_be_off(), "{name}");
    }
}

#[tokio::test]
async fn a_shorter_timeout_holds_for_the_next_edit() {
    let world = World::new().await;
    let (_, api) = world.pets().await;
    world.owner.set_quota("alibaba.backend_timeout", Some(100), None).await.unwrap();
    let told = complaints(world.owner.edit_api(api.value.id, get("/pets"), None).await);
    assert_eq!(told, ["/backend/timeout_ms Range"]);
}

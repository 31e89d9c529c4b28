//! The audit trail: one line per change, in its transaction, without secrets; attempts that were denied too.

use paifang_control::{
    AccessListPatch, AppDraft, AppKeyDraft, AppPatch, AuditQuery, BackendInstanceDraft, BackendServiceDraft,
    BackendServicePatch, BindTarget, BlackListPatch, ChannelDraft, ChannelPatch, Context, Deploy,
    DomainDraft, DomainPatch, Error, GrantsDraft, GroupDraft, GroupPatch, GroupTarget, MemberPatch,
    PolicyDraft, PolicyPatch, ServiceDefinitionDraft, StageDraft, StagePatch, UserDraft, UserPatch,
    VariableDraft,
};
use paifang_model::backend_service::{ServiceKind, ServiceTarget};
use paifang_model::definition::MockBackend;
use paifang_model::{Dialect, Member, PolicyKind, Role, Secret};

use crate::world::{World, get, refused, release};
use crate::{access_lists, app_quotas, black_lists, world};

/// Everything that writes, each once. `does` looks at the trail after each.
macro_rules! each_verb {
    ($who:expr, $does:ident) => {{
        let who: &Context = $who;
        let user = $does!(
            "user:create",
            who.create_user(UserDraft {
                name: "eve".into(),
                role: Role::Owner,
                password: Some(Secret::new(SECRET))
            })
        )
        .value
        .id;
        $does!(
            "user:update",
            who.update_user(user, UserPatch { role: Some(Role::ReadOnly), enabled: None }, None)
        );
        $does!("user:set_password", who.set_password(user, Secret::new(SECRET)));
        let key = $does!("access_key:create", who.create_access_key(user)).info.value.id;
        $does!("access_key:update", who.disable_access_key(key));
        $does!("access_key:update", who.enable_access_key(key));
        $does!("access_key:delete", who.delete_access_key(key));
        $does!("user:delete", who.delete_user(user, None));
        let stage = $does!(
            "stage:create",
            who.create_stage(StageDraft {
                dialect: Dialect::Alibaba,
                name: "BETA".into(),
                description: String::new()
            })
        )
        .value
        .id;
        $does!("stage:update", who.update_stage(stage, StagePatch::default(), None));
        $does!("stage:delete", who.delete_stage(stage, None));
        $does!("quota:set", who.set_quota("all.apps", Some(9), None));
        $does!("quota:reset", who.reset_quota("all.apps", None));
        let group =
            $does!("group:create", who.create_group(GroupDraft::new(Dialect::Alibaba, "pets"))).value.id;
        $does!(
            "group:update",
            who.update_group(
                group,
                GroupPatch { description: Some("new".into()), ..GroupPatch::default() },
                None
            )
        );
        let domain = $does!(
            "domain:bind",
            who.bind_domain(
                group,
                DomainDraft {
                    host: "a.example.com".into(),
                    stage: None,
                    tls: paifang_model::DomainTls::default(),
                    patterns: Vec::new()
                }
            )
        )
        .value
        .id;
        $does!("domain:update", who.update_domain(domain, fixed(), None));
        $does!("domain:unbind", who.unbind_domain(domain, None));
        let variable = $does!(
            "variable:create",
            who.create_variable(group, release(), VariableDraft { name: "host".into(), value: "a".into() })
        )
        .value
        .id;
        $does!("variable:update", who.update_variable(variable, "b".into(), None));
        $does!("variable:delete", who.delete_variable(variable, None));
        let api = $does!("api:create", who.create_api(group, get("/pets"))).value.id;
        $does!("api:edit", who.edit_api(api, get("/cats"), None));
        let version = $does!(
            "api:deploy",
            who.deploy_api(api, &Deploy { stage: release(), remark: String::new() }, None)
        )
        .version
        .id;
        $does!("api:switch", who.switch_api(api, release(), version));
        $does!("api:restore_draft", who.restore_draft(api, version, None));
        let app = $does!(
            "app:create",
            who.create_app(&AppDraft {
                name: "shop".into(),
                secret: Some(Secret::new(SECRET)),
                ..AppDraft::default()
            })
        );
        let (first, app) = (app.key.info.value.id, app.app.value.id);
        $does!("app:update", who.update_app(app, AppPatch::default(), None));
        let quota = $does!("app_quota:create", who.create_app_quota(app_quotas::draft("gold"))).value.id;
        $does!("app_quota:update", who.update_app_quota(quota, app_quotas::draft("silver"), None));
        $does!("app_quota:bind", who.bind_app_quota(quota, &[app]));
        $does!("app_quota:unbind", who.unbind_app_quota(quota, app));
        $does!("app_quota:delete", who.delete_app_quota(quota, None));
        let list = $does!("access_list:create", who.create_access_list(access_lists::draft("office", None)))
            .value
            .id;
        $does!("access_list:update", who.update_access_list(list, AccessListPatch::default(), None));
        $does!("access_list:update", who.add_access_list_entries(list, &[]));
        $does!("access_list:delete", who.delete_access_list(list, None));
        let black = black_lists::draft("scrapers", black_lists::addresses(&["192.0.2.1"]));
        let black = $does!("black_list:create", who.create_black_list(black)).value.id;
        $does!("black_list:update", who.update_black_list(black, BlackListPatch::default(), None));
        $does!("black_list:delete", who.delete_black_list(black, None));
        $does!(
            "app_key:add",
            who.add_app_key(app, &AppKeyDraft { key: None, secret: Some(Secret::new(SECRET)) })
        );
        $does!("app_key:reset_secret", who.reset_app_secret(app, first, Some(Secret::new(SECRET))));
        $does!("app_key:reveal", who.reveal_app_key(app, first));
        $does!("app_key:delete", who.delete_app_key(app, first));
        let code = $does!("app_code:create", who.create_app_code(app, Some(Secret::new(SECRET)))).value.id;
        $does!("app_code:reveal", who.reveal_app_code(app, code));
        $does!("app_code:delete", who.delete_app_code(app, code));
        $does!("keyring:rotate", who.rotate_keyring());
        let grant = $does!(
            "grant:create",
            who.create_grants(&GrantsDraft {
                apps: vec![app],
                apis: vec![api],
                stage: release(),
                until: None,
                remark: String::new()
            })
        )[0]
        .value
        .id;
        $does!("grant:extend", who.extend_grant(grant, None, None));
        $does!("grant:revoke", who.revoke_grants(&[grant]));
        $does!("app:delete", who.delete_app(app, None));
        let proof = policy("backend_signature", PolicyKind::SignatureKey, signature_key());
        let proof = PolicyDraft { secret: Some(Secret::new(SECRET)), ..proof };
        let proof = $does!("policy:create", who.create_policy(proof)).value.id;
        let patch = PolicyPatch { secret: Some(Secret::new(SECRET.to_owned() + "1")), ..PolicyPatch::default() };
        $does!("policy:update", who.update_policy(proof, patch, None));
        $does!("signature_key:reveal", who.reveal_policy(proof));
        let target = BindTarget { api, stage: release() };
        let bindings = $does!("policy:bind", who.bind_policy(proof, &[target]));
        $does!("policy:unbind", who.unbind_policy(bindings[0].value.id));
        let bindings = $does!("policy:bind", who.bind_policy(proof, &[target]));
        $does!("policy:unbind", who.unbind_policies(&[bindings[0].value.id]));
        $does!("policy:delete", who.delete_policy(proof, None));
        let pages = policy("cors_plugin", PolicyKind::Cors, serde_json::json!({ "allowOrigins": "*" }));
        let pages = $does!("policy:create", who.create_policy(pages)).value.id;
        let whole = GroupTarget { group, stage: release() };
        let bindings = $does!("policy:bind", who.bind_policy_to_groups(pages, &[whole]));
        $does!("policy:unbind", who.unbind_policy_from_group(bindings[0].value.id));
        $does!("policy:delete", who.delete_policy(pages, None));
        $does!("api:offline", who.take_api_offline(api, release()));
        $does!("api:delete", who.delete_api(api, None));
        $does!("group:delete", who.delete_group(group, None));
        let access = $does!("backend_access:create", who.create_backend_access(world::access("orders", "10.0.0.1"))).value.id;
        $does!("backend_access:update", who.update_backend_access(access, world::access("orders", "10.0.0.1"), None));
        $does!("backend_access:delete", who.delete_backend_access(access, None));
        let access = $does!("backend_access:create", who.create_backend_access(world::access("orders", "10.0.0.1"))).value.id;
        $does!("backend_access:retire", who.retire_backend_access(access, None));
        let service = $does!("backend_service:create", who.create_backend_service(service())).value.id;
        $does!(
            "backend_service:update",
            who.update_backend_service(service, BackendServicePatch::default(), None)
        );
        $does!(
            "backend_service:define",
            who.define_backend_service(service, release(), self::defined(), None)
        );
        $does!("backend_service:undefine", who.undefine_backend_service(service, release(), None));
        $does!("backend_service:delete", who.delete_backend_service(service, None));
        let instance =
            $does!("backend_instance:create", who.create_backend_instance(instance("10.0.0.1"))).value.id;
        let moved = who.update_backend_instance(instance, self::instance("10.0.0.2"), None);
        $does!("backend_instance:update", moved);
        $does!("backend_instance:delete", who.delete_backend_instance(instance, None));
        let channel = $does!("channel:create", who.create_channel(ChannelDraft::named("pool", 80))).value.id;
        $does!("channel:update", who.update_channel(channel, ChannelPatch::default(), None));
        let member = Member::at("10.0.0.1");
        $does!("channel:set_members", who.add_members(channel, vec![member.clone()], None));
        $does!("channel:set_members", who.update_members(channel, vec![MemberPatch::of(member.id)], None));
        $does!("channel:set_members", who.remove_members(channel, &[member.id], None));
        $does!("channel:set_members", who.replace_members(channel, vec![member], None));
        $does!("channel:delete", who.delete_channel(channel, None));
        $does!("manifest:create", who.ensure_manifest("shop"));
        $does!("manifest:delete", who.delete_manifest("shop"));
    }};
}

/// What every kind of secret may be.
const SECRET: &str = "swordfish_swordfish";

fn policy(name: &str, kind: PolicyKind, settings: serde_json::Value) -> PolicyDraft {
    let (dialect, name, remark) = (Dialect::Alibaba, name.to_owned(), String::new());
    PolicyDraft { dialect, kind, name, settings, remark, secret: None }
}

fn signature_key() -> serde_json::Value {
    serde_json::json!({ "type": "APIGW_BACKEND", "key": "SampleKey" })
}

fn service() -> BackendServiceDraft {
    BackendServiceDraft { name: "cattle".to_owned(), kind: ServiceKind::Mock, description: String::new() }
}

fn defined() -> ServiceDefinitionDraft {
    let target = ServiceTarget::Mock(MockBackend { status: 200, headers: Vec::new(), body: String::new() });
    ServiceDefinitionDraft { target, description: String::new() }
}

fn instance(address: &str) -> BackendInstanceDraft {
    BackendInstanceDraft {
        network: None,
        instance: "i-1".to_owned(),
        name: None,
        address: address.to_owned(),
        description: String::new(),
    }
}

#[tokio::test]
async fn every_verb_leaves_exactly_one_line_and_no_secret() {
    let world = World::new().await;
    macro_rules! leaves_a_line {
        ($action:literal, $verb:expr) => {{
            let before = world.trail().await.len();
            let done = $verb.await.unwrap();
            let trail = world.trail().await;
            assert_eq!(trail.len(), before + 1, "{}", $action);
            let line = &trail[before].line;
            assert_eq!(
                (line.action.as_str(), line.actor.as_str(), line.outcome.as_str()),
                ($action, "admin", "done")
            );
            done
        }};
    }
    each_verb!(&world.owner, leaves_a_line);
    for entry in world.trail().await {
        assert!(!format!("{entry:?}").contains(SECRET), "{entry:?}");
    }
}

#[tokio::test]
async fn a_change_and_its_line_have_one_revision() {
    let world = World::new().await;
    let group = world.group(Dialect::Alibaba, "pets").await;
    let patch = GroupPatch { base_path: Some("/v1".to_owned()), ..GroupPatch::default() };
    let changed = world.owner.update_group(group.value.id, patch, None).await.unwrap();
    let entry = world.trail().await.pop().unwrap();
    assert_eq!(entry.revision, Some(changed.revision));
    assert_eq!(entry.line.resource, format!("group/{}", group.value.id));
    insta::assert_snapshot!(entry.line.detail, @r#"{"changed":["/base_path"]}"#);
}

#[tokio::test]
async fn a_refused_change_leaves_no_line() {
    let world = World::new().await;
    world.group(Dialect::Alibaba, "pets").await;
    let before = world.trail().await.len();
    world.owner.create_group(GroupDraft::new(Dialect::Alibaba, "pets")).await.unwrap_err();
    assert_eq!(world.trail().await.len(), before);
}

#[tokio::test]
async fn what_was_denied_is_remembered() {
    let world = World::new().await;
    let before = world.trail().await.len();
    let denied = world.viewer.create_group(GroupDraft::new(Dialect::Alibaba, "pets")).await;
    let error = denied.unwrap_err();
    assert!(error.to_string().starts_with("`viewer` may not do group:create to group/"), "{error}");
    refused!(Err::<(), _>(error), Error::Denied(_));
    let trail = world.trail().await;
    assert_eq!(trail.len(), before + 1);
    let line = &trail[before].line;
    assert_eq!(
        (line.actor.as_str(), line.action.as_str(), line.outcome.as_str()),
        ("viewer", "group:create", "denied")
    );
}

#[tokio::test]
async fn the_trail_is_searched_by_those_who_may_only_look() {
    let world = World::new().await;
    let (group, _) = world.pets().await;
    let query = AuditQuery { action: Some("api:create".to_owned()), ..AuditQuery::default() };
    let page = world.viewer.audit(&query).await.unwrap();
    assert_eq!(page.lines.len(), 1);
    assert!(page.lines[0].line.resource.starts_with(&format!("group/{}/api/", group.value.id)));
    let query = AuditQuery { actor: Some("nobody".to_owned()), ..AuditQuery::default() };
    assert_eq!(world.viewer.audit(&query).await.unwrap().lines.len(), 0);
}

fn fixed() -> DomainPatch {
    DomainPatch { stage: Some(Some(release())), ..DomainPatch::default() }
}

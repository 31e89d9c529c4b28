//! What the other dialect has, which does not exist here.

use paifang_control::{
    AppDraft, Deploy, DomainDraft, GrantsDraft, GroupDraft, GroupFilter, Paging, StageDraft, VariableDraft,
};
use paifang_model::Dialect;
use serde_json::json;

use super::World;

/// A group of the other dialect with all that a group has.
pub(crate) struct Hidden {
    pub(crate) group: String,
    pub(crate) api: String,
    pub(crate) version: String,
    pub(crate) stage: String,
    pub(crate) domain: String,
    pub(crate) variable: String,
    pub(crate) grant: String,
    /// An app that may call its API.
    pub(crate) app: String,
}

impl Hidden {
    pub(crate) async fn make(world: &World) -> Self {
        let behind = world.behind().await;
        let group = behind.create_group(GroupDraft::new(Dialect::Alibaba, "hidden_group")).await.unwrap();
        let group = group.value.id;
        let definition = serde_json::from_value(json!({
            "name": "hidden_api",
            "request": { "method": "GET", "path": "/hidden" },
            "auth": { "kind": "app" },
            "backend": { "kind": "mock" },
        }));
        let api = behind.create_api(group, definition.unwrap()).await.unwrap().value.id;
        let draft =
            StageDraft { dialect: Dialect::Alibaba, name: "HIDDEN".to_owned(), description: String::new() };
        let stage = behind.create_stage(draft).await.unwrap().value.id;
        let deploy = Deploy { stage, remark: "hidden".to_owned() };
        let version = behind.deploy_api(api, &deploy, None).await.unwrap().version.id;
        let app = AppDraft { name: "shared_app".to_owned(), ..AppDraft::default() };
        let app = behind.create_app(&app).await.unwrap().app.value.id;
        let grants =
            GrantsDraft { apps: vec![app], apis: vec![api], stage, until: None, remark: String::new() };
        let grant = behind.create_grants(&grants).await.unwrap()[0].value.id;
        let draft = DomainDraft {
            host: "hidden.example.com".to_owned(),
            stage: None,
            tls: paifang_model::DomainTls::default(),
            patterns: Vec::new(),
        };
        let domain = behind.bind_domain(group, draft).await.unwrap().value.id;
        let draft = VariableDraft { name: "place".to_owned(), value: "hidden".to_owned() };
        let variable = behind.create_variable(group, stage, draft).await.unwrap().value.id;
        Self {
            group: group.to_string(),
            api: api.to_string(),
            version: version.to_string(),
            stage: stage.to_string(),
            domain: domain.to_string(),
            variable: variable.to_string(),
            grant: grant.to_string(),
            app: app.to_string(),
        }
    }
}

/// The number of the newest change.
pub(crate) async fn revision(world: &World) -> u64 {
    let behind = world.behind().await;
    behind.list_groups(&GroupFilter::default(), &Paging::default()).await.unwrap().revision
}

//! What the other dialect has, which does not exist here.

use paifang_control::{
    AppDraft, Deploy, DomainDraft, GrantsDraft, GroupDraft, GroupFilter, Paging, StageDraft,
};
use paifang_model::Dialect;
use serde_json::json;

use super::World;

/// A group of the other dialect with all that a group has.
pub(crate) struct Hidden {
    pub(crate) group: String,
    pub(crate) api: String,
    pub(crate) host: &'static str,
    /// The number of an app that may call its API.
    pub(crate) app: String,
}

impl Hidden {
    pub(crate) async fn make(world: &World) -> Self {
        let native = world.native().await;
        let group =
            native.create_group(GroupDraft::new(Dialect::Huawei, "hidden_group")).await.unwrap().value.id;
        let definition = serde_json::from_value(json!({
            "name": "hidden_api",
            "request": { "method": "GET", "path": "/hidden" },
            "auth": { "kind": "app" },
            "backend": { "kind": "mock" },
        }));
        let api = native.create_api(group, definition.unwrap()).await.unwrap().value.id;
        let draft =
            StageDraft { dialect: Dialect::Huawei, name: "HIDDEN".to_owned(), description: String::new() };
        let stage = native.create_stage(draft).await.unwrap().value.id;
        native.deploy_api(api, &Deploy { stage, remark: "hidden".to_owned() }, None).await.unwrap();
        let app = AppDraft { name: "shared_app".to_owned(), ..AppDraft::default() };
        let app = native.create_app(&app).await.unwrap().app.value;
        let grants =
            GrantsDraft { apps: vec![app.id], apis: vec![api], stage, until: None, remark: String::new() };
        native.create_grants(&grants).await.unwrap();
        let host = "hidden.example.com";
        native
            .bind_domain(
                group,
                DomainDraft {
                    host: host.to_owned(),
                    stage: None,
                    tls: paifang_model::DomainTls::default(),
                    patterns: Vec::new(),
                },
            )
            .await
            .unwrap();
        Self { group: group.to_string(), api: api.to_string(), host, app: app.number.to_string() }
    }
}

/// The number of the newest change.
pub(crate) async fn revision(world: &World) -> u64 {
    let native = world.native().await;
    native.list_groups(&GroupFilter::default(), &Paging::default()).await.unwrap().revision
}

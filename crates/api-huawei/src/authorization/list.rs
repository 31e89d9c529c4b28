//! Looks at authorizations from either side, and at what an app could be authorized for.

use std::collections::HashSet;

use paifang_control::{DeploymentFilter, GrantFilter, Stored};
use paifang_model::id::ApiId;
use paifang_model::{Api, App, Deployment, Grant, Group, Id, Stage};
use serde_json::{Value, json};

use crate::answer::{Answer, page, page_of, without_nulls};
use crate::call::Call;
use crate::fault::Fault;
use crate::published::{meets, outline};
use crate::{definition, environment, scope, time};

/// The APIs that an app may call.
pub(crate) async fn apis(call: &Call) -> Answer {
    let app = scope::app(&call.context, call.query.required("app_id")?).await?.value.id;
    list(call, GrantFilter { app: Some(app), ..GrantFilter::default() }).await
}

/// The apps that may call an API.
pub(crate) async fn apps(call: &Call) -> Answer {
    list(call, GrantFilter::default()).await
}

async fn list(call: &Call, mut filter: GrantFilter) -> Answer {
    let wanted = call.page()?;
    let asked = |name: &str| call.query.value(name);
    if let Some(api) = asked("api_id") {
        filter.api = Some(scope::api(&call.context, api).await?.0.value.id);
    }
    if let Some(app) = asked("app_id") {
        filter.app = Some(scope::app(&call.context, app).await?.value.id);
    }
    if let Some(stage) = asked("env_id") {
        filter.stage = Some(scope::environment(&call.context, stage).await?.value.id);
    }
    if let Some(group) = asked("group_id") {
        filter.group = Some(scope::group(&call.context, group).await?.value.id);
    }
    let context = &call.context;
    let stages = scope::environments(context).await?;
    let mut grants = scope::all(|paging| async move { context.list_grants(filter, &paging).await }).await?;
    grants.retain(|grant| stages.iter().any(|stage| stage.value.id == grant.value.stage));
    if !asks_for_parts(call) {
        let (grants, total) = page_of(wanted, grants);
        let rows = rows(call, &grants, &stages).await?;
        return page("auths", rows.iter().map(Row::view).collect(), total);
    }
    let mut rows = rows(call, &grants, &stages).await?;
    rows.retain(|row| row.meets(call));
    let (rows, total) = page_of(wanted, rows);
    page("auths", rows.iter().map(Row::view).collect(), total)
}

/// Whether what stands in the documents that a grant joins was asked for.
fn asks_for_parts(call: &Call) -> bool {
    ["api_name", "group_name", "app_name", "tags"].iter().any(|name| call.query.value(name).is_some())
}

/// An authorization with what it joins.
struct Row<'s> {
    grant: Stored<Grant>,
    api: Stored<Api>,
    group: Stored<Group>,
    app: Stored<App>,
    stage: &'s Stage,
}

async fn rows<'s>(
    call: &Call,
    grants: &[Stored<Grant>],
    stages: &'s [Stored<Stage>],
) -> Result<Vec<Row<'s>>, Fault> {
    let mut rows = Vec::with_capacity(grants.len());
    for grant in grants {
        let (api, group) = scope::api_by_id(&call.context, grant.value.api).await?;
        let app = call.context.read_app(grant.value.app).await?;
        let stage = stages.iter().find(|stage| stage.value.id == grant.value.stage);
        let Some(stage) = stage.map(|stage| &stage.value) else { continue };
        rows.push(Row { grant: grant.clone(), api, group, app, stage });
    }
    Ok(rows)
}

impl Row<'_> {
    fn meets(&self, call: &Call) -> bool {
        let within = |name: &str, text: &str| {
            call.query.value(name).is_none_or(|part| text.to_lowercase().contains(&part.to_lowercase()))
        };
        let tags = call.query.values("tags");
        let definition = &self.api.value.definition;
        within("api_name", &definition.name)
            && within("group_name", &self.group.value.name)
            && within("app_name", &self.app.value.name)
            && (tags.is_empty() || tags.iter().any(|tag| definition.tags.iter().any(|there| there == tag)))
    }

    fn view(&self) -> Value {
        let Grant { id, api, app, stage, .. } = self.grant.value;
        let written = definition::write(&self.api.value.definition);
        without_nulls(json!({
            "id": id,
            "api_id": api,
            "api_name": written.get("name"),
            "api_type": written.get("type"),
            "api_remark": written.get("remark"),
            "tags": written.get("tags"),
            "group_id": self.group.value.id,
            "group_name": self.group.value.name,
            "env_id": environment::id_of(stage),
            "env_name": self.stage.name,
            "app_id": app,
            "app_name": self.app.value.name,
            "app_remark": self.app.value.description,
            "app_type": "apig",
            "app_creator": "USER",
            "publish_id": Id::from(Deployment::id_of(api, stage)),
            "auth_role": "PROVIDER",
            "auth_tunnel": "NORMAL",
            "auth_time": time::rfc3339(self.grant.created_at),
        }))
    }
}

/// What is published in an environment and an app may not call yet.
pub(crate) async fn other_apis(call: &Call) -> Answer {
    let wanted = call.page()?;
    let app = scope::app(&call.context, call.query.required("app_id")?).await?.value.id;
    let stage = scope::environment(&call.context, call.query.required("env_id")?).await?.value;
    let group = match call.query.value("group_id") {
        Some(group) => Some(scope::group(&call.context, group).await?.value.id),
        None => None,
    };
    let context = &call.context;
    let filter = GrantFilter { app: Some(app), stage: Some(stage.id), ..GrantFilter::default() };
    let granted = scope::all(|paging| async move { context.list_grants(filter, &paging).await }).await?;
    let granted: HashSet<ApiId> = granted.into_iter().map(|grant| grant.value.api).collect();
    let filter =
        DeploymentFilter { group, stage: Some(stage.id), online: Some(true), ..DeploymentFilter::default() };
    let online = scope::all(|paging| async move { context.list_deployments(filter, &paging).await }).await?;
    let mut rows = Vec::new();
    for deployment in online.into_iter().filter(|deployment| !granted.contains(&deployment.value.api)) {
        let (api, group) = scope::api_by_id(context, deployment.value.api).await?;
        if meets(call, &api.value) {
            rows.push(Value::Object(outline(&api.value, &group.value, &stage)));
        }
    }
    let (rows, total) = page_of(wanted, rows);
    page("apis", rows, total)
}

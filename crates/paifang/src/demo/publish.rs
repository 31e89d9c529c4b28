//! Makes the demo's scene through the same operations that people use; what is there from last time is used again.

use std::net::SocketAddr;

use anyhow::{Context as _, Result};
use paifang_control::{
    ApiFilter, AppDraft, AppFilter, BackendAccessDraft, BackendAccessFilter, Context, Deploy, DomainDraft,
    DomainFilter, GrantsDraft, GroupDraft, GroupFilter, Paging, Stored, Unreadable,
};
use paifang_model::definition::Scheme;
use paifang_model::id::{ApiId, AppId, BackendAccessId, GroupId};
use paifang_model::{Api, BackendAccess, Definition, Dialect, Domain, Secret, Stage};

use super::scene;

/// The demo's app, and its access to the service.
const NAME: &str = "demo";
const ACCESS_NAME: &str = "demo_service";

/// What the lines are made with.
#[derive(Debug)]
pub(super) struct Caller {
    pub(super) key: String,
    pub(super) secret: Secret,
    pub(super) code: Secret,
}

/// Makes the scene in front of the service.
pub(super) async fn publish(context: &Context, service: SocketAddr) -> Result<Caller> {
    let access = access(context, service).await.context("naming the way to the demo's service")?;
    let (app, caller) = app(context).await.context("making the demo's app")?;
    for dialect in Dialect::ALL {
        let name = scene::group_name(dialect);
        let published = publish_group(context, dialect, access, app).await;
        published.with_context(|| format!("making the demo's group `{name}`"))?;
    }
    Ok(caller)
}

/// The service has another port at every start; a backend access is followed at once, without a deployment.
async fn access(context: &Context, service: SocketAddr) -> Result<BackendAccessId> {
    let draft = BackendAccessDraft {
        name: ACCESS_NAME.to_owned(),
        network: NAME.to_owned(),
        instance: service.ip().to_string(),
        port: service.port(),
        address: None,
        scheme: Scheme::Http,
        host: None,
        description: "The service inside the gateway that the demo calls.".to_owned(),
    };
    let filter = BackendAccessFilter { name: Some(ACCESS_NAME.to_owned()), ..BackendAccessFilter::default() };
    let found = first(context.list_backend_accesses(&filter, &all()).await?.items, |_: &BackendAccess| true)?;
    Ok(match found {
        Some(access) => context.update_backend_access(access.value.id, draft, None).await?.value.id,
        None => context.create_backend_access(draft).await?.value.id,
    })
}

async fn app(context: &Context) -> Result<(AppId, Caller)> {
    let filter = AppFilter { name: Some(NAME.to_owned()), ..AppFilter::default() };
    let app = match first(context.list_apps(&filter, &all()).await?.items, |_| true)? {
        Some(app) => app.value.id,
        None => {
            let draft = AppDraft { name: NAME.to_owned(), ..AppDraft::default() };
            context.create_app(&draft).await?.app.value.id
        }
    };
    let (key, secret) = key(context, app).await?;
    Ok((app, Caller { key, secret, code: code(context, app).await? }))
}

async fn key(context: &Context, app: AppId) -> Result<(String, Secret)> {
    let keys = context.list_app_keys(app, &all()).await?;
    let key = first(keys.items, |_| true)?.context("the demo's app has no key")?.value;
    let secret = context.reveal_app_key(app, key.id).await?;
    Ok((key.key, secret))
}

async fn code(context: &Context, app: AppId) -> Result<Secret> {
    let code = match first(context.list_app_codes(app, &all()).await?.items, |_| true)? {
        Some(code) => code,
        None => context.create_app_code(app, None).await?,
    };
    Ok(context.reveal_app_code(app, code.value.id).await?)
}

async fn publish_group(
    context: &Context,
    dialect: Dialect,
    access: BackendAccessId,
    app: AppId,
) -> Result<()> {
    let group = group(context, dialect).await?;
    bind(context, group, scene::host(dialect)).await?;
    let stage = Stage::built_in(dialect).next().context("the dialect has no stage")?.id;
    let mut apis = Vec::new();
    for definition in scene::apis(dialect, access) {
        let (api, is_new) = api(context, group, definition).await?;
        if is_new {
            let deploy = Deploy { stage, remark: "The demo.".to_owned() };
            context.deploy_api(api, &deploy, None).await?;
        }
        apis.push(api);
    }
    let (apps, remark) = (vec![app], "The demo.".to_owned());
    context.create_grants(&GrantsDraft { apps, apis, stage, until: None, remark }).await?;
    Ok(())
}

async fn group(context: &Context, dialect: Dialect) -> Result<GroupId> {
    let name = scene::group_name(dialect);
    let filter = GroupFilter { dialect: Some(dialect), name: Some(name.clone()), name_contains: None };
    Ok(match first(context.list_groups(&filter, &all()).await?.items, |_| true)? {
        Some(group) => group.value.id,
        None => context.create_group(GroupDraft::new(dialect, name)).await?.value.id,
    })
}

async fn bind(context: &Context, group: GroupId, host: &str) -> Result<()> {
    let filter = DomainFilter { group: Some(group), ..DomainFilter::default() };
    let bound = context.list_domains(&filter, &all()).await?;
    if first(bound.items, |domain: &Domain| domain.host == host)?.is_none() {
        context
            .bind_domain(
                group,
                DomainDraft {
                    host: host.to_owned(),
                    stage: None,
                    tls: paifang_model::DomainTls::default(),
                    patterns: Vec::new(),
                },
            )
            .await?;
    }
    Ok(())
}

/// The API, and whether it was made now: one that is there stays as it was left.
async fn api(context: &Context, group: GroupId, definition: Definition) -> Result<(ApiId, bool)> {
    let filter =
        ApiFilter { group: Some(group), name: Some(definition.name.clone()), ..ApiFilter::default() };
    Ok(match first(context.list_apis(&filter, &all()).await?.items, |_: &Api| true)? {
        Some(api) => (api.value.id, false),
        None => (context.create_api(group, definition).await?.value.id, true),
    })
}

/// More of anything than the demo makes.
fn all() -> Paging {
    Paging::default().limit(500)
}

/// The first that fits; one that cannot be read is an error here, for it may be the one.
fn first<T>(
    items: Vec<Result<Stored<T>, Unreadable>>,
    fits: impl Fn(&T) -> bool,
) -> Result<Option<Stored<T>>, Unreadable> {
    for item in items {
        let item = item?;
        if fits(&item.value) {
            return Ok(Some(item));
        }
    }
    Ok(None)
}

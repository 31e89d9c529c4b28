//! From an address to the group that its host leads to, and the API that the call is for.

use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use http::Method;
use paifang_model::Definition;
use paifang_model::id::{ApiId, GroupId, StageId};
use paifang_proxy::routing::{Request, Table};
use paifang_wire::{Target, host_without_port};
use serde::Deserialize;

use super::Options;
use crate::management::Rest;

/// Where a call goes.
pub(super) struct Place {
    pub(super) group: GroupSeen,
    /// The stage that the host is fixed to.
    pub(super) fixed_stage: Option<StageId>,
    /// The API to be asked about; what really answers is the pipeline's to say.
    pub(super) api: ApiId,
    /// The path below the group's base path, as on the wire.
    pub(super) path: String,
}

/// A group, as far as it matters here.
#[derive(Deserialize)]
pub(super) struct GroupSeen {
    pub(super) id: GroupId,
    pub(super) name: String,
    pub(super) dialect: paifang_model::Dialect,
    base_path: String,
    subdomain: String,
}

#[derive(Deserialize)]
struct DomainSeen {
    group: GroupId,
    stage: Option<StageId>,
}

#[derive(Deserialize)]
struct ApiSeen {
    id: ApiId,
    definition: Definition,
}

/// Follows a call as far as names go.
pub(super) async fn find(rest: &Rest, options: &Options) -> Result<Place> {
    let host = options.host();
    let (group, fixed_stage) = group(rest, host).await?;
    let apis: Vec<ApiSeen> = rest.all(&format!("/groups/{}/apis", group.id)).await?;
    let target = options.url.path_and_query().map_or("/", |target| target.as_str());
    let target = Target::parse(target.as_bytes()).context("the gateway would refuse this target")?;
    let base = group.base_path.trim_end_matches('/');
    let path = target.raw_path().strip_prefix(base).filter(|path| path.starts_with('/'));
    let Some(path) = path else {
        bail!("every API of the group `{}` has a path below `{base}`", group.name);
    };
    let decoded = Target::parse(path.as_bytes())?.decoded_path()?.into_owned();
    let api = api(&apis, &decoded, &options.method(), options.is_multipart());
    let api = api.with_context(|| format!("the group `{}` has no API yet", group.name))?;
    Ok(Place { api, path: path.to_owned(), fixed_stage, group })
}

/// The group that a host leads to, and the stage that it is fixed to.
async fn group(rest: &Rest, host: &str) -> Result<(GroupSeen, Option<StageId>)> {
    let host = host.to_ascii_lowercase();
    let wildcard = host.split_once('.').map(|(_, parent)| format!("*.{parent}"));
    for name in std::iter::once(host.clone()).chain(wildcard) {
        if let Some(DomainSeen { group, stage }) = rest.get(&format!("/domains/{name}")).await? {
            let group = rest.get(&format!("/groups/{group}")).await?;
            return Ok((group.context("the group has just been deleted")?, stage));
        }
    }
    // A subdomain begins with its group's id.
    if let Ok(id) = host.split('.').next().unwrap_or_default().parse::<GroupId>()
        && let Some(group) = rest.get::<GroupSeen>(&format!("/groups/{id}")).await?
        && group.subdomain.eq_ignore_ascii_case(&host)
    {
        return Ok((group, None));
    }
    bail!("the host `{host}` leads to no group: it is neither bound as a domain nor a group's subdomain")
}

/// The API that is for this path and method by the drafts, or any: then the pipeline says that none is.
fn api(apis: &[ApiSeen], path: &str, method: &Method, multipart: bool) -> Option<ApiId> {
    let mut table = Table::builder();
    for ApiSeen { id, definition: Definition { request, .. } } in apis {
        // Two drafts of the same route cannot be stored.
        let _ = table.add(&Arc::new(request.path.clone()), request.method, request.match_mode, *id);
    }
    let table = table.build();
    let found = table.find(&Request { path, method, multipart });
    found.ok().map(|found| *found.value).or_else(|| apis.first().map(|api| api.id))
}

impl Options {
    /// The host that the gateway looks at.
    fn host(&self) -> &str {
        let given = self.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("host"));
        given.map(|(_, host)| host_without_port(host)).or(self.url.host()).unwrap_or_default()
    }

    fn is_multipart(&self) -> bool {
        let mut headers = self.headers.iter();
        headers.any(|(name, value)| {
            name.eq_ignore_ascii_case("content-type") && value.starts_with("multipart/form-data")
        })
    }
}

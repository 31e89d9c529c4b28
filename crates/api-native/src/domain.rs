//! `/groups/{group}/domains` and `/domains/{host}`: host names bound to groups.

use paifang_control::{DomainDraft, DomainFilter, DomainPatch, Error};
use paifang_model::Domain;
use paifang_model::domain::parse_host;
use paifang_model::id::{DomainId, GroupId};
use paifang_model::name::shown;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer, List, View};
use crate::ask::{Asked, At, ByName, Expected, FromParams, PageParams, Params, SearchParams, Sent};
use crate::caller::Caller;
use crate::problem::{Kind, Problem};
use crate::state::NativeState;

type DomainView = View<Domain>;
type DomainList = List<DomainView>;

pub(crate) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default()
        .routes(routes!(list_domains))
        .routes(routes!(list_domains_of_group, bind_domain))
        .routes(routes!(read_domain, update_domain, unbind_domain))
}

/// Which domains are wanted; all that is set must hold.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct DomainParams {
    /// Of this group.
    group: Option<GroupId>,
}

impl FromParams for DomainParams {
    fn from_params(params: &mut Params) -> Self {
        Self { group: params.parsed("group") }
    }
}

/// Domains of all groups
///
/// `search` and `sort=name` go by the host.
#[utoipa::path(get, path = "/domains", tag = "domains", params(DomainParams, SearchParams, PageParams<ByName>),
    responses((status = 200, body = DomainList)))]
async fn list_domains(
    Caller(control): Caller,
    Asked((DomainParams { group }, SearchParams { search }, page)): Asked<(
        DomainParams,
        SearchParams,
        PageParams<ByName>,
    )>,
) -> Answer {
    let filter = DomainFilter { group, host_contains: search };
    answer::page(control.list_domains(&filter, &page.paging()).await?)
}

/// Domains of a group
///
/// `search` and `sort=name` go by the host.
#[utoipa::path(get, path = "/groups/{group}/domains", tag = "domains",
    params(("group" = GroupId, Path), SearchParams, PageParams<ByName>), responses((status = 200, body = DomainList)))]
async fn list_domains_of_group(
    Caller(control): Caller,
    At(group): At<GroupId>,
    Asked((SearchParams { search }, page)): Asked<(SearchParams, PageParams<ByName>)>,
) -> Answer {
    control.read_group(group).await?;
    let filter = DomainFilter { group: Some(group), host_contains: search };
    answer::page(control.list_domains(&filter, &page.paging()).await?)
}

/// Bind a host name to a group
#[utoipa::path(post, path = "/groups/{group}/domains", tag = "domains", request_body = DomainDraft,
    params(("group" = GroupId, Path)), responses((status = 201, body = DomainView)))]
async fn bind_domain(
    Caller(control): Caller,
    At(group): At<GroupId>,
    Sent(draft): Sent<DomainDraft>,
) -> Answer {
    let domain = control.bind_domain(group, draft).await?;
    answer::made_one(&format!("/domains/{}", domain.value.host), domain)
}

/// A domain
#[utoipa::path(get, path = "/domains/{host}", tag = "domains", params(("host" = String, Path)),
    responses((status = 200, body = DomainView)))]
async fn read_domain(Caller(control): Caller, At(host): At<String>) -> Answer {
    answer::one(control.read_domain(id(&host)?).await.map_err(|error| named(error, &host))?)
}

/// Fix a domain to a stage or free it; choose how it is called over TLS
#[utoipa::path(patch, path = "/domains/{host}", tag = "domains", request_body = DomainPatch,
    params(("host" = String, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = DomainView)))]
async fn update_domain(
    Caller(control): Caller,
    At(host): At<String>,
    Expected(expected): Expected,
    Sent(patch): Sent<DomainPatch>,
) -> Answer {
    let updated = control.update_domain(id(&host)?, patch, expected).await;
    answer::one(updated.map_err(|error| named(error, &host))?)
}

/// Take a host name from its group
#[utoipa::path(delete, path = "/domains/{host}", tag = "domains",
    params(("host" = String, Path), ("If-Match" = Option<String>, Header)), responses((status = 204)))]
async fn unbind_domain(
    Caller(control): Caller,
    At(host): At<String>,
    Expected(expected): Expected,
) -> Answer {
    control.unbind_domain(id(&host)?, expected).await.map_err(|error| named(error, &host))?;
    answer::nothing()
}

/// The caller knows the host, not the id that is derived from it.
fn named(error: Error, host: &str) -> Error {
    match error {
        Error::NotFound { kind, .. } => Error::NotFound { kind, id: shown(host) },
        other => other,
    }
}

/// What is no host name is not bound.
fn id(host: &str) -> Result<DomainId, Problem> {
    let host = parse_host(host).map_err(|complaint| Problem::new(Kind::NotFound, complaint.message))?;
    Ok(Domain::id_of(&host))
}

//! `/apis`, `/apis/{api}`, `/groups/{group}/apis`: drafts. What is sent is a definition, whole.

use paifang_control::ApiFilter;
use paifang_model::id::{ApiId, BackendAccessId, BackendServiceId, ChannelId, GroupId};
use paifang_model::{Api, Definition};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer, List, View};
use crate::ask::{Asked, At, ByName, Expected, FromParams, PageParams, Params, Sent};
use crate::caller::Caller;
use crate::state::NativeState;

type ApiView = View<Api>;
type ApiList = List<ApiView>;

pub(super) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default()
        .routes(routes!(list_apis))
        .routes(routes!(list_apis_of_group, create_api))
        .routes(routes!(read_api, edit_api, delete_api))
}

/// Which APIs are wanted, by their drafts; all that is set must hold.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct ApiParams {
    /// With exactly this name.
    name: Option<String>,
    /// With this in their name, in upper or lower case.
    search: Option<String>,
    /// With this in their path, in upper or lower case.
    path: Option<String>,
    /// That call through this backend access.
    backend_access: Option<BackendAccessId>,
    /// That call this channel.
    channel: Option<ChannelId>,
    /// That use this backend service.
    backend_service: Option<BackendServiceId>,
}

impl FromParams for ApiParams {
    fn from_params(params: &mut Params) -> Self {
        Self {
            name: params.text("name"),
            search: params.text("search"),
            path: params.text("path"),
            backend_access: params.parsed("backend_access"),
            channel: params.parsed("channel"),
            backend_service: params.parsed("backend_service"),
        }
    }
}

impl ApiParams {
    fn filter(self, group: Option<GroupId>) -> ApiFilter {
        let Self { name, search, path, backend_access, channel, backend_service } = self;
        ApiFilter {
            group,
            name,
            name_contains: search,
            path_contains: path,
            access: backend_access,
            channel,
            service: backend_service,
        }
    }
}

/// Of which group.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct GroupParam {
    /// Of this group.
    group: Option<GroupId>,
}

impl FromParams for GroupParam {
    fn from_params(params: &mut Params) -> Self {
        Self { group: params.parsed("group") }
    }
}

/// APIs of all groups
#[utoipa::path(get, path = "/apis", tag = "apis", params(GroupParam, ApiParams, PageParams<ByName>),
    responses((status = 200, body = ApiList)))]
async fn list_apis(
    Caller(control): Caller,
    Asked((GroupParam { group }, params, page)): Asked<(GroupParam, ApiParams, PageParams<ByName>)>,
) -> Answer {
    answer::page(control.list_apis(&params.filter(group), &page.paging()).await?)
}

/// APIs of a group
#[utoipa::path(get, path = "/groups/{group}/apis", tag = "apis",
    params(("group" = GroupId, Path), ApiParams, PageParams<ByName>), responses((status = 200, body = ApiList)))]
async fn list_apis_of_group(
    Caller(control): Caller,
    At(group): At<GroupId>,
    Asked((params, page)): Asked<(ApiParams, PageParams<ByName>)>,
) -> Answer {
    control.read_group(group).await?;
    answer::page(control.list_apis(&params.filter(Some(group)), &page.paging()).await?)
}

/// Make an API; it serves nothing until it is published
#[utoipa::path(post, path = "/groups/{group}/apis", tag = "apis", request_body = Definition,
    params(("group" = GroupId, Path)), responses((status = 201, body = ApiView)))]
async fn create_api(
    Caller(control): Caller,
    At(group): At<GroupId>,
    Sent(definition): Sent<Definition>,
) -> Answer {
    let api = control.create_api(group, definition).await?;
    answer::made_one(&format!("/apis/{}", api.value.id), api)
}

/// The draft of an API
#[utoipa::path(get, path = "/apis/{api}", tag = "apis", params(("api" = ApiId, Path)),
    responses((status = 200, body = ApiView)))]
async fn read_api(Caller(control): Caller, At(api): At<ApiId>) -> Answer {
    answer::one(control.read_api(api).await?)
}

/// Replace the draft of an API; what is published stays as it is
#[utoipa::path(put, path = "/apis/{api}", tag = "apis", request_body = Definition,
    params(("api" = ApiId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = ApiView)))]
async fn edit_api(
    Caller(control): Caller,
    At(api): At<ApiId>,
    Expected(expected): Expected,
    Sent(definition): Sent<Definition>,
) -> Answer {
    answer::one(control.edit_api(api, definition, expected).await?)
}

/// Delete an API that is online nowhere, with its versions and grants
#[utoipa::path(delete, path = "/apis/{api}", tag = "apis",
    params(("api" = ApiId, Path), ("If-Match" = Option<String>, Header)), responses((status = 204)))]
async fn delete_api(Caller(control): Caller, At(api): At<ApiId>, Expected(expected): Expected) -> Answer {
    control.delete_api(api, expected).await?;
    answer::nothing()
}

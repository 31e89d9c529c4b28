//! `/groups`: API groups.

use paifang_control::{GroupDraft, GroupFilter, GroupPatch};
use paifang_model::id::GroupId;
use paifang_model::{Dialect, Group};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer, List, View};
use crate::ask::{Asked, At, ByName, Expected, FromParams, PageParams, Params, Sent};
use crate::caller::Caller;
use crate::state::NativeState;

type GroupView = View<Group>;
type GroupList = List<GroupView>;

pub(crate) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default().routes(routes!(list_groups, create_group)).routes(routes!(
        read_group,
        update_group,
        delete_group
    ))
}

/// Which groups are wanted; all that is set must hold.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct GroupParams {
    /// Of this dialect.
    dialect: Option<Dialect>,
    /// With exactly this name.
    name: Option<String>,
    /// With this in their name, in upper or lower case.
    search: Option<String>,
}

impl FromParams for GroupParams {
    fn from_params(params: &mut Params) -> Self {
        Self { dialect: params.word("dialect"), name: params.text("name"), search: params.text("search") }
    }
}

/// Groups
#[utoipa::path(get, path = "/groups", tag = "groups", params(GroupParams, PageParams<ByName>),
    responses((status = 200, body = GroupList)))]
async fn list_groups(
    Caller(control): Caller,
    Asked((GroupParams { dialect, name, search }, page)): Asked<(GroupParams, PageParams<ByName>)>,
) -> Answer {
    let filter = GroupFilter { dialect, name, name_contains: search };
    answer::page(control.list_groups(&filter, &page.paging()).await?)
}

/// Make a group
#[utoipa::path(post, path = "/groups", tag = "groups", request_body = GroupDraft,
    responses((status = 201, body = GroupView)))]
async fn create_group(Caller(control): Caller, Sent(draft): Sent<GroupDraft>) -> Answer {
    let group = control.create_group(draft).await?;
    answer::made_one(&format!("/groups/{}", group.value.id), group)
}

/// A group
#[utoipa::path(get, path = "/groups/{group}", tag = "groups", params(("group" = GroupId, Path)),
    responses((status = 200, body = GroupView)))]
async fn read_group(Caller(control): Caller, At(group): At<GroupId>) -> Answer {
    answer::one(control.read_group(group).await?)
}

/// Change a group
#[utoipa::path(patch, path = "/groups/{group}", tag = "groups", request_body = GroupPatch,
    params(("group" = GroupId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = GroupView)))]
async fn update_group(
    Caller(control): Caller,
    At(group): At<GroupId>,
    Expected(expected): Expected,
    Sent(patch): Sent<GroupPatch>,
) -> Answer {
    answer::one(control.update_group(group, patch, expected).await?)
}

/// Delete a group that has no APIs, with its domains
#[utoipa::path(delete, path = "/groups/{group}", tag = "groups",
    params(("group" = GroupId, Path), ("If-Match" = Option<String>, Header)), responses((status = 204)))]
async fn delete_group(
    Caller(control): Caller,
    At(group): At<GroupId>,
    Expected(expected): Expected,
) -> Answer {
    control.delete_group(group, expected).await?;
    answer::nothing()
}

//! `/groups/{group}/stages/{stage}/variables`: what stands for `#Name#` in the backends of a group's APIs. Paths name a
//! variable by its name.

use paifang_control::{Context, Error, VariableDraft, VariableFilter};
use paifang_model::Variable;
use paifang_model::id::{GroupId, VariableId};
use paifang_model::name::shown;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer, List, View};
use crate::ask::{Asked, At, ByName, Expected, FromParams, PageParams, Params, Sent};
use crate::caller::Caller;
use crate::problem::Problem;
use crate::stage;
use crate::state::NativeState;

type VariableView = View<Variable>;
type VariableList = List<VariableView>;

pub(crate) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default().routes(routes!(list_variables, create_variable)).routes(routes!(
        read_variable,
        update_variable,
        delete_variable
    ))
}

/// Which variables are wanted; all that is set must hold.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct VariableParams {
    /// With exactly this name.
    name: Option<String>,
    /// With this in their name, in upper or lower case.
    search: Option<String>,
}

impl FromParams for VariableParams {
    fn from_params(params: &mut Params) -> Self {
        Self { name: params.text("name"), search: params.text("search") }
    }
}

/// What is to change.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct VariablePatch {
    /// What stands in its places from now on.
    value: String,
}

/// Variables of a group in a stage
#[utoipa::path(get, path = "/groups/{group}/stages/{stage}/variables", tag = "variables",
    params(("group" = GroupId, Path), ("stage" = String, Path, description = "The stage's id or name."),
        VariableParams, PageParams<ByName>),
    responses((status = 200, body = VariableList)))]
async fn list_variables(
    Caller(control): Caller,
    At((group, stage)): At<(GroupId, String)>,
    Asked((VariableParams { name, search }, page)): Asked<(VariableParams, PageParams<ByName>)>,
) -> Answer {
    let dialect = control.read_group(group).await?.value.dialect;
    let stage = stage::find(&control, dialect, &stage).await?;
    let filter = VariableFilter { stage: Some(stage), name, name_contains: search };
    answer::page(control.list_variables(group, &filter, &page.paging()).await?)
}

/// Give a variable a value in a stage
#[utoipa::path(post, path = "/groups/{group}/stages/{stage}/variables", tag = "variables",
    request_body = VariableDraft,
    params(("group" = GroupId, Path), ("stage" = String, Path, description = "The stage's id or name.")),
    responses((status = 201, body = VariableView)))]
async fn create_variable(
    Caller(control): Caller,
    At((group, stage)): At<(GroupId, String)>,
    Sent(draft): Sent<VariableDraft>,
) -> Answer {
    let dialect = control.read_group(group).await?.value.dialect;
    let id = stage::find(&control, dialect, &stage).await?;
    let variable = control.create_variable(group, id, draft).await?;
    let place = format!("/groups/{group}/stages/{id}/variables/{}", variable.value.name);
    answer::made_one(&place, variable)
}

/// A variable
#[utoipa::path(get, path = "/groups/{group}/stages/{stage}/variables/{variable}", tag = "variables",
    params(("group" = GroupId, Path), ("stage" = String, Path, description = "The stage's id or name."),
        ("variable" = String, Path, description = "The variable's name.")),
    responses((status = 200, body = VariableView)))]
async fn read_variable(
    Caller(control): Caller,
    At((group, stage, name)): At<(GroupId, String, String)>,
) -> Answer {
    let id = find(&control, group, &stage, &name).await?;
    answer::one(control.read_variable(id).await.map_err(|error| named(error, &name))?)
}

/// Give a variable another value; what is deployed follows at once
#[utoipa::path(patch, path = "/groups/{group}/stages/{stage}/variables/{variable}", tag = "variables",
    request_body = VariablePatch,
    params(("group" = GroupId, Path), ("stage" = String, Path, description = "The stage's id or name."),
        ("variable" = String, Path, description = "The variable's name."), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = VariableView)))]
async fn update_variable(
    Caller(control): Caller,
    At((group, stage, name)): At<(GroupId, String, String)>,
    Expected(expected): Expected,
    Sent(VariablePatch { value }): Sent<VariablePatch>,
) -> Answer {
    let id = find(&control, group, &stage, &name).await?;
    let updated = control.update_variable(id, value, expected).await;
    answer::one(updated.map_err(|error| named(error, &name))?)
}

/// Delete a variable that nothing needs which is online in the stage
#[utoipa::path(delete, path = "/groups/{group}/stages/{stage}/variables/{variable}", tag = "variables",
    params(("group" = GroupId, Path), ("stage" = String, Path, description = "The stage's id or name."),
        ("variable" = String, Path, description = "The variable's name."), ("If-Match" = Option<String>, Header)),
    responses((status = 204)))]
async fn delete_variable(
    Caller(control): Caller,
    At((group, stage, name)): At<(GroupId, String, String)>,
    Expected(expected): Expected,
) -> Answer {
    let id = find(&control, group, &stage, &name).await?;
    control.delete_variable(id, expected).await.map_err(|error| named(error, &name))?;
    answer::nothing()
}

/// The id that follows from where a variable is and what it is called.
async fn find(control: &Context, group: GroupId, stage: &str, name: &str) -> Result<VariableId, Problem> {
    let dialect = control.read_group(group).await?.value.dialect;
    Ok(Variable::id_of(group, stage::find(control, dialect, stage).await?, name))
}

/// The caller knows the name, not the id that is derived from it.
fn named(error: Error, name: &str) -> Error {
    match error {
        Error::NotFound { kind, .. } => Error::NotFound { kind, id: shown(name) },
        other => other,
    }
}

//! `/apis/{api}/compare`: where two definitions of an API differ.

use std::str::FromStr;

use paifang_control::{Context, Difference, Side};
use paifang_model::Rule;
use paifang_model::id::ApiId;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer};
use crate::ask::{Asked, At, FromParams, Params};
use crate::caller::Caller;
use crate::problem::Problem;
use crate::state::NativeState;

pub(super) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default().routes(routes!(compare_api))
}

/// What is compared.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct CompareParams {
    /// What was: a version's number, or `draft`.
    #[param(value_type = String)]
    from: Named,
    /// What is: a version's number, or `draft`.
    #[param(value_type = String)]
    to: Named,
}

/// One side, as it is named in the query.
#[derive(Clone, Copy)]
enum Named {
    Draft,
    Number(u64),
}

impl FromStr for Named {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, &'static str> {
        match text {
            "draft" => Ok(Self::Draft),
            number => {
                number.parse().map(Self::Number).map_err(|_| "a version's number or `draft` is expected")
            }
        }
    }
}

impl FromParams for CompareParams {
    fn from_params(params: &mut Params) -> Self {
        Self { from: side(params, "from"), to: side(params, "to") }
    }
}

fn side(params: &mut Params, name: &str) -> Named {
    let named = params.text(name);
    let Some(named) = named else {
        params.complain(name, Rule::Required, "name a version's number or `draft`");
        return Named::Draft;
    };
    named.parse().unwrap_or_else(|message| {
        params.complain(name, Rule::Format, message);
        Named::Draft
    })
}

/// Where two definitions differ.
#[derive(Serialize, ToSchema)]
struct ApiComparison {
    /// Every place at which they differ; none: they are the same.
    differences: Vec<Difference>,
}

/// Where two definitions of an API differ
#[utoipa::path(get, path = "/apis/{api}/compare", tag = "versions", params(("api" = ApiId, Path), CompareParams),
    responses((status = 200, body = ApiComparison)))]
async fn compare_api(
    Caller(control): Caller,
    At(api): At<ApiId>,
    Asked(CompareParams { from, to }): Asked<CompareParams>,
) -> Answer {
    let (from, to) = (find(&control, api, from).await?, find(&control, api, to).await?);
    answer::plain(ApiComparison { differences: control.compare_api(api, from, to).await? })
}

async fn find(control: &Context, api: ApiId, named: Named) -> Result<Side, Problem> {
    match named {
        Named::Draft => Ok(Side::Draft),
        Named::Number(number) => Ok(Side::Version(control.find_version(api, number).await?.value.id)),
    }
}

//! `/quotas`: every number that refuses something, by name; what it is, how much of it is used, and why.

use axum::http::HeaderValue;
use axum::http::header::ETAG;
use paifang_control::{QuotaFilter, QuotaSource, QuotaState};
use paifang_model::id::{AppId, GroupId, StageId};
use paifang_model::limits::Profile;
use paifang_model::{Dialect, QuotaName};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer, Item, List, etag};
use crate::ask::{Asked, At, Expected, FromParams, Params, Sent, named};
use crate::caller::Caller;
use crate::state::NativeState;

type QuotaList = List<QuotaView>;

pub(crate) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default().routes(routes!(list_quotas)).routes(routes!(read_quota, set_quota, reset_quota))
}

/// Which numbers are wanted, and within what their use is counted; all that is set must hold.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct QuotaParams {
    /// Of this dialect, and those of all.
    dialect: Option<Dialect>,
    /// With the use within this group; of its dialect, and those of all.
    group: Option<GroupId>,
    /// With the use within this stage of the group.
    stage: Option<StageId>,
    /// With the use within this app.
    app: Option<AppId>,
}

impl FromParams for QuotaParams {
    fn from_params(params: &mut Params) -> Self {
        Self {
            dialect: params.word("dialect"),
            group: params.parsed("group"),
            stage: params.parsed("stage"),
            app: params.parsed("app"),
        }
    }
}

/// A number.
#[derive(Serialize, ToSchema)]
struct QuotaView {
    /// What it is called: whose it is (`all` or a dialect), a dot, and what it limits.
    name: QuotaName,
    /// What it limits, in words.
    what: &'static str,
    /// In what it is counted: `objects`, `bytes`, `calls per second`, `calls per day` or `milliseconds`.
    unit: &'static str,
    /// What it is now; null: off.
    value: Option<u64>,
    /// How many there are now; null where that has no answer, or has one within a group, a stage or an app alone.
    #[serde(rename = "use")]
    used: Option<u64>,
    /// Why it is what it is.
    source: Source,
    /// The least that it may be.
    least: u64,
    /// The most that it may be.
    most: u64,
    /// Whether it may be off.
    may_be_off: bool,
    /// What it is in each profile.
    defaults: Defaults,
}

/// Why a number is what it is.
#[derive(Serialize, ToSchema)]
#[schema(as = QuotaSource)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Source {
    /// It is the profile's.
    Profile {
        /// The profile.
        profile: Profile,
    },
    /// Somebody changed it.
    Changed {
        /// The user's name.
        by: String,
        /// When, in milliseconds since 1970.
        at: i64,
        /// The revision of the change; the `ETag` is this after an `r`, in quotes.
        revision: u64,
    },
}

/// What a number is in each profile; null: off.
#[derive(Serialize, ToSchema)]
#[schema(as = QuotaDefaults)]
struct Defaults {
    /// On one's own machine.
    own: Option<u64>,
    /// As the clouds have it.
    cloud: Option<u64>,
}

impl From<QuotaState> for QuotaView {
    fn from(state: QuotaState) -> Self {
        let QuotaState { name, value, used, source } = state;
        let (least, most) = name.item.range().into_inner();
        let source = match source {
            QuotaSource::Profile(profile) => Source::Profile { profile },
            QuotaSource::Changed { by, at, revision } => Source::Changed { by, at, revision },
        };
        let default = |profile| name.default_in(profile);
        let defaults = Defaults { own: default(Profile::Own), cloud: default(Profile::Cloud) };
        let (what, unit, may_be_off) = (name.item.what(), name.item.unit().name(), name.item.may_be_off());
        Self { name, what, unit, value, used, source, least, most, may_be_off, defaults }
    }
}

/// What a number is to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct QuotaValue {
    /// In its unit and within its range; null: off.
    #[serde(deserialize_with = "named")]
    #[schema(required = true)]
    value: Option<u64>,
}

/// Every quota and limit, those of all groups first
#[utoipa::path(get, path = "/quotas", tag = "quotas", params(QuotaParams),
    responses((status = 200, body = QuotaList)))]
async fn list_quotas(Caller(control): Caller, Asked(params): Asked<QuotaParams>) -> Answer {
    let QuotaParams { dialect, group, stage, app } = params;
    let quotas = control.list_quotas(QuotaFilter { dialect, group, stage, app }).await?;
    let items = quotas.into_iter().map(QuotaView::from).map(Item::Readable).collect();
    answer::plain(List { items, next: None, total: None })
}

/// A quota or limit; it has an `ETag` when somebody changed it
#[utoipa::path(get, path = "/quotas/{name}", tag = "quotas", params(("name" = String, Path)),
    responses((status = 200, body = QuotaView)))]
async fn read_quota(Caller(control): Caller, At(name): At<String>) -> Answer {
    shown(control.read_quota(&name).await?)
}

/// Change a quota or limit
///
/// Management calls meet it from now on, calls to APIs once the revision is served. A number below its use takes nothing
/// away: it refuses what would come in addition.
#[utoipa::path(put, path = "/quotas/{name}", tag = "quotas", request_body = QuotaValue,
    params(("name" = String, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = QuotaView)))]
async fn set_quota(
    Caller(control): Caller,
    At(name): At<String>,
    Expected(expected): Expected,
    Sent(QuotaValue { value }): Sent<QuotaValue>,
) -> Answer {
    shown(control.set_quota(&name, value, expected).await?)
}

/// Give a quota or limit back to the profile
#[utoipa::path(delete, path = "/quotas/{name}", tag = "quotas",
    params(("name" = String, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = QuotaView)))]
async fn reset_quota(Caller(control): Caller, At(name): At<String>, Expected(expected): Expected) -> Answer {
    shown(control.reset_quota(&name, expected).await?)
}

fn shown(state: QuotaState) -> Answer {
    let revision = match state.source {
        QuotaSource::Changed { revision, .. } => Some(revision),
        QuotaSource::Profile(_) => None,
    };
    let mut response = answer::plain(QuotaView::from(state))?;
    let tag = revision.and_then(|revision| HeaderValue::try_from(etag(revision)).ok());
    response.headers_mut().extend(tag.map(|tag| (ETAG, tag)));
    Ok(response)
}

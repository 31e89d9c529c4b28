//! `/metrics`: figures of calls over time, of all of them or of a group, an API, an app.

use paifang_control::{Error, Metrics, MetricsPoint, MetricsQuery, Step};
use paifang_model::Violations;
use paifang_model::id::{ApiId, AppId, GroupId, StageId};
use paifang_model::telemetry::{CallMethod, Figures};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer};
use crate::ask::{Asked, FromParams, Params};
use crate::caller::Caller;
use crate::problem::{Kind, Problem};
use crate::state::NativeState;

pub(crate) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default().routes(routes!(read_metrics))
}

/// Which figures are wanted: of all calls, unless a group, an API or an app is named.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct MetricsParams {
    /// Of calls to this group.
    group: Option<GroupId>,
    /// Of calls to this API.
    api: Option<ApiId>,
    /// In this stage alone, of a group, an API or an app.
    stage: Option<StageId>,
    /// Of this app's calls; with an API, of its calls to that.
    app: Option<AppId>,
    /// Of calls with this method; not of an app's.
    #[param(inline)]
    method: Option<CallMethod>,
    /// From this time on, in milliseconds since 1970; an hour before the end when absent.
    since: Option<i64>,
    /// Up to this time, in milliseconds since 1970; now when absent.
    until: Option<i64>,
    /// How long each point is: the shortest that makes 300 points or fewer when absent.
    step: Option<Step>,
}

impl FromParams for MetricsParams {
    fn from_params(params: &mut Params) -> Self {
        Self {
            group: params.parsed("group"),
            api: params.parsed("api"),
            stage: params.parsed("stage"),
            app: params.parsed("app"),
            method: params.word("method"),
            since: params.parsed("since"),
            until: params.parsed("until"),
            step: params.word("step"),
        }
    }
}

impl From<MetricsParams> for MetricsQuery {
    fn from(params: MetricsParams) -> Self {
        let MetricsParams { group, api, stage, app, method, since, until, step } = params;
        Self { group, api, stage, app, method, since, until, step }
    }
}

/// Figures of calls over time.
#[derive(Serialize, ToSchema)]
#[schema(as = Metrics)]
struct MetricsView {
    /// From when on, in milliseconds since 1970: the beginning of a step.
    since: i64,
    /// Up to when: the end of a step, which may be in the future.
    until: i64,
    /// How long each point is.
    step: Step,
    /// The same in milliseconds.
    step_ms: i64,
    /// Of the whole time.
    sum: FiguresView,
    /// Of each step, also of those in which there were no calls; oldest first, 1,500 at most.
    points: Vec<PointView>,
    /// Calls in this time that may be missing, because in their minute there were more groups, APIs or apps than are told
    /// apart.
    others: u64,
}

/// Figures of one step.
#[derive(Serialize, ToSchema)]
#[schema(as = MetricsPoint)]
struct PointView {
    /// When it begins, in milliseconds since 1970.
    at: i64,
    #[serde(flatten)]
    figures: FiguresView,
}

/// Figures of calls that ended within a time.
#[derive(Serialize, ToSchema)]
#[schema(as = Figures)]
struct FiguresView {
    /// Calls.
    requests: u64,
    /// Of these, those answered with a status from 200 to 299.
    status_2xx: u64,
    /// With a status from 400 to 499; also calls whose client went away before there was an answer.
    status_4xx: u64,
    /// With a status from 500 to 599.
    status_5xx: u64,
    /// That the gateway refused.
    refused: u64,
    /// That failed at the gateway or on the way to the backend, or whose answer broke off.
    failed: u64,
    /// Data bytes of bodies from clients.
    bytes_in: u64,
    /// Data bytes of bodies to clients.
    bytes_out: u64,
    /// From arrival to the end of the reply, in milliseconds, on average; null without calls.
    average_ms: Option<f64>,
    /// The longest of them.
    maximum_ms: Option<f64>,
    /// From sending to the head of the backend's answer, in milliseconds, on average; null where no backend answered.
    backend_average_ms: Option<f64>,
    /// The longest of them.
    backend_maximum_ms: Option<f64>,
}

impl From<Metrics> for MetricsView {
    fn from(metrics: Metrics) -> Self {
        let Metrics { since, until, step, sum, points, others } = metrics;
        let step_ms = i64::from(step.minutes()) * 60_000;
        let points = points.into_iter().map(PointView::from).collect();
        Self { since, until, step, step_ms, sum: sum.into(), points, others }
    }
}

impl From<MetricsPoint> for PointView {
    fn from(MetricsPoint { at, figures }: MetricsPoint) -> Self {
        Self { at, figures: figures.into() }
    }
}

impl From<Figures> for FiguresView {
    fn from(figures: Figures) -> Self {
        let Figures { requests, status_2xx, status_4xx, status_5xx, refused, failed, .. } = figures;
        Self {
            requests,
            status_2xx,
            status_4xx,
            status_5xx,
            refused,
            failed,
            bytes_in: figures.bytes_in,
            bytes_out: figures.bytes_out,
            average_ms: average(figures.total_us, requests),
            maximum_ms: (requests > 0).then_some(millis(figures.total_max_us)),
            backend_average_ms: average(figures.backend_us, figures.backend_calls),
            backend_maximum_ms: (figures.backend_calls > 0).then_some(millis(figures.backend_max_us)),
        }
    }
}

fn average(sum_us: u64, of: u64) -> Option<f64> {
    sum_us.checked_div(of).map(millis)
}

fn millis(us: u64) -> f64 {
    us as f64 / 1e3
}

/// Requests, errors, latency and traffic over time
///
/// Calls are counted when they are over, on all nodes; what another node counted comes up to a minute late.
#[utoipa::path(get, path = "/metrics", tag = "metrics", params(MetricsParams),
    responses((status = 200, body = MetricsView)))]
async fn read_metrics(Caller(control): Caller, Asked(params): Asked<MetricsParams>) -> Answer {
    let metrics = control.read_metrics(params.into()).await.map_err(of_query)?;
    answer::plain(MetricsView::from(metrics))
}

/// What was wrong was in the query.
fn of_query(error: Error) -> Problem {
    let Error::Invalid(violations) = error else { return error.into() };
    let mut told = Violations::new();
    for violation in violations.into_vec() {
        told.add(violation.pointer.replacen('/', "?", 1), violation.rule, violation.message);
    }
    Problem::violations(Kind::Query, told)
}

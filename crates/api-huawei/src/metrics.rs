//! Figures of calls to an API or a group lately: a row for each minute in which there were calls. Spec:
//! huawei/observability.md.

use paifang_control::{Metrics, MetricsPoint, MetricsQuery, Step};
use paifang_model::Group;
use paifang_model::telemetry::Figures;
use serde_json::{Map, Value, json};

use crate::answer::{Answer, members, object};
use crate::call::Call;
use crate::fault::{Complaints, Fault, codes};
use crate::{scope, time};

const MINUTE_MS: i64 = 60_000;

/// The longest time that is looked back.
const MINUTES_AT_MOST: i64 = 24 * 60;

pub(crate) async fn of_api(call: &Call) -> Answer {
    let (api, group) = scope::api(&call.context, call.query.required("api_id")?).await?;
    let minutes = duration(call)?;
    let query = MetricsQuery { api: Some(api.value.id), ..MetricsQuery::default() };
    let metrics = lately(call, query, minutes).await?;
    let times = members(json!({
        "cycle": "MINUTE",
        "api_id": api.value.id,
        "register_time": time::rfc3339(api.created_at),
        "status": 1,
    }));
    answer(&metrics, |point| {
        let mut row = row(&group.value, point);
        row.extend(times.clone());
        row.extend(latencies(&point.figures));
        row
    })
}

pub(crate) async fn of_group(call: &Call) -> Answer {
    let group = scope::group(&call.context, call.query.required("group_id")?).await?;
    let query = MetricsQuery { group: Some(group.value.id), ..MetricsQuery::default() };
    let metrics = lately(call, query, 60).await?;
    let registered = time::rfc3339(group.created_at);
    answer(&metrics, |point| {
        let mut row = row(&group.value, point);
        row.insert("register_time".to_owned(), json!(registered));
        row
    })
}

async fn lately(call: &Call, query: MetricsQuery, minutes: i64) -> Result<Metrics, Fault> {
    let since = Some(call.state.now() - minutes * MINUTE_MS);
    Ok(call.context.read_metrics(MetricsQuery { since, step: Some(Step::Minute), ..query }).await?)
}

/// `1h` or `30m`, in minutes.
fn duration(call: &Call) -> Result<i64, Fault> {
    let text = call.query.required("duration")?;
    let number = |unit: char, minutes: i64| {
        let number: i64 = text.strip_suffix(unit)?.parse().ok()?;
        number.checked_mul(minutes).filter(|minutes| (1..=MINUTES_AT_MOST).contains(minutes))
    };
    number('h', 60).or_else(|| number('m', 1)).ok_or_else(|| {
        let shown = paifang_model::name::shown(text);
        let mut complaints = Complaints::default();
        complaints.add(codes::INVALID_VALUE, "duration", format!("`{shown}` is not `1m` to `24h`"));
        complaints.fault().unwrap_or_else(|| codes::PARAMETER_ERROR.fault())
    })
}

fn answer(metrics: &Metrics, row: impl Fn(&MetricsPoint) -> Map<String, Value>) -> Answer {
    let called = metrics.points.iter().filter(|point| point.figures.requests > 0);
    object(json!({
        "code": "SUCCESS",
        "msg": "SUCCESS",
        "start_time": metrics.since / 1000,
        "end_time": metrics.until / 1000,
        "list": called.map(row).collect::<Vec<_>>(),
    }))
}

/// What rows of APIs and of groups have in common.
fn row(group: &Group, point: &MetricsPoint) -> Map<String, Value> {
    let MetricsPoint { at, figures } = point;
    members(json!({
        "group_id": group.id,
        "provider": group.account,
        "req_time": time::rfc3339(*at),
        "current_minute": at / MINUTE_MS,
        "req_count": figures.requests,
        "req_count2xx": figures.status_2xx,
        "req_count4xx": figures.status_4xx,
        "req_count5xx": figures.status_5xx,
        "req_count_error": figures.status_4xx + figures.status_5xx,
        "max_latency": figures.total_max_us / 1000,
        "avg_latency": average_ms(figures.total_us, figures.requests),
        "input_throughput": figures.bytes_in,
        "output_throughput": figures.bytes_out,
    }))
}

/// Where the time went: in the gateway, and at the backend.
fn latencies(figures: &Figures) -> Map<String, Value> {
    let inner_us = figures.total_us.saturating_sub(figures.backend_us);
    members(json!({
        "max_inner_latency": figures.gateway_max_us / 1000,
        "avg_inner_latency": average_ms(inner_us, figures.requests),
        "max_backend_latency": figures.backend_max_us / 1000,
        "avg_backend_latency": average_ms(figures.backend_us, figures.backend_calls),
    }))
}

fn average_ms(sum_us: u64, of: u64) -> f64 {
    if of == 0 { 0.0 } else { sum_us as f64 / of as f64 / 1e3 }
}

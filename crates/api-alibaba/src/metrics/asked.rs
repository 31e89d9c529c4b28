//! Of which API, in which stage and time.

use paifang_control::{MetricsPoint, MetricsQuery, Step};

use crate::call::Call;
use crate::fault::{Fault, Sent};
use crate::time;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The steps in which there were calls, oldest first.
pub(super) async fn points(call: &Call<'_>) -> Result<Vec<MetricsPoint>, Fault> {
    let (since, until) = (at(call, "StartTime")?, at(call, "EndTime")?);
    if since >= until {
        return Err(Fault::invalid("EndTime", &time::written(until), "it is not after `StartTime`"));
    }
    let (api, _) = call.api().await?;
    let query = MetricsQuery {
        api: Some(api.value.id),
        stage: call.stage_if_named().await?.map(|stage| stage.value.id),
        since: Some(since),
        until: Some(until),
        step: (until - since <= DAY_MS).then_some(Step::Minute),
        ..MetricsQuery::default()
    };
    let mut points = call.control.read_metrics(query).await.map_err(Fault::of(Sent::Metrics))?.points;
    points.retain(|point| point.figures.requests > 0);
    Ok(points)
}

fn at(call: &Call<'_>, name: &'static str) -> Result<i64, Fault> {
    let text = call.params.required(name)?;
    time::read(text).ok_or_else(|| Fault::invalid(name, text, "it is no time as in `2026-07-05T10:45:52Z`"))
}

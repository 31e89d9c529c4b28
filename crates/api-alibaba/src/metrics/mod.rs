//! Figures of an API's calls over time: how many, how long the backend took, how much was carried. A value for each minute,
//! or for longer steps where there would be too many (spec: aliyun/observability.md §3).

mod asked;

use paifang_control::MetricsPoint;
use paifang_model::telemetry::Figures;
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::Fault;
use crate::time;

/// `DescribeApiQpsData`: calls that went well, and calls answered with 4xx or 5xx.
pub(crate) async fn calls(call: &Call<'_>) -> Result<Value, Fault> {
    let points = asked::points(call).await?;
    let fails = |figures: &Figures| figures.status_4xx + figures.status_5xx;
    Ok(json!({
        "CallSuccesses": items(&points, |figures| (figures.requests - fails(figures)).to_string()),
        "CallFails": items(&points, |figures| fails(figures).to_string()),
    }))
}

/// `DescribeApiLatencyData`: from the call of the backend to its answer, in milliseconds, on average.
pub(crate) async fn latency(call: &Call<'_>) -> Result<Value, Fault> {
    let mut points = asked::points(call).await?;
    points.retain(|point| point.figures.backend_calls > 0);
    let average = |figures: &Figures| figures.backend_us / figures.backend_calls.max(1) / 1000;
    Ok(json!({ "CallLatencys": items(&points, |figures| average(figures).to_string()) }))
}

/// `DescribeApiTrafficData`: bytes of bodies from clients and to clients, in KB.
pub(crate) async fn traffic(call: &Call<'_>) -> Result<Value, Fault> {
    let points = asked::points(call).await?;
    let kilobytes = |bytes: u64| format!("{:.3}", bytes as f64 / 1024.0);
    Ok(json!({
        "CallUploads": items(&points, |figures| kilobytes(figures.bytes_in)),
        "CallDownloads": items(&points, |figures| kilobytes(figures.bytes_out)),
    }))
}

fn items(points: &[MetricsPoint], value: impl Fn(&Figures) -> String) -> Value {
    let item = |point: &MetricsPoint| json!({ "ItemTime": time::written(point.at), "ItemValue": value(&point.figures) });
    json!({ "MonitorItem": points.iter().map(item).collect::<Vec<_>>() })
}

//! Figures of an API's calls; the calls are made up.

use std::sync::Arc;

use paifang_model::id::ApiId;
use paifang_model::telemetry::{CallMethod, Figures, MINUTE_MS, MinuteRow, Series};
use paifang_model::{Dialect, Id, Stage};
use paifang_store::{SqliteStore, TelemetryTable as _};
use serde_json::json;

use crate::support::{Client, NOW, World, get, mock_api, text};

/// An API that was called in one minute, five minutes ago, in RELEASE.
async fn called(world: &World, owner: &Client) -> String {
    let made = owner.done("CreateApiGroup", &[("GroupName", "pet_shop")]).await;
    let config = get("/pets");
    let made = owner.done("CreateApi", &mock_api(text(&made["GroupId"]), "list_pets", &config)).await;
    let api = text(&made["ApiId"]).to_owned();
    let release = Stage::built_in_id(Dialect::Alibaba, "RELEASE");
    let figures = Figures {
        requests: 9,
        status_2xx: 6,
        status_4xx: 2,
        status_5xx: 1,
        bytes_in: 512,
        bytes_out: 4096,
        total_us: 90_000,
        backend_calls: 2,
        backend_us: 15_000,
        ..Figures::default()
    };
    let series = Series::Api(ApiId(api.parse().unwrap()), release, CallMethod::Get);
    let store = SqliteStore::open_in_memory().await.unwrap();
    let row = MinuteRow { minute: NOW / MINUTE_MS - 5, series, figures };
    store.add_telemetry(Id::random(), &[row]).await.unwrap();
    world.control.connect_telemetry(Arc::new(store));
    api
}

const HOUR: [(&str, &str); 2] = [("StartTime", "2025-12-31T23:00:00Z"), ("EndTime", "2026-01-01T00:00:00Z")];

#[tokio::test]
async fn calls_latency_and_traffic_are_told_by_the_minute() {
    let world = World::new().await;
    let owner = world.owner();
    let api = called(&world, &owner).await;
    let asked = [&HOUR[..], &[("ApiId", api.as_str()), ("StageName", "RELEASE")]].concat();
    let items =
        |value: &str| json!({ "MonitorItem": [{ "ItemTime": "2025-12-31T23:55:00Z", "ItemValue": value }] });
    let calls = owner.done("DescribeApiQpsData", &asked).await;
    assert_eq!((&calls["CallSuccesses"], &calls["CallFails"]), (&items("6"), &items("3")));
    let latency = owner.done("DescribeApiLatencyData", &asked).await;
    assert_eq!(latency["CallLatencys"], items("7"));
    let traffic = owner.done("DescribeApiTrafficData", &asked).await;
    assert_eq!((&traffic["CallUploads"], &traffic["CallDownloads"]), (&items("0.500"), &items("4.000")));
    let test = [&HOUR[..], &[("ApiId", api.as_str()), ("StageName", "TEST")]].concat();
    let none = owner.done("DescribeApiQpsData", &test).await;
    assert_eq!(none["CallFails"], json!({ "MonitorItem": [] }));
    assert_eq!(world.onlooker().await.done("DescribeApiQpsData", &asked).await["CallFails"], items("3"));
}

#[tokio::test]
async fn times_that_are_none_are_refused() {
    let world = World::new().await;
    let owner = world.owner();
    let api = called(&world, &owner).await;
    for times in [
        [("StartTime", "yesterday"), ("EndTime", "2026-01-01T00:00:00Z")],
        [("StartTime", "2026-01-01T00:00:00Z"), ("EndTime", "2026-01-01T00:00:00Z")],
        [("StartTime", "2024-01-01T00:00:00Z"), ("EndTime", "2026-01-01T00:00:00Z")],
    ] {
        let asked = [&times[..], &[("ApiId", api.as_str())]].concat();
        let refused = owner.refused("DescribeApiQpsData", &asked).await;
        assert!(refused.contains("StartTime") || refused.contains("EndTime"), "{refused}");
    }
    let refused = owner.refused("DescribeApiQpsData", &[("ApiId", &api), HOUR[0]]).await;
    assert!(refused.contains("EndTime"), "{refused}");
}

//! Figures of calls lately; the calls are made up.

use std::sync::Arc;

use paifang_model::id::{ApiId, GroupId};
use paifang_model::telemetry::{CallMethod, Figures, MINUTE_MS, MinuteRow, Series};
use paifang_model::{Dialect, Id, Stage};
use paifang_store::{SqliteStore, TelemetryTable as _};
use serde_json::json;

use crate::support::{NOTHING, NOW, World, pets};

/// A group and an API of it that were called once, some minutes ago.
async fn called(world: &World, minutes_ago: i64) -> (String, String) {
    let group = world.group("grp_1").await;
    let api = world.api(&group, pets()).await;
    let release = Stage::built_in_id(Dialect::Huawei, "RELEASE");
    let figures = Figures {
        requests: 4,
        status_2xx: 1,
        status_4xx: 2,
        status_5xx: 1,
        bytes_in: 10,
        bytes_out: 20,
        total_us: 10_000,
        total_max_us: 5_000,
        backend_calls: 2,
        backend_us: 6_000,
        backend_max_us: 4_000,
        gateway_max_us: 1_000,
        ..Figures::default()
    };
    let (group_id, api_id) = (GroupId(group.parse().unwrap()), ApiId(api.parse().unwrap()));
    let series =
        [Series::Group(group_id, release, CallMethod::Get), Series::Api(api_id, release, CallMethod::Get)];
    let minute = NOW / MINUTE_MS - minutes_ago;
    let rows = series.map(|series| MinuteRow { minute, series, figures });
    let store = SqliteStore::open_in_memory().await.unwrap();
    store.add_telemetry(Id::random(), &rows).await.unwrap();
    world.control.connect_telemetry(Arc::new(store));
    (group, api)
}

#[tokio::test]
async fn an_api_is_told_by_the_minute() {
    let world = World::new().await;
    let (group, api) = called(&world, 5).await;
    let answer = world.owner().get(&format!("statistics/api/latest?api_id={api}&duration=1h")).await;
    assert_eq!(answer.body["start_time"], (NOW - 60 * MINUTE_MS) / 1000);
    assert_eq!(answer.body["end_time"], NOW / 1000);
    let mut row = answer.body["list"][0].clone();
    for member in ["provider", "register_time"] {
        assert!(row.as_object_mut().unwrap().remove(member).is_some(), "{member}");
    }
    let expected = json!({
        "api_id": api,
        "group_id": group,
        "cycle": "MINUTE",
        "status": 1,
        "req_time": "2025-12-31T23:55:00.000Z",
        "current_minute": NOW / MINUTE_MS - 5,
        "req_count": 4,
        "req_count2xx": 1,
        "req_count4xx": 2,
        "req_count5xx": 1,
        "req_count_error": 3,
        "max_latency": 5,
        "avg_latency": 2.5,
        "max_inner_latency": 1,
        "avg_inner_latency": 1.0,
        "max_backend_latency": 4,
        "avg_backend_latency": 3.0,
        "input_throughput": 10,
        "output_throughput": 20,
    });
    assert_eq!(row, expected);
    assert_eq!(answer.body["list"].as_array().unwrap().len(), 1);
    let before = world.owner().get(&format!("statistics/api/latest?api_id={api}&duration=4m")).await;
    assert_eq!(before.body["list"], json!([]));
}

#[tokio::test]
async fn a_group_is_told_for_an_hour() {
    let world = World::new().await;
    let (group, _) = called(&world, 59).await;
    let answer = world.owner().get(&format!("statistics/group/latest?group_id={group}")).await;
    assert_eq!(
        (&answer.body["list"][0]["req_count"], &answer.body["list"][0]["group_id"]),
        (&json!(4), &json!(group))
    );
    assert_eq!(answer.body["list"][0]["max_inner_latency"], json!(null));
}

#[tokio::test]
async fn what_cannot_be_told_is_refused() {
    let world = World::new().await;
    let (_, api) = called(&world, 5).await;
    let owner = world.owner();
    for duration in ["0m", "1d", "25h", "-1h", "9999999999999999999h", "h"] {
        let answer = owner.get(&format!("statistics/api/latest?api_id={api}&duration={duration}")).await;
        assert!(answer.error().contains("duration"), "{}", answer.error());
    }
    assert_eq!(owner.get(&format!("statistics/api/latest?api_id={api}")).await.status, 400);
    assert_eq!(owner.get(&format!("statistics/api/latest?api_id={NOTHING}&duration=1h")).await.status, 404);
    assert_eq!(owner.get(&format!("statistics/group/latest?group_id={NOTHING}")).await.status, 404);
}

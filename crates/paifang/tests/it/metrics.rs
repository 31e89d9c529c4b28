//! Figures of calls: seen at once, kept over the end of a process, counted together where gateways share a database.

use paifang_testkit::postgres::Database;
use serde_json::Value;

use crate::command::complained;
use crate::gateway::{Gateway, place, serve};
use crate::postgres::{share_credentials, start};
use crate::rest::mock;

/// The figures of a query, once they have so many calls.
fn counted(gateway: &mut Gateway, query: &str, requests: u64) -> Value {
    gateway.wait_for("the figures", |gateway| {
        let metrics = gateway.done("GET", &format!("/metrics?{query}"), &Value::Null);
        (metrics["sum"]["requests"] == requests).then_some(metrics)
    })
}

#[test]
fn figures_are_seen_at_once_and_kept_over_the_end() {
    let place = place();
    let mut gateway = Gateway::start(&place);
    let api = gateway.publish("pets.example.com", &mock("hello"));
    for _ in 0..5 {
        assert_eq!(gateway.call("pets.example.com", "/hello").status, 200);
    }
    assert_eq!(gateway.call("pets.example.com", "/nothing").status, 404);
    let of_api = counted(&mut gateway, &format!("api={api}"), 5);
    assert_eq!(
        (of_api["sum"]["status_2xx"].as_u64(), of_api["sum"]["bytes_out"].as_u64()),
        (Some(5), Some(25))
    );
    assert!(of_api["sum"]["average_ms"].as_f64().unwrap() > 0.0, "{of_api}");
    assert_eq!(of_api["sum"]["backend_average_ms"], Value::Null);
    let points = of_api["points"].as_array().unwrap();
    let requests: u64 = points.iter().map(|point| point["requests"].as_u64().unwrap()).sum();
    assert_eq!((points.len(), requests), (61, 5));
    let all = counted(&mut gateway, "step=1h", 6);
    assert_eq!((all["sum"]["status_4xx"].as_u64(), all["sum"]["refused"].as_u64()), (Some(1), Some(1)));

    // What nobody looked at is written down at the end.
    assert_eq!(gateway.call("pets.example.com", "/hello").status, 200);
    gateway.stop();
    let mut gateway = Gateway::start(&place);
    assert_eq!(gateway.call("pets.example.com", "/hello").status, 200);
    counted(&mut gateway, &format!("api={api}&method=GET"), 7);
    counted(&mut gateway, &format!("api={api}&method=POST"), 0);
    gateway.stop();
}

#[test]
fn gateways_that_share_a_database_are_counted_together() {
    let database = Database::fresh();
    let places = [place(), place()];
    let [mut one, mut other] = places.each_ref().map(|place| start(place, &database));
    share_credentials(&one, &other);
    let api = one.publish("pets.example.com", &mock("hello"));
    let head = one.done("GET", "/status", &Value::Null)["committed_revision"].as_u64().unwrap();
    let live = other.done("GET", &format!("/revisions/{head}?wait=30s"), &Value::Null);
    assert_eq!(live["live"]["sentence"], "live on 2 of 2");
    for gateway in [&one, &one, &other] {
        assert_eq!(gateway.call("pets.example.com", "/hello").status, 200);
    }
    // Each adds what it counted itself to what the others have written down.
    other.wait_for("its own call", |other| {
        let metrics = other.done("GET", &format!("/metrics?api={api}"), &Value::Null);
        metrics["sum"]["requests"].as_u64().filter(|requests| *requests > 0)
    });
    counted(&mut one, &format!("api={api}"), 3);
    counted(&mut other, &format!("api={api}"), 3);
    one.stop();
    counted(&mut other, &format!("api={api}&step=1d"), 3);
    other.stop();
}

#[test]
fn how_long_they_are_kept_has_bounds() {
    let place = place();
    std::fs::write(place.path().join("paifang.toml"), "metrics_days = 93\n").unwrap();
    let complaint = complained(serve(&place.path().join("data"), &[]).current_dir(place.path()));
    assert!(complaint.contains("paifang.toml line 1: `93` is not a number: 1 to 92"), "{complaint}");
}

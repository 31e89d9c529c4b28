//! Figures of calls over time; the calls are made up.

use insta::assert_snapshot;
use paifang_control::TelemetryPoint;
use paifang_model::telemetry::{CallMethod, Figures, MINUTE_MS};

use crate::support::{NOW, World, pets};

fn some() -> Figures {
    Figures {
        requests: 3,
        status_2xx: 1,
        status_4xx: 1,
        status_5xx: 1,
        refused: 1,
        failed: 1,
        bytes_in: 10,
        bytes_out: 200,
        total_us: 9_000,
        total_max_us: 4_500,
        backend_calls: 1,
        backend_us: 2_000,
        backend_max_us: 2_000,
        gateway_max_us: 2_500,
    }
}

#[tokio::test]
async fn figures_are_told_step_by_step() {
    let world = World::new().await;
    let minute = NOW / MINUTE_MS - 5;
    *world.telemetry.points.lock().unwrap() = vec![TelemetryPoint { minute, figures: some() }];
    let since = NOW - 10 * MINUTE_MS;
    let reply = world.reader().await.get(&format!("/metrics?since={since}&step=5m")).await;
    assert_snapshot!(reply.shown(), @r#"200 {"since":1767225000000,"until":1767225600000,"step":"5m","step_ms":300000,"sum":{"requests":3,"status_2xx":1,"status_4xx":1,"status_5xx":1,"refused":1,"failed":1,"bytes_in":10,"bytes_out":200,"average_ms":3.0,"maximum_ms":4.5,"backend_average_ms":2.0,"backend_maximum_ms":2.0},"points":[{"at":1767225000000,"requests":0,"status_2xx":0,"status_4xx":0,"status_5xx":0,"refused":0,"failed":0,"bytes_in":0,"bytes_out":0,"average_ms":null,"maximum_ms":null,"backend_average_ms":null,"backend_maximum_ms":null},{"at":1767225300000,"requests":3,"status_2xx":1,"status_4xx":1,"status_5xx":1,"refused":1,"failed":1,"bytes_in":10,"bytes_out":200,"average_ms":3.0,"maximum_ms":4.5,"backend_average_ms":2.0,"backend_maximum_ms":2.0}],"others":0}"#);
}

#[tokio::test]
async fn a_group_an_api_or_an_app_may_be_named() {
    let world = World::new().await;
    let (owner, group) = (world.owner(), world.group("alibaba").await);
    let (api, app) = (world.api(&group, pets()).await, world.app("caller").await);
    let release = world.stage("alibaba", "RELEASE").await;
    for query in [
        format!("group={group}&stage={release}&method=POST"),
        format!("api={api}&stage={release}"),
        format!("app={app}&api={api}"),
    ] {
        assert_eq!(owner.get(&format!("/metrics?{query}")).await.status, 200, "{query}");
    }
    let asked = world.telemetry.asked.lock().unwrap().clone();
    // The second of each says what may be missing.
    let calls: Vec<String> = asked.iter().map(|query| format!("{:?}", query.calls)).collect();
    assert_eq!(calls[0], format!("Group({group}, Some({release}))"));
    assert_eq!(calls[1..3], ["OtherGroups".to_owned(), format!("Api({api}, Some({release}))")]);
    assert_eq!(
        calls[3..],
        ["OtherApis".to_owned(), format!("App({app}, Some({api}), None)"), "OtherApps".to_owned()]
    );
    assert_eq!((asked[0].method, asked[1].method), (Some(CallMethod::Post), None));
    assert_eq!(asked[0].until - asked[0].since, 60);
}

#[tokio::test]
async fn what_cannot_be_given_is_said() {
    let owner = World::new().await.owner();
    let two_days = NOW - 2 * 24 * 60 * MINUTE_MS;
    assert_snapshot!(owner.get(&format!("/metrics?since={two_days}&step=1m")).await.problem(), @r"
    400 query: ?step: `1m` would make 2880 points; 1500 are given at most
    ?step (range): `1m` would make 2880 points; 1500 are given at most
    ");
    assert_snapshot!(owner.get(&format!("/metrics?since={NOW}&stage={:032}", 1)).await.problem(), @r"
    400 query: there are 2 complaints
    ?stage (conflict): a stage is one of a group, an API or an app: name one too
    ?since (range): `1767225600000` is not before `1767225600000`, the end of the time or now
    ");
    assert_snapshot!(owner.get("/metrics?step=2m&since=yesterday&method=get&colour=red").await.problem(), @r"
    400 query: there are 4 complaints
    ?method (unknown): unknown variant `get`, expected one of `GET`, `HEAD`, `POST`, `PUT`, `PATCH`, `DELETE`, `OPTIONS`, `OTHER`
    ?since (format): `yesterday`: invalid digit found in string
    ?step (unknown): unknown variant `2m`, expected one of `1m`, `5m`, `15m`, `1h`, `6h`, `1d`
    ?colour (unknown): there is no such parameter here
    ");
    assert_snapshot!(owner.get(&format!("/metrics?api={:032}", 1)).await.problem(), @"404 not-found: there is no api `…`");
    assert_eq!(World::new().await.nobody().get("/metrics").await.status, 401);
}

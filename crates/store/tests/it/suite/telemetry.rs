//! Figures of calls: what nodes add is found again, together, by series and by step, until it is forgotten.

use paifang_model::Id;
use paifang_model::id::{ApiId, AppId, GroupId, StageId};
use paifang_model::telemetry::{CallMethod, Figures, MinuteRow, Series};
use paifang_store::{CallsOf, StoreError, TelemetryPoint, TelemetryQuery};

use crate::nouns::id;
use crate::suite::Home;

/// A minute of 2023 that is divisible by 60.
const MINUTE: i64 = 28_333_320;

fn figures(requests: u64) -> Figures {
    Figures {
        requests,
        status_2xx: requests - 1,
        status_4xx: 1,
        bytes_in: 10 * requests,
        bytes_out: 100 * requests,
        total_us: 1_000 * requests,
        total_max_us: 700 * requests,
        backend_calls: requests,
        backend_us: 600 * requests,
        backend_max_us: 500 * requests,
        gateway_max_us: 200 * requests,
        ..Figures::default()
    }
}

fn row(minute: i64, series: Series, requests: u64) -> MinuteRow {
    MinuteRow { minute, series, figures: figures(requests) }
}

const ALL: Series = Series::All(CallMethod::Get);

fn api(number: u16) -> ApiId {
    ApiId(id(number))
}

fn stage(number: u16) -> StageId {
    StageId(id(number))
}

async fn add(home: &impl Home, node: Id, rows: &[MinuteRow]) {
    home.telemetry().add_telemetry(node, rows).await.unwrap();
}

fn of(calls: CallsOf) -> TelemetryQuery {
    TelemetryQuery { calls, method: None, since: MINUTE, until: MINUTE + 60, step: 1 }
}

/// Minutes after [`MINUTE`] with their requests.
async fn requests(home: &impl Home, query: TelemetryQuery) -> Vec<(i64, u64)> {
    let points = home.telemetry().read_telemetry(&query).await.unwrap();
    points.into_iter().map(|point| (point.minute - MINUTE, point.figures.requests)).collect()
}

pub(crate) async fn what_is_counted_twice_for_a_minute_is_added_up(home: impl Home) {
    add(&home, id(1), &[row(MINUTE, ALL, 3)]).await;
    add(&home, id(1), &[row(MINUTE, ALL, 2)]).await;
    let mut sum = figures(3);
    sum += figures(2);
    let points = home.telemetry().read_telemetry(&of(CallsOf::All)).await.unwrap();
    assert_eq!(points, [TelemetryPoint { minute: MINUTE, figures: sum }]);
    assert_eq!((sum.requests, sum.total_us, sum.total_max_us, sum.gateway_max_us), (5, 5_000, 2_100, 600));
}

pub(crate) async fn nodes_are_added_up(home: impl Home) {
    add(&home, id(1), &[row(MINUTE, ALL, 3), row(MINUTE + 1, ALL, 1)]).await;
    add(&home, id(2), &[row(MINUTE, ALL, 4)]).await;
    assert_eq!(requests(&home, of(CallsOf::All)).await, [(0, 7), (1, 1)]);
}

pub(crate) async fn a_series_is_read_without_its_neighbours(home: impl Home) {
    let (group, app) = (GroupId(id(50)), AppId(id(60)));
    let rows = [
        row(MINUTE, Series::All(CallMethod::Post), 31),
        row(MINUTE, Series::Group(group, stage(7), CallMethod::Get), 2),
        row(MINUTE, Series::Api(api(1), stage(7), CallMethod::Get), 3),
        row(MINUTE, Series::Api(api(1), stage(8), CallMethod::Post), 4),
        row(MINUTE, Series::Api(api(2), stage(7), CallMethod::Get), 5),
        row(MINUTE, Series::App(app, api(1), stage(7)), 6),
        row(MINUTE, Series::App(app, api(2), stage(7)), 7),
        row(MINUTE, Series::OtherApis, 8),
        row(MINUTE, Series::OtherGroups, 9),
        row(MINUTE, Series::OtherApps, 10),
    ];
    add(&home, id(1), &rows).await;
    for (calls, expected) in [
        (CallsOf::All, 31),
        (CallsOf::Group(group, None), 2),
        (CallsOf::Group(group, Some(stage(7))), 2),
        (CallsOf::Api(api(1), None), 7),
        (CallsOf::Api(api(1), Some(stage(8))), 4),
        (CallsOf::App(app, None, None), 13),
        (CallsOf::App(app, Some(api(2)), None), 7),
        (CallsOf::App(app, Some(api(1)), Some(stage(7))), 6),
        (CallsOf::OtherApis, 8),
        (CallsOf::OtherGroups, 9),
        (CallsOf::OtherApps, 10),
    ] {
        assert_eq!(requests(&home, of(calls)).await, [(0, expected)], "{calls:?}");
    }
    let none = [CallsOf::Group(GroupId(id(1)), None), CallsOf::Api(api(1), Some(stage(9)))];
    for calls in none {
        assert!(requests(&home, of(calls)).await.is_empty(), "{calls:?}");
    }
    let posts = TelemetryQuery { method: Some(CallMethod::Post), ..of(CallsOf::Api(api(1), None)) };
    assert_eq!(requests(&home, posts).await, [(0, 4)]);
}

pub(crate) async fn points_are_as_long_as_asked_for(home: impl Home) {
    let rows: Vec<MinuteRow> = (-1..61).map(|minute| row(MINUTE + minute, ALL, 1)).collect();
    add(&home, id(1), &rows).await;
    assert_eq!(requests(&home, of(CallsOf::All)).await.len(), 60);
    let quarters = TelemetryQuery { step: 15, ..of(CallsOf::All) };
    assert_eq!(requests(&home, quarters).await, [(0, 15), (15, 15), (30, 15), (45, 15)]);
    let hour = TelemetryQuery { step: 60, since: MINUTE - 60, until: MINUTE + 120, ..of(CallsOf::All) };
    assert_eq!(requests(&home, hour).await, [(-60, 1), (0, 60), (60, 1)]);
    let nothing = TelemetryQuery { until: MINUTE, ..of(CallsOf::All) };
    assert!(requests(&home, nothing).await.is_empty());
}

pub(crate) async fn many_rows_come_in_parts(home: impl Home) {
    let series = |number| Series::Api(api(number), stage(7), CallMethod::Get);
    let rows: Vec<MinuteRow> =
        (1..=203).map(|number| row(MINUTE, series(number), u64::from(number))).collect();
    add(&home, id(1), &rows).await;
    for number in [1, 64, 65, 128, 192, 193, 200, 201, 203] {
        let found = requests(&home, of(CallsOf::Api(api(number), None))).await;
        assert_eq!(found, [(0, u64::from(number))]);
    }
}

pub(crate) async fn old_minutes_are_forgotten(home: impl Home) {
    let rows: Vec<MinuteRow> = (0..60).map(|minute| row(MINUTE + minute, ALL, 1)).collect();
    add(&home, id(1), &rows).await;
    home.telemetry().forget_telemetry(MINUTE + 57).await.unwrap();
    assert_eq!(requests(&home, of(CallsOf::All)).await, [(57, 1), (58, 1), (59, 1)]);
    home.telemetry().forget_telemetry(MINUTE + 57).await.unwrap();
    home.telemetry().forget_telemetry(MINUTE + 1_000).await.unwrap();
    assert!(requests(&home, of(CallsOf::All)).await.is_empty());
    home.telemetry().forget_telemetry(MINUTE + 1_000).await.unwrap();
}

pub(crate) async fn telemetry_is_no_revision(home: impl Home) {
    add(&home, id(1), &[row(MINUTE, ALL, 3)]).await;
    assert_eq!(home.store().head().await.unwrap(), 0);
    assert!(home.store().changes(0, 10).await.unwrap().changes.is_empty());
}

pub(crate) async fn damaged_figures_are_an_error(home: impl Home) {
    add(&home, id(1), &[row(MINUTE, ALL, 3)]).await;
    home.tamper("UPDATE telemetry SET requests = -1").await;
    let error = home.telemetry().read_telemetry(&of(CallsOf::All)).await.unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
}

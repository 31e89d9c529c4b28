//! What is counted where, and what happens when there is too much of it.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::VecDeque;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use http::{Method, StatusCode};
use paifang_model::definition::Definition;
use paifang_model::dialect::Dialect;
use paifang_model::id::{AccountId, ApiId, AppId, GroupId, Id, StageId};
use paifang_model::limits::{Limits, Profile};
use paifang_model::telemetry::{CallMethod, Figures, MinuteRow, Series};
use paifang_wire::Target;
use serde_json::json;

use super::{KEYS_AT_MOST, Minute, ROWS_AT_MOST, Rollup, collect};
use crate::observe::{End, Record};
use crate::request_id::RequestId;
use crate::snapshot::compile::{self, Context};
use crate::snapshot::{AccountFacts, AppFacts, Route};

/// The first millisecond of a minute.
const AT: i64 = 28_333_320 * 60_000;
const GROUP: GroupId = GroupId(Id::from_bytes([1; 16]));
const STAGE: StageId = StageId(Id::from_bytes([2; 16]));

fn id(number: usize) -> Id {
    Id::derived("test", &[&number.to_be_bytes()])
}

fn route() -> Route {
    let group = compile::nameless_group(Dialect::Alibaba);
    let definition = json!({
        "name": "pets",
        "request": {"method": "ANY", "path": "/pets"},
        "auth": {"kind": "none"},
        "backend": {"kind": "mock", "status": 200, "body": ""},
    });
    let definition: Definition = serde_json::from_value(definition).unwrap();
    let mut facts = compile::group_facts(&group, Limits::of(Profile::Own, group.dialect));
    facts.id = GROUP;
    let stage = crate::snapshot::StageFacts { id: STAGE, name: "RELEASE".into() };
    let context = Context { group: &group, facts: Arc::new(facts), stage: Arc::new(stage) };
    compile::route(&context, ApiId(id(1)), 1, &definition).unwrap()
}

fn to_api(number: usize) -> Record {
    Record { route: Some(Arc::new(Route { api: ApiId(id(number)), ..route() })), ..record() }
}

fn of_app(number: usize) -> Option<Arc<AppFacts>> {
    let account = AccountFacts { id: AccountId(id(1)), number: None, name: None };
    let id = AppId(id(number));
    let (account, name) = (Arc::new(account), "caller".into());
    Some(Arc::new(AppFacts { id, number: 1, name, account, addresses: None, frozen: false, quota: None }))
}

fn record() -> Record {
    Record {
        id: RequestId::from_bits(7),
        at_ms: AT,
        client: Ipv4Addr::LOCALHOST.into(),
        trace: None,
        method: Method::GET,
        host: None,
        target: Target::asterisk(),
        dialect: Dialect::Alibaba,
        route: None,
        app: None,
        status: StatusCode::OK,
        error: None,
        total: Duration::from_millis(5),
        backend: Some(Duration::from_millis(3)),
        bytes_in: 10,
        bytes_out: 100,
        end: End::Complete,
    }
}

fn counted(records: &[Record]) -> Vec<MinuteRow> {
    let mut rollup = Rollup::default();
    records.iter().for_each(|record| rollup.count(record));
    collect(rollup.all())
}

fn of(rows: &[MinuteRow], series: Series) -> Figures {
    let found: Vec<_> = rows.iter().filter(|row| row.series == series).collect();
    assert_eq!(found.len(), 1, "{series:?} in {rows:?}");
    found[0].figures
}

fn requests(rows: &[MinuteRow], series: Series) -> u64 {
    of(rows, series).requests
}

#[test]
fn a_call_is_counted_in_every_series_that_it_belongs_to() {
    let record = Record { app: of_app(9), ..to_api(1) };
    let expected = Figures {
        requests: 1,
        status_2xx: 1,
        bytes_in: 10,
        bytes_out: 100,
        total_us: 5_000,
        total_max_us: 5_000,
        backend_calls: 1,
        backend_us: 3_000,
        backend_max_us: 3_000,
        gateway_max_us: 2_000,
        ..Figures::default()
    };
    let series = [
        Series::All(CallMethod::Get),
        Series::Group(GROUP, STAGE, CallMethod::Get),
        Series::Api(ApiId(id(1)), STAGE, CallMethod::Get),
        Series::App(AppId(id(9)), ApiId(id(1)), STAGE),
    ];
    let rows = series.map(|series| MinuteRow { minute: AT / 60_000, series, figures: expected });
    assert_eq!(counted(&[record]), rows);
}

#[test]
fn who_refused_and_what_failed_is_told_apart() {
    let of_gateway = |status, error| Record { status, error: Some(error), backend: None, ..record() };
    let records = [
        Record { status: StatusCode::NOT_FOUND, ..record() },
        Record { status: StatusCode::BAD_GATEWAY, ..record() },
        of_gateway(StatusCode::FORBIDDEN, "A403IS"),
        of_gateway(StatusCode::GATEWAY_TIMEOUT, "D504TO"),
        Record { end: End::BackendBroke, ..record() },
        Record { method: Method::TRACE, status: StatusCode::FOUND, ..record() },
    ];
    let rows = counted(&records);
    let all = of(&rows, Series::All(CallMethod::Get));
    assert_eq!((all.requests, all.status_2xx, all.status_4xx, all.status_5xx), (5, 1, 2, 2));
    assert_eq!((all.refused, all.failed, all.backend_calls), (1, 2, 3));
    assert_eq!(requests(&rows, Series::All(CallMethod::Other)), 1);
    assert_eq!(rows.len(), 2, "what found no API is counted with all alone: {rows:?}");
}

#[test]
fn a_call_belongs_to_the_minute_in_which_it_ended() {
    let mut rollup = Rollup::default();
    let ends_later = Record { at_ms: AT - 5, ..record() };
    let next = Record { at_ms: AT + 60_000, ..record() };
    [&record(), &ends_later, &next].into_iter().for_each(|record| rollup.count(record));
    let minutes = |rows: Vec<MinuteRow>| -> Vec<(i64, u64)> {
        rows.iter().map(|row| (row.minute - AT / 60_000, row.figures.requests)).collect()
    };
    let minute = AT / 60_000 + 1;
    assert_eq!(minutes(collect(rollup.ended(minute))), [(0, 2)]);
    assert_eq!(minutes(collect(rollup.ended(minute))), []);
    assert_eq!(minutes(collect(rollup.ended(minute + 1))), [(1, 1)]);
    rollup.count(&ends_later);
    assert_eq!(minutes(collect(rollup.all())), [(0, 1)]);
}

#[test]
fn what_finds_no_row_is_counted_with_the_others() {
    let mut rollup = Rollup::default();
    let mut record = Record { app: of_app(0), ..to_api(0) };
    for number in 0..KEYS_AT_MOST + 3 {
        let route = Arc::get_mut(record.route.as_mut().unwrap()).unwrap();
        route.api = ApiId(id(number));
        rollup.count(&record);
    }
    rollup.count(&to_api(0));
    let rows = collect(rollup.all());
    assert_eq!(requests(&rows, Series::All(CallMethod::Get)), KEYS_AT_MOST as u64 + 4);
    // The busiest has a row; those that found none at the worker are with those that are too quiet.
    assert_eq!(requests(&rows, Series::Api(ApiId(id(0)), STAGE, CallMethod::Get)), 2);
    let left = (KEYS_AT_MOST - ROWS_AT_MOST + 3) as u64;
    assert_eq!((requests(&rows, Series::OtherApis), requests(&rows, Series::OtherApps)), (left, left));
    assert_eq!(requests(&rows, Series::Group(GROUP, STAGE, CallMethod::Get)), KEYS_AT_MOST as u64 + 1);
    assert_eq!(requests(&rows, Series::OtherGroups), 3);
    assert_eq!(rows.len(), 2 * ROWS_AT_MOST + 5);
}

#[test]
fn workers_are_added_up_and_minutes_nobody_takes_are_let_go() {
    let mut rollup = Rollup::default();
    for minute in 0..15 {
        rollup.count(&Record { at_ms: AT + minute * 60_000, ..record() });
    }
    let waiting: VecDeque<Minute> = rollup.all();
    assert_eq!(waiting.len(), 10);
    rollup.count(&Record { at_ms: AT + 14 * 60_000, ..record() });
    rollup.give_back(waiting);
    let rows = collect(rollup.all());
    let minutes: Vec<_> = rows.iter().map(|row| (row.minute - AT / 60_000, row.figures.requests)).collect();
    assert_eq!((minutes.len(), minutes[0], minutes[8]), (9, (6, 1), (14, 2)));
}

//! The store goes away and comes back; nothing is counted twice, and not more waits than there is room for.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::sync::Mutex as Lock;

use paifang_control::{FrozenClock, Telemetry as _};
use paifang_model::id::ApiId;
use paifang_model::telemetry::{CallMethod, Figures, Series};
use paifang_store::{CallsOf, SqliteStore, StoreError, TelemetryNotAdded};

use super::*;

/// Calls that a test counts.
#[derive(Clone, Default)]
struct Calls(Arc<Lock<Vec<MinuteRow>>>);

impl Calls {
    fn count(&self, minute: i64, requests: u64) {
        self.0.lock().unwrap().push(row(minute, Series::All(CallMethod::Get), requests));
    }
}

#[async_trait]
impl Counter for Calls {
    async fn take(&self, _minutes: Minutes) -> Vec<MinuteRow> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

/// A table that takes as many rows as it is told to, and then fails.
struct Table {
    store: SqliteStore,
    takes: Lock<usize>,
}

#[async_trait]
impl TelemetryTable for Table {
    async fn add_telemetry(&self, node: Id, rows: &[MinuteRow]) -> Result<(), TelemetryNotAdded> {
        let added = rows.len().min(*self.takes.lock().unwrap());
        self.store.add_telemetry(node, &rows[..added]).await?;
        if added < rows.len() {
            Err(TelemetryNotAdded { added, source: StoreError::NotOpen })
        } else {
            Ok(())
        }
    }

    async fn read_telemetry(&self, query: &TelemetryQuery) -> Result<Vec<TelemetryPoint>, StoreError> {
        self.store.read_telemetry(query).await
    }

    async fn forget_telemetry(&self, before: i64) -> Result<(), StoreError> {
        self.store.forget_telemetry(before).await
    }
}

fn row(minute: i64, series: Series, requests: u64) -> MinuteRow {
    MinuteRow { minute, series, figures: Figures { requests, ..Figures::default() } }
}

const NOW_MINUTE: i64 = 28_333_320;

async fn scene(takes: usize) -> (Calls, Arc<Table>, Telemetry) {
    let (calls, table, telemetry, _) = clocked_scene(takes).await;
    (calls, table, telemetry)
}

async fn clocked_scene(takes: usize) -> (Calls, Arc<Table>, Telemetry, Arc<FrozenClock>) {
    let store = SqliteStore::open_in_memory().await.unwrap();
    let (calls, table) = (Calls::default(), Arc::new(Table { store, takes: Lock::new(takes) }));
    let clock = Arc::new(FrozenClock::at(NOW_MINUTE * MINUTE_MS));
    let telemetry = Telemetry::new(Box::new(calls.clone()), table.clone(), Id::random(), clock.clone(), 2);
    (calls, table, telemetry, clock)
}

/// Minutes with their requests, as they are in the table.
async fn kept(table: &Table) -> Vec<(i64, u64)> {
    let (since, until) = (NOW_MINUTE - 4 * DAY_MINUTES, NOW_MINUTE + 10);
    let query = TelemetryQuery { calls: CallsOf::All, method: None, since, until, step: 1 };
    let points = table.read_telemetry(&query).await.unwrap();
    points.iter().map(|point| (point.minute - NOW_MINUTE, point.figures.requests)).collect()
}

#[tokio::test]
async fn what_the_store_does_not_take_is_written_later_and_once() {
    let (calls, table, telemetry) = scene(0).await;
    calls.count(NOW_MINUTE, 3);
    telemetry.settle(Minutes::Ended).await;
    calls.count(NOW_MINUTE, 4);
    calls.count(NOW_MINUTE + 1, 5);
    *table.takes.lock().unwrap() = 1;
    telemetry.settle(Minutes::Ended).await;
    assert_eq!(kept(&table).await, [(0, 7)]);
    *table.takes.lock().unwrap() = 100;
    telemetry.settle(Minutes::Ended).await;
    telemetry.settle(Minutes::All).await;
    assert_eq!(kept(&table).await, [(0, 7), (1, 5)]);
}

#[tokio::test]
async fn whoever_looks_sees_what_was_just_counted_but_does_not_write_all_the_time() {
    let (calls, _, telemetry, clock) = clocked_scene(100).await;
    let query = TelemetryQuery {
        calls: CallsOf::All,
        method: None,
        since: NOW_MINUTE,
        until: NOW_MINUTE + 1,
        step: 1,
    };
    let mut seen = Vec::new();
    for pause in [0, 10, 2_000] {
        calls.count(NOW_MINUTE, 1);
        clock.advance(pause);
        seen.push(telemetry.read(&query).await.unwrap()[0].figures.requests);
    }
    assert_eq!(seen, [1, 1, 3]);
}

#[tokio::test]
async fn what_is_older_than_it_is_kept_is_forgotten() {
    let (calls, table, telemetry) = scene(100).await;
    [-2 * DAY_MINUTES - 1, -2 * DAY_MINUTES, 0].iter().for_each(|minute| calls.count(NOW_MINUTE + minute, 1));
    telemetry.settle(Minutes::All).await;
    assert_eq!(kept(&table).await.len(), 3);
    telemetry.forget_old().await;
    assert_eq!(kept(&table).await, [(-2 * DAY_MINUTES, 1), (0, 1)]);
}

#[test]
fn the_oldest_minutes_make_room() {
    let mut waiting = Waiting::default();
    assert_eq!(waiting.add(vec![row(1, Series::All(CallMethod::Get), 7), row(1, Series::OtherApis, 2)]), 0);
    let apis = (0..19_999).map(|_| row(2, Series::Api(ApiId::random(), Id::ROOT.into(), CallMethod::Get), 1));
    assert_eq!(waiting.add(apis.collect()), 7);
    assert_eq!(waiting.rows()[0].series, Series::OtherApis);
    assert_eq!(waiting.rows().len(), 20_000);
}

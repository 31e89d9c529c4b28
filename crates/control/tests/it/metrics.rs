//! Figures of calls: who may see them, of what, and over which time.

use std::sync::Arc;

use insta::assert_snapshot;
use paifang_control::{Error, MetricsQuery, Step};
use paifang_model::id::{AppId, GroupId, StageId};
use paifang_model::telemetry::{CallMethod, Figures, MINUTE_MS, MinuteRow, Series};
use paifang_model::{Dialect, Id, Stage};
use paifang_store::{SqliteStore, TelemetryTable as _};

use crate::world::{NOW, World};

/// Makes the calls of two minutes known: the last that is over, and one ten minutes before.
async fn counted(world: &World, rows: &[(Series, u64)]) {
    let store = SqliteStore::open_in_memory().await.unwrap();
    for minute in [NOW / MINUTE_MS - 11, NOW / MINUTE_MS - 1] {
        let row = |(series, requests): &(Series, u64)| {
            let figures = Figures { requests: *requests, total_max_us: 7, ..Figures::default() };
            MinuteRow { minute, series: *series, figures }
        };
        let rows: Vec<MinuteRow> = rows.iter().map(row).collect();
        store.add_telemetry(Id::random(), &rows).await.unwrap();
    }
    world.control.connect_telemetry(Arc::new(store));
}

fn release() -> StageId {
    Stage::built_in_id(Dialect::Alibaba, "RELEASE")
}

#[tokio::test]
async fn every_step_has_a_point() {
    let world = World::new().await;
    counted(&world, &[(Series::All(CallMethod::Get), 3), (Series::All(CallMethod::Post), 1)]).await;
    let metrics = world.viewer.read_metrics(MetricsQuery::default()).await.unwrap();
    assert_eq!((metrics.since, metrics.until, metrics.step), (NOW - 60 * MINUTE_MS, NOW, Step::Minute));
    assert_eq!((metrics.points.len(), metrics.points[0].at), (60, metrics.since));
    let called: Vec<_> = metrics.points.iter().filter(|point| point.figures.requests > 0).collect();
    assert_eq!(called.iter().map(|point| (NOW - point.at) / MINUTE_MS).collect::<Vec<_>>(), [11, 1]);
    assert_eq!((metrics.sum.requests, metrics.sum.total_max_us, metrics.others), (8, 7, 0));
    let posts =
        MetricsQuery { method: Some(CallMethod::Post), step: Some(Step::Hour), ..MetricsQuery::default() };
    let posts = world.viewer.read_metrics(posts).await.unwrap();
    assert_eq!(posts.points.iter().map(|point| point.figures.requests).collect::<Vec<_>>(), [2]);
}

#[tokio::test]
async fn figures_are_of_a_group_an_api_or_an_app() {
    let world = World::new().await;
    let (group, api) = world.pets().await;
    let (group, api, app) = (group.value.id, api.value.id, world.app("caller").await.value.id);
    let rows = [
        (Series::Group(group, release(), CallMethod::Get), 1),
        (Series::Api(api, release(), CallMethod::Get), 2),
        (Series::App(app, api, release()), 3),
        (Series::OtherApis, 10),
        (Series::OtherApps, 20),
    ];
    counted(&world, &rows).await;
    let of = MetricsQuery { stage: Some(release()), ..MetricsQuery::default() };
    for (query, requests, others) in [
        (MetricsQuery { group: Some(group), ..of }, 2, 0),
        (MetricsQuery { group: Some(group), api: Some(api), ..of }, 4, 20),
        (MetricsQuery { api: Some(api), ..of }, 4, 20),
        (MetricsQuery { app: Some(app), ..of }, 6, 40),
        (MetricsQuery { app: Some(app), api: Some(api), ..of }, 6, 40),
    ] {
        let metrics = world.viewer.read_metrics(query).await.unwrap();
        assert_eq!((metrics.sum.requests, metrics.others), (requests, others), "{query:?}");
    }
    let other_group = MetricsQuery { group: Some(GroupId::random()), api: Some(api), ..of };
    assert!(matches!(world.viewer.read_metrics(other_group).await, Err(Error::NotFound { .. })));
    let no_app = MetricsQuery { app: Some(AppId::random()), ..of };
    assert!(matches!(world.viewer.read_metrics(no_app).await, Err(Error::NotFound { .. })));
}

#[tokio::test]
async fn what_does_not_go_together_is_said_at_once() {
    let world = World::new().await;
    let (group, _) = world.pets().await;
    let app = world.app("caller").await.value.id;
    let query = MetricsQuery {
        app: Some(app),
        group: Some(group.value.id),
        method: Some(CallMethod::Get),
        since: Some(NOW),
        ..MetricsQuery::default()
    };
    let refused = world.owner.read_metrics(query).await.unwrap_err();
    assert_snapshot!(refused, @"/method: the calls of an app are not told apart by their method; /group: the calls of an app are told apart by API, not by group; /since: `1767225600000` is not before `1767225600000`, the end of the time or now");
    let stage = MetricsQuery { stage: Some(release()), ..MetricsQuery::default() };
    assert_snapshot!(world.owner.read_metrics(stage).await.unwrap_err(), @"/stage: a stage is one of a group, an API or an app: name one too");
}

#[tokio::test]
async fn where_nothing_is_served_there_were_no_calls() {
    let metrics = World::new().await.owner.read_metrics(MetricsQuery::default()).await.unwrap();
    assert_eq!((metrics.points.len(), metrics.sum), (60, Figures::default()));
}

//! The table of telemetry: rows added at its end, read by series, forgotten at its beginning.

use paifang_model::Id;
use paifang_model::telemetry::{Figures, MinuteRow, Series};

use crate::document::Defect;
use crate::error::StoreError;
use crate::sql::{Row, Session, Sql};
use crate::telemetry::{CallsOf, TelemetryPoint, TelemetryQuery};

/// Rows of one statement at most. They hold up a change for as long as that takes, a millisecond or so.
const TOGETHER: usize = 64;

const SUMS: [&str; 11] = [
    "requests",
    "status_2xx",
    "status_4xx",
    "status_5xx",
    "refused",
    "failed",
    "bytes_in",
    "bytes_out",
    "total_us",
    "backend_calls",
    "backend_us",
];

const MAXIMA: [&str; 3] = ["total_max_us", "backend_max_us", "gateway_max_us"];

/// How many of the rows go into the next statement: a power of two, so that there are few different texts to prepare.
pub(super) fn next_part(rows: &[MinuteRow]) -> usize {
    let fits = rows.len().min(TOGETHER);
    if fits.is_power_of_two() { fits } else { fits.next_power_of_two() / 2 }
}

/// Adds one part.
pub(super) async fn add<S: Session>(session: &mut S, node: Id, rows: &[MinuteRow]) -> Result<(), StoreError> {
    let text = "INSERT INTO telemetry (minute, series, subject, part, stage, method, node";
    let mut sql = Sql::new("adding telemetry", text);
    for column in SUMS.into_iter().chain(MAXIMA) {
        sql.push(", ").push(column);
    }
    let mut before = ") VALUES (";
    for row in rows {
        sql.push(before);
        bind(&mut sql, node, row);
        before = "), (";
    }
    sql.push(") ON CONFLICT (minute, series, subject, part, stage, method, node) DO UPDATE SET ");
    sql.push(&updates().join(", "));
    session.run(sql).await
}

/// The points of a query. The index is asked minute by minute: in each, the rows of a series stand together.
pub(super) async fn read<S: Session>(
    session: &mut S,
    query: &TelemetryQuery,
) -> Result<Vec<TelemetryPoint>, StoreError> {
    let doing = "reading telemetry";
    if query.until <= query.since {
        return Ok(Vec::new());
    }
    let rows = session.rows(select(doing, query)).await?;
    let points: Result<Vec<_>, Defect> = rows.iter().map(|row| point(row, query.step)).collect();
    points.map_err(|_| StoreError::Damaged { doing })
}

/// The oldest minute that there is anything of.
pub(super) async fn oldest<S: Session>(session: &mut S) -> Result<Option<i64>, StoreError> {
    let doing = "looking for the oldest telemetry";
    let rows = session.rows(Sql::new(doing, "SELECT min(minute) FROM telemetry")).await?;
    Ok(rows.first().and_then(|row| row.int(0, "minute").ok()))
}

/// Forgets the minutes before one.
pub(super) async fn forget<S: Session>(session: &mut S, before: i64) -> Result<(), StoreError> {
    session
        .run(Sql::new("forgetting telemetry", "DELETE FROM telemetry WHERE minute < $1").with(before))
        .await
}

fn bind(sql: &mut Sql, node: Id, row: &MinuteRow) {
    let Address { series, subject, part, stage, method } = Address::of(row.series);
    sql.bind(row.minute).push(", ").bind(series).push(", ").bind(subject).push(", ").bind(part);
    sql.push(", ").bind(stage).push(", ").bind(method).push(", ").bind(node);
    for number in numbers(&row.figures) {
        sql.push(", ").bind(number);
    }
}

/// What becomes of a row that is there already.
fn updates() -> Vec<String> {
    let sums = SUMS.iter().map(|name| format!("{name} = telemetry.{name} + excluded.{name}"));
    let maxima = MAXIMA.iter().map(|name| {
        let (old, new) = (format!("telemetry.{name}"), format!("excluded.{name}"));
        format!("{name} = CASE WHEN {new} > {old} THEN {new} ELSE {old} END")
    });
    sums.chain(maxima).collect()
}

fn select(doing: &'static str, query: &TelemetryQuery) -> Sql {
    let text = "WITH RECURSIVE minutes (minute) AS (
            SELECT CAST($1 AS BIGINT) UNION ALL SELECT minute + 1 FROM minutes WHERE minute < $2
        ) SELECT minutes.minute / $3";
    let mut sql = Sql::new(doing, text).with(query.since).with(query.until - 1).with(query.step.max(1));
    // PostgreSQL's sums are of a wider type.
    for name in SUMS {
        sql.push(", CAST(sum(").push(name).push(") AS BIGINT)");
    }
    for name in MAXIMA {
        sql.push(", max(").push(name).push(")");
    }
    sql.push(" FROM minutes CROSS JOIN telemetry WHERE telemetry.minute = minutes.minute");
    let (series, parts) = place(query.calls);
    sql.push(" AND series = ").bind(series);
    for (column, id) in parts {
        if let Some(id) = id {
            sql.push(" AND ").push(column).push(" = ").bind(id);
        }
    }
    if let Some(method) = query.method {
        sql.push(" AND method = ").bind(method.name());
    }
    sql.push(" GROUP BY 1 ORDER BY 1");
    sql
}

/// Where rows of a query's calls are: their sort, and what the columns of their names have.
fn place(calls: CallsOf) -> (&'static str, [(&'static str, Option<Id>); 3]) {
    let of = |subject, part, stage| [("subject", Some(subject)), ("part", part), ("stage", stage)];
    match calls {
        CallsOf::All => (ALL, of(Id::ROOT, None, None)),
        CallsOf::Group(group, stage) => (GROUP, of(group.into(), None, stage.map(Id::from))),
        CallsOf::Api(api, stage) => (API, of(api.into(), None, stage.map(Id::from))),
        CallsOf::App(app, api, stage) => (APP, of(app.into(), api.map(Id::from), stage.map(Id::from))),
        CallsOf::OtherGroups => (OTHER_GROUPS, of(Id::ROOT, None, None)),
        CallsOf::OtherApis => (OTHER_APIS, of(Id::ROOT, None, None)),
        CallsOf::OtherApps => (OTHER_APPS, of(Id::ROOT, None, None)),
    }
}

const ALL: &str = "all";
const GROUP: &str = "group";
const API: &str = "api";
const APP: &str = "app";
const OTHER_GROUPS: &str = "other_groups";
const OTHER_APIS: &str = "other_apis";
const OTHER_APPS: &str = "other_apps";

/// What a series has in the columns of its name.
struct Address {
    series: &'static str,
    subject: Id,
    part: Id,
    stage: Id,
    method: &'static str,
}

impl Address {
    fn of(series: Series) -> Self {
        let none = |series| Self { series, subject: Id::ROOT, part: Id::ROOT, stage: Id::ROOT, method: "" };
        match series {
            Series::All(method) => Self { method: method.name(), ..none(ALL) },
            Series::Group(group, stage, method) => {
                Self { subject: group.into(), stage: stage.into(), method: method.name(), ..none(GROUP) }
            }
            Series::Api(api, stage, method) => {
                Self { subject: api.into(), stage: stage.into(), method: method.name(), ..none(API) }
            }
            Series::App(app, api, stage) => {
                Self { subject: app.into(), part: api.into(), stage: stage.into(), ..none(APP) }
            }
            Series::OtherGroups => none(OTHER_GROUPS),
            Series::OtherApis => none(OTHER_APIS),
            Series::OtherApps => none(OTHER_APPS),
        }
    }
}

/// The figures in the order of the columns.
fn numbers(figures: &Figures) -> [u64; SUMS.len() + MAXIMA.len()] {
    [
        figures.requests,
        figures.status_2xx,
        figures.status_4xx,
        figures.status_5xx,
        figures.refused,
        figures.failed,
        figures.bytes_in,
        figures.bytes_out,
        figures.total_us,
        figures.backend_calls,
        figures.backend_us,
        figures.total_max_us,
        figures.backend_max_us,
        figures.gateway_max_us,
    ]
}

fn point(row: &Row, step: u32) -> Result<TelemetryPoint, Defect> {
    let number = |at: usize| row.unsigned(at + 1, "figures");
    Ok(TelemetryPoint {
        minute: row.int(0, "minute")? * i64::from(step.max(1)),
        figures: Figures {
            requests: number(0)?,
            status_2xx: number(1)?,
            status_4xx: number(2)?,
            status_5xx: number(3)?,
            refused: number(4)?,
            failed: number(5)?,
            bytes_in: number(6)?,
            bytes_out: number(7)?,
            total_us: number(8)?,
            backend_calls: number(9)?,
            backend_us: number(10)?,
            total_max_us: number(11)?,
            backend_max_us: number(12)?,
            gateway_max_us: number(13)?,
        },
    })
}

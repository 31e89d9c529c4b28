//! Puts what all workers counted together: one row for each minute and series, and not more rows than are worth keeping.

use std::collections::BTreeMap;

use paifang_model::telemetry::{CallMethod, Figures, MINUTE_MS, MinuteRow, Series};

use super::minute::{ApiRow, Minute};

/// Groups, APIs and apps of a minute that have rows of their own, the busiest of each; all others of a sort share one.
pub const ROWS_AT_MOST: usize = 1000;

/// The rows of a process, of the minutes of its workers; oldest minute first.
pub(crate) fn collect(minutes: impl IntoIterator<Item = Minute>) -> Vec<MinuteRow> {
    let mut by_minute: BTreeMap<i64, Rows> = BTreeMap::new();
    for counted in minutes {
        add(by_minute.entry(counted.minute).or_default(), counted);
    }
    let mut rows = Vec::new();
    for (minute, mut counted) in by_minute {
        keep_busiest(&mut counted);
        rows.extend(counted.into_iter().map(|(series, figures)| MinuteRow { minute, series, figures }));
    }
    rows
}

/// The minute that goes on.
pub(crate) const fn minute_of(now_ms: i64) -> i64 {
    now_ms / MINUTE_MS
}

type Rows = BTreeMap<Series, Figures>;

fn add(rows: &mut Rows, counted: Minute) {
    let mut add = |series, figures: Figures| {
        if figures.requests > 0 {
            *rows.entry(series).or_default() += figures;
        }
    };
    for ApiRow { key: (api, stage, method), group, figures } in counted.apis {
        add(Series::Api(api, stage, method), figures);
        add(Series::Group(group, stage, method), figures);
        add(Series::All(method), figures);
    }
    for ((app, api, stage), figures) in counted.apps {
        add(Series::App(app, api, stage), figures);
    }
    for method in CallMethod::ALL {
        let other = counted.other_apis[method as usize];
        add(Series::All(method), counted.without_api[method as usize]);
        add(Series::All(method), other);
        add(Series::OtherApis, other);
        add(Series::OtherGroups, other);
    }
    add(Series::OtherApps, counted.other_apps);
}

fn keep_busiest(rows: &mut Rows) {
    for other in [Series::OtherGroups, Series::OtherApis, Series::OtherApps] {
        let of_sort = rows.iter().filter(|(series, _)| shared(series) == Some(other));
        let mut of_sort: Vec<(u64, Series)> =
            of_sort.map(|(series, figures)| (figures.requests, *series)).collect();
        if of_sort.len() <= ROWS_AT_MOST {
            continue;
        }
        of_sort.sort_unstable_by(|a, b| b.cmp(a));
        for (_, quiet) in of_sort.drain(ROWS_AT_MOST..) {
            let figures = rows.remove(&quiet).unwrap_or_default();
            *rows.entry(other).or_default() += figures;
        }
    }
}

/// Where a series is counted that has no row of its own.
const fn shared(series: &Series) -> Option<Series> {
    match series {
        Series::Group(..) => Some(Series::OtherGroups),
        Series::Api(..) => Some(Series::OtherApis),
        Series::App(..) => Some(Series::OtherApps),
        Series::All(_) | Series::OtherGroups | Series::OtherApis | Series::OtherApps => None,
    }
}

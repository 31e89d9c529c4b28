//! The time of which figures are wanted, and how long each point is.

use std::fmt;

use paifang_model::telemetry::MINUTE_MS;
use paifang_model::{Rule, Violations};
use serde::{Deserialize, Serialize};

/// Points of one answer at most: a day by the minute, and a little more.
pub const METRICS_POINTS_AT_MOST: i64 = 1500;

/// Days that one answer may be about at most; none keeps more.
pub const METRICS_DAYS_AT_MOST: u32 = 92;

/// Points that make a chart, where nobody says how long each is.
const POINTS_OF_CHART: i64 = 300;

/// The time that is looked at where nobody says from when.
const USUAL_MINUTES: i64 = 60;

const DAY_MINUTES: i64 = 24 * 60;

/// How long a point is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = MetricsStep))]
pub enum Step {
    /// A minute.
    #[serde(rename = "1m")]
    Minute,
    /// Five minutes.
    #[serde(rename = "5m")]
    FiveMinutes,
    /// A quarter of an hour.
    #[serde(rename = "15m")]
    Quarter,
    /// An hour.
    #[serde(rename = "1h")]
    Hour,
    /// Six hours, of UTC.
    #[serde(rename = "6h")]
    SixHours,
    /// A day, of UTC.
    #[serde(rename = "1d")]
    Day,
}

impl Step {
    const ALL: [Self; 6] =
        [Self::Minute, Self::FiveMinutes, Self::Quarter, Self::Hour, Self::SixHours, Self::Day];

    /// In minutes.
    #[must_use]
    pub const fn minutes(self) -> u32 {
        match self {
            Self::Minute => 1,
            Self::FiveMinutes => 5,
            Self::Quarter => 15,
            Self::Hour => 60,
            Self::SixHours => 360,
            Self::Day => 1440,
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Minute => "1m",
            Self::FiveMinutes => "5m",
            Self::Quarter => "15m",
            Self::Hour => "1h",
            Self::SixHours => "6h",
            Self::Day => "1d",
        })
    }
}

/// A time in whole steps, in minutes since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) since: i64,
    /// Not in it any more.
    pub(super) until: i64,
    pub(super) step: Step,
}

impl Range {
    /// What was asked for, at a time (all in milliseconds since 1970), widened to whole steps. There is nothing in the
    /// future, so nothing of it is in the range.
    ///
    /// # Errors
    /// When it is no time, longer than may be asked for, or would have too many points.
    pub(super) fn of(
        since: Option<i64>,
        until: Option<i64>,
        step: Option<Step>,
        now: i64,
    ) -> Result<Self, Violations> {
        let until = until.map_or(now, |until| until.min(now));
        let since = since.unwrap_or(until - USUAL_MINUTES * MINUTE_MS);
        if since < 0 || since >= until {
            let message = format!("`{since}` is not before `{until}`, the end of the time or now");
            return Err(Violations::one("/since", Rule::Range, message));
        }
        let (since, until) = (since / MINUTE_MS, rounded_up(until, MINUTE_MS));
        if until - since > i64::from(METRICS_DAYS_AT_MOST) * DAY_MINUTES {
            let message = format!("more than {METRICS_DAYS_AT_MOST} days are not given at once");
            return Err(Violations::one("/since", Rule::Range, message));
        }
        let whole = |step: Step| {
            let minutes = i64::from(step.minutes());
            Self { since: since - since % minutes, until: rounded_up(until, minutes) * minutes, step }
        };
        let fitting = || Step::ALL.into_iter().map(whole).find(|range| range.points() <= POINTS_OF_CHART);
        let range = step.map(whole).or_else(fitting).unwrap_or_else(|| whole(Step::Day));
        if range.points() > METRICS_POINTS_AT_MOST {
            let (points, step) = (range.points(), range.step);
            let message =
                format!("`{step}` would make {points} points; {METRICS_POINTS_AT_MOST} are given at most");
            return Err(Violations::one("/step", Rule::Range, message));
        }
        Ok(range)
    }

    pub(super) fn points(self) -> i64 {
        (self.until - self.since) / i64::from(self.step.minutes())
    }
}

/// How many whole ones of a size hold a number.
const fn rounded_up(number: i64, of: i64) -> i64 {
    -(-number).div_euclid(of)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    /// 2026-01-01 00:00:30 UTC.
    const NOW: i64 = 1_767_225_630_000;
    const HOUR_MS: i64 = 60 * MINUTE_MS;

    fn range(ago_ms: i64, step: Option<Step>) -> Result<Range, Violations> {
        Range::of(Some(NOW - ago_ms), None, step, NOW)
    }

    #[test]
    fn a_range_is_widened_to_whole_steps() {
        let hour = range(HOUR_MS, Some(Step::Quarter)).unwrap();
        assert_eq!(
            ((hour.since * MINUTE_MS - NOW) / 1000, (hour.until * MINUTE_MS - NOW) / 1000),
            (-3630, 870)
        );
        assert_eq!(hour.points(), 5);
    }

    #[test]
    fn where_nobody_says_how_long_a_point_is_there_are_enough_for_a_chart() {
        let steps =
            [1, 6, 24, 48, 24 * 90].map(|hours| range(hours * HOUR_MS, None).unwrap().step.to_string());
        assert_eq!(steps, ["1m", "5m", "5m", "15m", "1d"]);
        let usual = Range::of(None, None, None, NOW).unwrap();
        assert_eq!((usual.points(), usual.step), (61, Step::Minute));
    }

    #[test]
    fn the_future_is_not_in_it() {
        let range = Range::of(Some(NOW - HOUR_MS), Some(i64::MAX), Some(Step::Minute), NOW).unwrap();
        assert_eq!(range.until, NOW / MINUTE_MS + 1);
    }

    #[test]
    fn what_is_no_range_or_too_long_is_refused() {
        let said = |range: Result<Range, Violations>| range.unwrap_err().to_string();
        assert!(said(range(0, None)).contains("is not before"));
        assert!(said(Range::of(Some(-1), None, None, NOW)).contains("is not before"));
        assert!(said(range(93 * 24 * HOUR_MS, None)).contains("more than 92 days"));
        assert!(
            said(range(48 * HOUR_MS, Some(Step::Minute))).contains("2881 points; 1500 are given at most")
        );
    }
}

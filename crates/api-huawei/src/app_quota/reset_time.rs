//! The time of the first reset as the interface writes it: `2020-09-20 02:00:00`, in UTC; what it shows in some answers,
//! `2020-09-20 02:00:00 +0000 +0000`, is read as well. A time without a day is that of today (spec:
//! huawei/throttling-and-access.md §2).

use jiff::Timestamp;
use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;

const FORM: &str = "%Y-%m-%d %H:%M:%S";

/// Milliseconds since 1970.
pub(super) fn read(text: &str, now_ms: i64) -> Option<i64> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(at.as_second().saturating_mul(1_000));
    }
    let text = text.trim_end_matches(" +0000").trim();
    let at = DateTime::strptime(FORM, text).ok().or_else(|| {
        let time = Time::strptime("%H:%M:%S", text).ok()?;
        let today = Timestamp::from_millisecond(now_ms).ok()?.to_zoned(TimeZone::UTC).date();
        Some(today.to_datetime(time))
    })?;
    Some(at.to_zoned(TimeZone::UTC).ok()?.timestamp().as_millisecond())
}

/// The same as it is shown.
pub(super) fn written(at_ms: i64) -> String {
    let at = Timestamp::from_millisecond(at_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    at.to_zoned(TimeZone::UTC).strftime(FORM).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-01-01 12:00:00 UTC.
    const NOON: i64 = 1_767_268_800_000;

    #[test]
    fn a_time_is_read_as_it_is_written() {
        for text in ["2020-09-20 02:00:00", "2020-09-20 02:00:00 +0000 +0000", "2020-09-20T02:00:00Z"] {
            assert_eq!(read(text, NOON).map(written).as_deref(), Some("2020-09-20 02:00:00"), "{text}");
        }
        assert_eq!(read("05:05:00", NOON).map(written).as_deref(), Some("2026-01-01 05:05:00"));
        for none in ["", "soon", "25:00:00", "2020-13-01 00:00:00", "2020-09-20"] {
            assert_eq!(read(none, NOON), None, "{none}");
        }
    }
}

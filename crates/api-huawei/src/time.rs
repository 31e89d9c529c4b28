//! Times as the interface writes them. Spec: huawei/lifecycle.md.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Milliseconds since 1970 as RFC 3339 in UTC with fractional seconds.
pub(crate) fn rfc3339(unix_ms: i64) -> String {
    format!("{:.3}", timestamp(unix_ms))
}

/// Milliseconds since 1970 as versions are numbered: `20200803093600`.
pub(crate) fn version_number(unix_ms: i64) -> String {
    timestamp(unix_ms).to_zoned(TimeZone::UTC).strftime("%Y%m%d%H%M%S").to_string()
}

fn timestamp(unix_ms: i64) -> Timestamp {
    Timestamp::from_millisecond(unix_ms).unwrap_or(Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_in_utc() {
        assert_eq!(rfc3339(1_767_225_600_007), "2026-01-01T00:00:00.007Z");
        assert_eq!(version_number(1_767_225_600_007), "20260101000000");
        assert_eq!(rfc3339(i64::MAX), "1970-01-01T00:00:00.000Z");
    }
}

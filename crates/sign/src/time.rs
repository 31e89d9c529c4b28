//! Signing times: parsed, written, and held against the gateway's clock, which the caller passes in.

/// How far a signing time may lie from the gateway's clock, before or after, inclusive: 15 minutes, in
/// seconds. Source: both vendors' guides.
pub const WINDOW_S: u64 = 15 * 60;

/// `20191111T093443Z`, the form of `X-Sdk-Date`.
pub(crate) const COMPACT: &str = "YYYYMMDDThhmmssZ";
/// `2016-02-23T12:46:24Z`, the form of `Timestamp` and `x-acs-date`.
pub(crate) const EXTENDED: &str = "YYYY-MM-DDThh:mm:ssZ";

/// The request was signed too long ago, or too far in the future.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "signed at {signed_unix_ms} ms, checked at {now_unix_ms} ms since 1970: more than {WINDOW_S} s apart"
)]
pub struct OutsideWindow {
    /// When the request says it was signed, milliseconds since 1970.
    pub signed_unix_ms: i64,
    /// The gateway's clock, milliseconds since 1970.
    pub now_unix_ms: i64,
}

/// Checks that the two times are at most [`WINDOW_S`] apart. Both are milliseconds since 1970.
pub fn check_window(signed_unix_ms: i64, now_unix_ms: i64) -> Result<(), OutsideWindow> {
    if signed_unix_ms.abs_diff(now_unix_ms) <= WINDOW_S * 1000 {
        Ok(())
    } else {
        Err(OutsideWindow { signed_unix_ms, now_unix_ms })
    }
}

/// Parses `text` of the form `pattern`, where `YMDhms` stand for digits, into seconds since 1970.
pub(crate) fn parse(pattern: &str, text: &str) -> Option<i64> {
    let mut fields = [0_i64; FIELDS.len()];
    if text.len() != pattern.len() {
        return None;
    }
    for (form, byte) in pattern.bytes().zip(text.bytes()) {
        match FIELDS.iter().position(|field| *field == form) {
            Some(field) if byte.is_ascii_digit() => {
                fields[field] = fields[field] * 10 + i64::from(byte - b'0')
            }
            None if byte == form => {}
            _ => return None,
        }
    }
    unix_from_fields(fields)
}

/// Writes seconds since 1970 in the form `pattern`. Years after 9999 or before 0 are held at those ends.
pub(crate) fn format(pattern: &str, unix_s: i64) -> String {
    let mut fields = fields_from_unix(unix_s.clamp(FIRST_UNIX_S, LAST_UNIX_S));
    let mut text = pattern.as_bytes().to_vec();
    for byte in text.iter_mut().rev() {
        if let Some(field) = FIELDS.iter().position(|field| field == byte) {
            *byte = b"0123456789"[fields[field].rem_euclid(10) as usize];
            fields[field] /= 10;
        }
    }
    text.into_iter().map(char::from).collect()
}

const FIELDS: [u8; 6] = *b"YMDhms";
const FIRST_UNIX_S: i64 = -62_167_219_200; // 0000-01-01T00:00:00Z
const LAST_UNIX_S: i64 = 253_402_300_799; // 9999-12-31T23:59:59Z
const DAY_S: i64 = 86_400;

fn unix_from_fields([year, month, day, hour, minute, second]: [i64; 6]) -> Option<i64> {
    let in_range = (1..=12).contains(&month)
        && (1..=days_in_month(year, month)).contains(&day)
        && hour < 24
        && minute < 60
        // A leap second is accepted and counted as the next one.
        && second <= 60;
    in_range.then(|| days_from_civil(year, month, day) * DAY_S + hour * 3600 + minute * 60 + second)
}

fn fields_from_unix(unix_s: i64) -> [i64; 6] {
    let (days, second) = (unix_s.div_euclid(DAY_S), unix_s.rem_euclid(DAY_S));
    let (year, month, day) = civil_from_days(days);
    [year, month, day, second / 3600, second / 60 % 60, second % 60]
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

// Both conversions: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms". Years begin in March, so
// that the leap day is the last of its year.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day_of_year - (153 * shifted + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_calendar() {
        for (text, unix_s) in [
            ("19700101T000000Z", 0),
            ("20191111T093443Z", 1_573_464_883),
            ("20000229T235959Z", 951_868_799),
            ("19691231T235959Z", -1),
            ("00000101T000000Z", FIRST_UNIX_S),
            ("99991231T235959Z", LAST_UNIX_S),
        ] {
            assert_eq!(parse(COMPACT, text), Some(unix_s), "{text}");
            assert_eq!(format(COMPACT, unix_s), text);
        }
        assert_eq!(parse(EXTENDED, "2016-02-23T12:46:24Z"), Some(1_456_231_584));
        assert_eq!(format(EXTENDED, 1_456_231_584), "2016-02-23T12:46:24Z");
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in [
            "",
            "20191111T093443",
            "20191311T093443Z",
            "20190229T000000Z",
            "20191111T240000Z",
            "2019111１T0934Z",
        ] {
            assert_eq!(parse(COMPACT, text), None, "{text}");
        }
        assert_eq!(parse(EXTENDED, "2016-02-23 12:46:24Z"), None);
    }

    #[test]
    fn window_is_inclusive_on_both_sides() {
        let now = 1_700_000_000_000;
        assert!(check_window(now - 900_000, now).is_ok());
        assert!(check_window(now + 900_000, now).is_ok());
        assert!(check_window(now - 900_001, now).is_err());
        assert!(check_window(now + 900_001, now).is_err());
        assert!(check_window(i64::MIN, i64::MAX).is_err());
    }
}

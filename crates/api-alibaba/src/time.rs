//! Times as this interface writes them. Inside, a time is milliseconds since 1970.

use jiff::Timestamp;

/// `2016-07-05T10:45:52Z`.
pub(crate) fn written(at: i64) -> String {
    timestamp(at).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// `Fri, 05 Oct 2018 16:00:00 GMT`, the form of `AuthValidTime`.
pub(crate) fn written_http(at: i64) -> String {
    timestamp(at).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// `20160705104552292`: a version of an API, named by the millisecond in which it was made.
pub(crate) fn history_version(made_at: i64) -> String {
    format!("{}{:03}", timestamp(made_at).strftime("%Y%m%d%H%M%S"), made_at.rem_euclid(1000))
}

/// Reads the form of [`written`] or of [`written_http`].
pub(crate) fn read(text: &str) -> Option<i64> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(at.as_millisecond());
    }
    let zoned = jiff::fmt::rfc2822::parse(text).ok()?;
    Some(zoned.timestamp().as_millisecond())
}

fn timestamp(at: i64) -> Timestamp {
    let clamped = at.clamp(Timestamp::MIN.as_millisecond(), Timestamp::MAX.as_millisecond());
    Timestamp::from_millisecond(clamped).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_read_back() {
        let at = 1_538_755_200_000;
        assert_eq!(written(at), "2018-10-05T16:00:00Z");
        assert_eq!(written_http(at), "Fri, 05 Oct 2018 16:00:00 GMT");
        assert_eq!((read(&written(at)), read(&written_http(at))), (Some(at), Some(at)));
        assert_eq!(read("tomorrow"), None);
    }

    #[test]
    fn versions_are_named_by_the_millisecond() {
        assert_eq!(history_version(1_467_715_552_292), "20160705104552292");
        assert_eq!(history_version(i64::MAX).len(), 17);
    }
}

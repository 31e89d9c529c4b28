//! `X-Sdk-Date`: parsed, and held against the gateway's clock. Spec: huawei/calling.md §4.1, §4.4.

use crate::authorization::Authorization;
use crate::time::{COMPACT, OutsideWindow, check_window, format, parse};
use crate::{HeaderSource, Parts};

pub(super) const HEADER: &str = "x-sdk-date";

/// Why `X-Sdk-Date` is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// The header is absent, or not UTF-8.
    #[error("the header X-Sdk-Date is missing")]
    Missing,
    /// The header is sent but not named in `SignedHeaders`.
    #[error("the header X-Sdk-Date is not in SignedHeaders")]
    Unsigned,
    /// The value is no time in UTC.
    #[error("X-Sdk-Date `{value}` is not of the form YYYYMMDDThhmmssZ")]
    Invalid {
        /// The value sent.
        value: String,
    },
    /// The time is more than 15 minutes before or after now. The sentence is the one that the vendor's
    /// gateway answers.
    #[error("signature expired, signature time:{},server time:{}",
        format_date(.0.signed_unix_ms.div_euclid(1000)), format_date(.0.now_unix_ms.div_euclid(1000)))]
    Expired(#[source] OutsideWindow),
}

/// When the request was signed, in seconds since 1970. The date must be a signed header.
pub fn signing_time<H: HeaderSource + ?Sized>(
    parts: &Parts<'_, H>,
    authorization: &Authorization<'_>,
) -> Result<i64, DateError> {
    let value = text(parts).ok_or(DateError::Missing)?;
    if !authorization.covers(HEADER) {
        return Err(DateError::Unsigned);
    }
    parse(COMPACT, value).ok_or_else(|| DateError::Invalid { value: value.to_owned() })
}

/// Checks the signing time against the gateway's clock (milliseconds since 1970): at most 15 minutes on
/// either side, inclusive.
pub fn check_date<H: HeaderSource + ?Sized>(
    parts: &Parts<'_, H>,
    authorization: &Authorization<'_>,
    now_unix_ms: i64,
) -> Result<(), DateError> {
    let signed_unix_s = signing_time(parts, authorization)?;
    check_window(signed_unix_s * 1000, now_unix_ms).map_err(DateError::Expired)
}

/// Writes seconds since 1970 as `X-Sdk-Date` has them: `20191111T093443Z`.
#[must_use]
pub fn format_date(unix_s: i64) -> String {
    format(COMPACT, unix_s)
}

/// The date as it is signed.
pub(super) fn text<'a, H: HeaderSource + ?Sized>(parts: &Parts<'a, H>) -> Option<&'a str> {
    parts.text(HEADER).map(str::trim_ascii)
}

//! AppCode, the "simple authentication": a bare secret in a header or the query, and no signature.
//! Spec: aliyun/calling.md §3.

use std::borrow::Cow;

use crate::encode::{Plus, decoded};
use crate::pairs;

/// The code in `Authorization: APPCODE <code>`. The scheme word is compared without case. Absent when the
/// header is for another scheme, or the code is empty or not UTF-8.
#[must_use]
pub fn from_authorization(value: &[u8]) -> Option<&str> {
    let (scheme, code) = str::from_utf8(value).ok()?.trim().split_once(char::is_whitespace)?;
    let code = code.trim_start();
    (scheme.eq_ignore_ascii_case("APPCODE") && !code.is_empty()).then_some(code)
}

/// The code in the query parameter `AppCode` (or `appcode`), decoded. Absent when empty or not UTF-8.
#[must_use]
pub fn from_query(query: &[u8]) -> Option<Cow<'_, str>> {
    let (_, raw) = pairs::split(query).find(|(name, _)| matches!(*name, b"AppCode" | b"appcode"))?;
    let code = match decoded(raw, Plus::Space) {
        Cow::Borrowed(code) => Cow::Borrowed(str::from_utf8(code).ok()?),
        Cow::Owned(code) => Cow::Owned(String::from_utf8(code).ok()?),
    };
    (!code.is_empty()).then_some(code)
}

//! Which dialect a caller expects whose host is unknown: headers that only one kind of client sends.

use paifang_model::Dialect;
use paifang_wire::Headers;

/// The dialect that the headers give away, or the default.
#[must_use]
pub fn guess(headers: &Headers, default: Dialect) -> Dialect {
    let authorization = headers.text("authorization").unwrap_or_default();
    if authorization.starts_with("SDK-HMAC-SHA256") {
        return Dialect::Huawei;
    }
    if authorization.get(..8).is_some_and(|word| word.eq_ignore_ascii_case("appcode ")) {
        return Dialect::Alibaba;
    }
    let named = headers.iter().find_map(|(name, _)| match name.as_str() {
        "x-stage" | "x-sdk-date" => Some(Dialect::Huawei),
        name if name.starts_with("x-apig-") => Some(Dialect::Huawei),
        name if name.starts_with("x-ca-") => Some(Dialect::Alibaba),
        _ => None,
    });
    named.unwrap_or(default)
}

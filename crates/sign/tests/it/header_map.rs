//! The header source of the feature `http`.
#![cfg(feature = "http")]

use http::{HeaderMap, HeaderValue};
use paifang_sign::HeaderSource as _;

#[test]
fn finds_values_in_order_without_case() {
    let mut headers = HeaderMap::new();
    headers.append("x-a", HeaderValue::from_static("1"));
    headers.append("x-a", HeaderValue::from_static("2"));
    assert_eq!(headers.first("X-A"), Some(b"1".as_slice()));
    assert_eq!(headers.all("X-A").collect::<Vec<_>>(), [b"1", b"2"]);
    assert_eq!(headers.first("not a name"), None);
}

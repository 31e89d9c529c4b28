//! Fields that concern one connection do not travel on.

use paifang_wire::{HeaderName, HeaderValue, Headers, strip_hop_by_hop};

fn stripped(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut headers: Headers = fields
        .iter()
        .map(|(name, value)| {
            (HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_str(value).unwrap())
        })
        .collect();
    strip_hop_by_hop(&mut headers);
    let line =
        |(name, value): (&HeaderName, &HeaderValue)| (name.to_string(), value.to_str().unwrap().to_owned());
    let mut left: Vec<_> = headers.iter().map(line).collect();
    left.sort();
    left
}

fn pairs(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn the_known_ones_go_and_the_rest_stays() {
    let fields = [
        ("accept", "*/*"),
        ("connection", "keep-alive"),
        ("keep-alive", "timeout=5"),
        ("proxy-authenticate", "Basic"),
        ("proxy-authorization", "Basic x"),
        ("proxy-connection", "close"),
        ("transfer-encoding", "chunked"),
        ("upgrade", "websocket"),
        ("x-kept", "1"),
    ];
    assert_eq!(stripped(&fields), pairs(&[("accept", "*/*"), ("x-kept", "1")]));
}

#[test]
fn those_that_connection_names_go_too() {
    let fields = [
        ("connection", "close, X-One"),
        ("connection", "x-two ,"),
        ("x-one", "1"),
        ("x-two", "2"),
        ("x-two", "3"),
        ("b", "c"),
    ];
    assert_eq!(stripped(&fields), pairs(&[("b", "c")]));
}

#[test]
fn connection_cannot_take_host_or_length_away() {
    let fields = [("connection", "host, content-length"), ("content-length", "3"), ("host", "a")];
    assert_eq!(stripped(&fields), pairs(&[("content-length", "3"), ("host", "a")]));
}

#[test]
fn te_is_reduced_to_trailers() {
    assert_eq!(stripped(&[("connection", "te"), ("te", "gzip, Trailers")]), pairs(&[("te", "trailers")]));
    assert_eq!(stripped(&[("te", "gzip")]), pairs(&[]));
}

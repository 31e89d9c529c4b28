//! The backend: an address that can be called, and parameters whose origin exists.

use insta::assert_snapshot;
use paifang_model::Dialect;
use paifang_model::definition::{
    Backend, ContentTypeRule, Destination, HttpBackend, Location, MockBackend, MockHeader, Origin,
    RequestMode, Retries,
};

use crate::samples::{complaints, definition, id, mapped};

fn http(change: impl FnOnce(&mut HttpBackend)) -> String {
    complaints(Dialect::Alibaba, |api| match &mut api.backend {
        Backend::Http(backend) => change(backend),
        Backend::Mock(_) | Backend::Service(_) => panic!("the sample's backend is HTTP"),
    })
}

#[test]
fn addresses() {
    let at = |url: &str| http(|backend| backend.to = Destination::Address { url: url.to_owned() });
    for url in [
        "http://b",
        "https://b.example.com",
        "http://10.0.0.1:8080",
        "https://[::1]",
        "http://[2001:db8::1]:80",
        "http://b/",
        "http://b:65535",
        "http://b_c.d",
    ] {
        assert_eq!(at(url), "fine", "{url}");
    }
    let wrong = [
        "",
        "b.example.com",
        "ftp://b",
        "HTTP://b",
        "http://",
        "http://b/path",
        "http://b?x",
        "http://u@b",
        "http://b:",
        "http://b:0",
        "http://b:65536",
        "http://b:+80",
        "http://b:8o",
        "http://[::1",
        "http://[b]:80",
        "http://::1",
        "http://fe80::1:80",
        "http://*.b.com",
        "http://a b",
        "http://b\r\nx",
    ];
    assert_snapshot!(wrong.map(|url| format!("{url:?} {}", at(url))).join("\n"), @r#"
    "" /backend/to/url (format): `` is not a backend address: write http://host[:port] or https://host[:port]
    "b.example.com" /backend/to/url (format): `b.example.com` is not a backend address: write http://host[:port] or https://host[:port]
    "ftp://b" /backend/to/url (format): `ftp://b` is not a backend address: the scheme is http or https
    "HTTP://b" /backend/to/url (format): `HTTP://b` is not a backend address: the scheme is http or https
    "http://" /backend/to/url (range): `` has 0 characters, but 1 to 253 are allowed
    "http://b/path" /backend/to/url (format): `http://b/path` is not a backend address: the path stands in a field of its own, and no user is named
    "http://b?x" /backend/to/url (format): `http://b?x` is not a backend address: the path stands in a field of its own, and no user is named
    "http://u@b" /backend/to/url (format): `http://u@b` is not a backend address: the path stands in a field of its own, and no user is named
    "http://b:" /backend/to/url (format): `b:` is not host[:port]: the port is a number from 1 to 65535
    "http://b:0" /backend/to/url (format): `b:0` is not host[:port]: the port is a number from 1 to 65535
    "http://b:65536" /backend/to/url (format): `b:65536` is not host[:port]: the port is a number from 1 to 65535
    "http://b:+80" /backend/to/url (format): `b:+80` is not host[:port]: the port is a number from 1 to 65535
    "http://b:8o" /backend/to/url (format): `b:8o` is not host[:port]: the port is a number from 1 to 65535
    "http://[::1" /backend/to/url (format): `[::1` is not host[:port]: what stands in square brackets is an IPv6 address
    "http://[b]:80" /backend/to/url (format): `[b]:80` is not host[:port]: what stands in square brackets is an IPv6 address
    "http://::1" /backend/to/url (format): `::1` is not host[:port]: an IPv6 address stands in square brackets
    "http://fe80::1:80" /backend/to/url (format): `fe80::1:80` is not host[:port]: an IPv6 address stands in square brackets
    "http://*.b.com" /backend/to/url (format): `*.b.com` is a pattern, not a place to connect to
    "http://a b" /backend/to/url (format): `a b` is not a host name: a label holds letters, digits, `-` and `_`
    "http://b\r\nx" /backend/to/url (format): `b##x` is not a host name: a label holds letters, digits, `-` and `_`
    "#);
}

#[test]
fn hosts_and_content_types_are_headers() {
    let host = |host: &str| http(|backend| backend.host = Some(host.to_owned()));
    assert_eq!(host("inside.example.com:8443"), "fine");
    assert_snapshot!(host("a\r\nX-Evil: 1"), @"/backend/host (format): `a##X-Evil: 1` is not host[:port]: the port is a number from 1 to 65535");
    assert_snapshot!(host(""), @"/backend/host (range): `` has 0 characters, but 1 to 253 are allowed");
    let fixed = |value: &str| {
        http(|backend| backend.content_type = ContentTypeRule::Fixed { value: value.to_owned() })
    };
    assert_eq!(fixed("application/json; charset=utf-8"), "fine");
    assert_snapshot!(fixed("a\nb"), @"/backend/content_type/value (format): a header value holds no control characters");
}

#[test]
fn timeouts_and_retries_have_bounds() {
    assert_eq!(http(|backend| backend.timeout_ms = 600_000), "fine");
    assert_snapshot!(http(|backend| backend.timeout_ms = 0), @"/backend/timeout_ms (range): 0 ms is out of range: 1 to 600000 are allowed");
    assert_snapshot!(http(|backend| backend.timeout_ms = 600_001), @"/backend/timeout_ms (range): 600001 ms is out of range: 1 to 600000 are allowed");
    assert_eq!(http(|backend| backend.retries = Retries::Fixed { times: 10 }), "fine");
    assert_snapshot!(http(|backend| backend.retries = Retries::Fixed { times: 11 }), @"/backend/retries/times (range): at most 10 further attempts are allowed");
}

#[test]
fn a_backend_path_takes_what_is_mapped_to_it() {
    assert_snapshot!(http(|backend| backend.path = "animals".to_owned()), @"/backend/path (format): the path `animals` must start with `/`");
    assert_snapshot!(http(|backend| backend.path = "/{animal}/{leg}".to_owned()), @"/backend/path (unknown): the backend path names `leg`, to which no path parameter of the backend belongs");
    let passed = |path: &str| {
        complaints(Dialect::Alibaba, |api| {
            api.request.mode = RequestMode::Passthrough;
            api.backend_parameters.clear();
            api.backend = Backend::Http(HttpBackend { path: path.to_owned(), ..HttpBackend::at("http://b") });
        })
    };
    assert_eq!(passed("/p/[id]"), "fine", "in pass-through mode the request path's own will do");
    assert_snapshot!(passed("/p/[leg]"), @"/backend/path (unknown): the backend path names `leg`, to which no path parameter of the backend belongs");
}

#[test]
fn what_a_definition_goes_through() {
    let mut api = definition();
    assert_eq!((api.access(), api.channel()), (None, None));
    let behind = |to| Backend::Http(HttpBackend { to, ..HttpBackend::at("") });
    api.backend = behind(Destination::Access { access: id(1).into(), scheme: None });
    assert_eq!((api.access(), api.channel()), (Some(id(1).into()), None));
    api.backend = behind(Destination::Channel { channel: id(2).into(), scheme: Default::default() });
    assert_eq!((api.access(), api.channel()), (None, Some(id(2).into())));
}

#[test]
fn mocks_answer_what_can_be_answered() {
    let mock = |status, name: &str, value: &str, body: String| {
        let headers = vec![MockHeader { name: name.to_owned(), value: value.to_owned() }];
        complaints(Dialect::Huawei, |api| api.backend = Backend::Mock(MockBackend { status, headers, body }))
    };
    assert_eq!(mock(200, "X-A", "a\tb 中", "x".repeat(64 * 1024)), "fine");
    assert_snapshot!(mock(199, "a b", "a\r\nb", "x".repeat(64 * 1024 + 1)), @r"
    /backend/status (range): 199 is not a status that can be answered: 200 to 599 are allowed
    /backend/body (range): 65537 bytes are too many: 65536 are allowed
    /backend/headers/0/name (format): `a b` is not a header name (RFC 9110 §5.1)
    /backend/headers/0/value (format): a header value holds no control characters
    ");
    assert_snapshot!(mock(600, "", "", String::new()), @r"
    /backend/status (range): 600 is not a status that can be answered: 200 to 599 are allowed
    /backend/headers/0/name (format): `` is not a header name (RFC 9110 §5.1)
    ");
}

#[test]
fn backend_parameters_come_from_somewhere() {
    let one_more = |dialect, location, name: &str, origin: Origin| {
        complaints(dialect, |api| {
            let mut parameter = mapped("id", location, name);
            parameter.origin = origin;
            api.backend_parameters.push(parameter);
        })
    };
    let system = |name: &str| Origin::System { name: name.to_owned() };
    let constant = |value: &str| Origin::Constant { value: value.to_owned() };
    let (alibaba, huawei) = (Dialect::Alibaba, Dialect::Huawei);
    assert_eq!(one_more(huawei, Location::Header, "X-Ip", system("$context.sourceIp")), "fine");
    assert_eq!(one_more(huawei, Location::Header, "Authorization", constant("Basic eA==")), "fine");
    assert_snapshot!(one_more(huawei, Location::Query, "ip", system("CaClientIp")), @"/backend_parameters/1/origin/name (unknown): `CaClientIp` is not a system parameter");
    assert_snapshot!(one_more(alibaba, Location::Query, "q", Origin::Parameter { name: "gone".to_owned() }), @"/backend_parameters/1/origin/name (unknown): `gone` is not among the request parameters");
    assert_snapshot!(one_more(alibaba, Location::Header, "a b", constant("a\r\nb")), @r"
    /backend_parameters/1/name (format): `a b` is not a header name (RFC 9110 §5.1)
    /backend_parameters/1/origin/value (format): a header value holds no control characters
    ");
    assert_snapshot!(one_more(alibaba, Location::Query, "", constant("")), @"/backend_parameters/1/name (range): `` has 0 characters, but 1 to 128 are allowed");
    assert_snapshot!(one_more(huawei, Location::Header, "user_id", constant(&"x".repeat(256))), @r"
    /backend_parameters/1/name (format): the name `user_id` is not allowed there: a header holds no `_`
    /backend_parameters/1/origin/value (range): `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` has 256 characters, but 0 to 255 are allowed
    ");
    assert_snapshot!(one_more(huawei, Location::Query, "x-apig-a", constant("a")), @"/backend_parameters/1/name (format): the name `x-apig-a` is not allowed there: the gateway keeps `x-stage`, `x-apig-…` and `x-sdk-…` for itself");
    assert_snapshot!(one_more(huawei, Location::Query, "1st", constant("a")), @"/backend_parameters/1/name (format): `1st` must start with one of: letters");
    assert_eq!(one_more(alibaba, Location::Body, "u[name]", constant("a")), "fine");
}

#[test]
fn a_place_at_the_backend_is_taken_once() {
    let twice = |location, one: &str, other: &str| {
        complaints(Dialect::Alibaba, |api| {
            api.backend_parameters.extend([mapped("id", location, one), mapped("id", location, other)]);
        })
    };
    assert_snapshot!(twice(Location::Header, "X-Id", "x-id"), @"/backend_parameters/2/name (duplicate): `x-id` is there twice");
    assert_snapshot!(twice(Location::Query, "q", "q"), @"/backend_parameters/2/name (duplicate): `q` is there twice");
    assert_eq!(twice(Location::Query, "q", "Q"), "fine");
}

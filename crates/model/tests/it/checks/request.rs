//! The request side: protocols, path and match mode, body format, gRPC.

use insta::assert_snapshot;
use paifang_model::Dialect;
use paifang_model::definition::{
    Backend, BackendProtocol, BodyFormat, Definition, HttpBackend, MatchMode, MethodRule, MockBackend,
    Protocol, RequestMode,
};

use crate::samples::{complaints, definition};

fn with_protocols(dialect: Dialect, protocols: &[Protocol]) -> String {
    complaints(dialect, |api| api.request.protocols = protocols.to_vec())
}

#[test]
fn protocols() {
    use Protocol::{Grpcs, Http, Https, Websocket};
    assert_eq!(with_protocols(Dialect::Alibaba, &[Http, Https, Websocket]), "fine");
    assert_eq!(with_protocols(Dialect::Huawei, &[Http, Https]), "fine");
    assert_snapshot!(with_protocols(Dialect::Alibaba, &[]), @"/request/protocols (required): name at least one protocol");
    assert_snapshot!(with_protocols(Dialect::Alibaba, &[Http, Https, Http]), @"/request/protocols/2 (duplicate): `http` is there twice");
    assert_snapshot!(complaints(Dialect::Alibaba, |api| grpc(api, "/pets.Pets/Get")), @"/request/protocols/0 (unsupported): `grpcs` is not offered in a group of this dialect");
    assert_snapshot!(with_protocols(Dialect::Huawei, &[Grpcs, Http]), @r"
    /request/protocols (conflict): `grpcs` stands alone
    /request/method (conflict): gRPC calls are POSTs
    /request/path (conflict): a gRPC path is `/`, `/package.Service` or `/package.Service/Method`
    /parameters (conflict): a gRPC call has no parameters
    /backend_parameters (conflict): a gRPC call has no parameters
    /backend/protocol (conflict): gRPC is spoken over `h2` or `h2c`
    ");
}

fn grpc(api: &mut Definition, path: &str) {
    api.request.protocols = vec![Protocol::Grpcs];
    api.request.method = MethodRule::Post;
    api.request.path = path.parse().unwrap();
    api.parameters.clear();
    api.backend_parameters.clear();
    api.backend =
        Backend::Http(HttpBackend { protocol: BackendProtocol::H2, ..HttpBackend::at("https://b") });
}

#[test]
fn grpc_names_a_service_or_a_method() {
    for path in ["/", "/pets.Pets", "/pets.Pets/Get"] {
        assert_eq!(complaints(Dialect::Huawei, |api| grpc(api, path)), "fine", "{path}");
    }
    let prefix = |api: &mut Definition| api.request.match_mode = MatchMode::Prefix;
    let told = complaints(Dialect::Huawei, |api| {
        grpc(api, "/pets.Pets");
        prefix(api);
    });
    assert_eq!(told, "fine");
    let told = complaints(Dialect::Huawei, |api| {
        grpc(api, "/pets.Pets/Get");
        prefix(api);
    });
    assert_snapshot!(told, @"/request/match_mode (conflict): nothing follows a gRPC method; match it exactly");
    for path in ["/a/b/c", "/a/*"] {
        assert!(
            complaints(Dialect::Huawei, |api| grpc(api, path)).starts_with("/request/path (conflict)"),
            "{path}"
        );
    }
    let mock = MockBackend { status: 200, headers: Vec::new(), body: String::new() };
    let told = complaints(Dialect::Huawei, |api| {
        grpc(api, "/pets.Pets");
        api.backend = Backend::Mock(mock);
    });
    assert_snapshot!(told, @"/backend/kind (conflict): a fixed answer does not speak gRPC");
}

#[test]
fn a_path_that_takes_the_rest_is_matched_exactly() {
    let told = complaints(Dialect::Huawei, |api| {
        api.request.path = "/pets/{id+}".parse().unwrap();
        api.request.match_mode = MatchMode::Prefix;
    });
    assert_snapshot!(told, @"/request/match_mode (conflict): the path `/pets/{id+}` takes the rest already; match it exactly");
    let told = complaints(Dialect::Alibaba, |api| {
        api.request.path = "/pets/[id]/*".parse().unwrap();
        api.request.match_mode = MatchMode::Prefix;
    });
    assert_snapshot!(told, @"/request/match_mode (conflict): the path `/pets/[id]/*` takes the rest already; match it exactly");
    assert_eq!(complaints(Dialect::Huawei, |api| api.request.match_mode = MatchMode::Prefix), "fine");
}

#[test]
fn a_body_format_needs_a_body_that_is_read() {
    let told = |method: MethodRule, mode: RequestMode, format: BodyFormat| {
        complaints(Dialect::Alibaba, |api| {
            // A pass-through backend path takes the request path's own parameters.
            api.backend = Backend::Http(HttpBackend::at("http://b"));
            api.backend_parameters.clear();
            api.request.method = method;
            api.request.mode = mode;
            api.request.body_format = Some(format);
        })
    };
    for method in
        [MethodRule::Post, MethodRule::Put, MethodRule::Patch, MethodRule::Any, MethodRule::Multipart]
    {
        assert_eq!(told(method, RequestMode::Mapping, BodyFormat::Form), "fine", "{method:?}");
    }
    assert_eq!(told(MethodRule::Post, RequestMode::MappingPassthrough, BodyFormat::Stream), "fine");
    assert_snapshot!(told(MethodRule::Get, RequestMode::Mapping, BodyFormat::Form), @"/request/body_format (conflict): only the body of a POST, a PUT or a PATCH is read");
    assert_snapshot!(told(MethodRule::Delete, RequestMode::Passthrough, BodyFormat::Stream), @r"
    /request/body_format (conflict): only the body of a POST, a PUT or a PATCH is read
    /request/body_format (conflict): in pass-through mode the body goes through unread
    ");
    assert_snapshot!(told(MethodRule::Post, RequestMode::Passthrough, BodyFormat::Form), @"/request/body_format (conflict): in pass-through mode the body goes through unread");
    assert_snapshot!(told(MethodRule::Multipart, RequestMode::Mapping, BodyFormat::Stream), @"/request/body_format (conflict): a multipart body is read as a form, not as a stream");
}

#[test]
fn a_route_is_method_match_mode_and_shape() {
    let mut request = definition().request;
    assert_snapshot!(request.route(), @"Get Exact /pets/{}");
    request.method = MethodRule::Multipart;
    request.match_mode = MatchMode::Prefix;
    assert_snapshot!(request.route(), @"Multipart Prefix /pets/{}");
}

#[test]
fn methods_as_on_the_request_line() {
    assert_eq!(MethodRule::Any.as_str(), None);
    assert_eq!(MethodRule::Multipart.as_str(), Some("POST"));
    for method in ["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "TRACE"] {
        let read: MethodRule = serde_json::from_value(method.into()).unwrap();
        assert_eq!(read.as_str(), Some(method));
    }
    assert!(serde_json::from_value::<MethodRule>("CONNECT".into()).is_err());
}

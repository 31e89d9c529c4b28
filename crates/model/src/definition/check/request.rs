//! The request side: protocols that go together, and a body format only where a body is read.

use crate::definition::{
    Backend, BodyFormat, Definition, HttpBackend, MatchMode, MethodRule, Protocol, RequestDefinition,
    RequestMode, ServiceBackend,
};
use crate::dialect::Rules;
use crate::path::Segment;
use crate::violation::{Rule, Violations};

pub(super) fn check(definition: &Definition, rules: &Rules, violations: &mut Violations) {
    let request = &definition.request;
    check_protocols(&request.protocols, rules, violations);
    check_body_format(request, violations);
    let open_ended = matches!(request.path.segments().last(), Some(Segment::Rest(_) | Segment::Wildcard));
    if open_ended && request.match_mode == MatchMode::Prefix {
        violations.add(
            "/request/match_mode",
            Rule::Conflict,
            format!("the path `{}` takes the rest already; match it exactly", request.path),
        );
    }
    if request.protocols.contains(&Protocol::Grpcs) {
        check_grpc(definition, violations);
    }
}

fn check_protocols(protocols: &[Protocol], rules: &Rules, violations: &mut Violations) {
    if protocols.is_empty() {
        violations.add("/request/protocols", Rule::Required, "name at least one protocol");
    }
    for (index, protocol) in protocols.iter().enumerate() {
        let pointer = format!("/request/protocols/{index}");
        if !rules.protocols.contains(protocol) {
            let message = format!("`{}` is not offered in a group of this dialect", protocol.name());
            violations.add(pointer, Rule::Unsupported, message);
        } else if protocols[..index].contains(protocol) {
            violations.add(pointer, Rule::Duplicate, format!("`{}` is there twice", protocol.name()));
        }
    }
}

/// A body is read as a form or a stream where parameters are mapped and the method has a body
/// (spec: aliyun/api-model.md §2).
fn check_body_format(request: &RequestDefinition, violations: &mut Violations) {
    let Some(format) = request.body_format else { return };
    let mut complain = |message| violations.add("/request/body_format", Rule::Conflict, message);
    match (request.method, format) {
        (MethodRule::Multipart, BodyFormat::Stream) => {
            complain("a multipart body is read as a form, not as a stream");
        }
        (
            MethodRule::Get | MethodRule::Delete | MethodRule::Head | MethodRule::Options | MethodRule::Trace,
            _,
        ) => complain("only the body of a POST, a PUT or a PATCH is read"),
        _ => {}
    }
    if request.mode == RequestMode::Passthrough {
        complain("in pass-through mode the body goes through unread");
    }
}

/// gRPC stands alone: POST, a service's or a method's path, no parameters, a backend that speaks it
/// (spec: huawei/api-model.md §5).
fn check_grpc(definition: &Definition, violations: &mut Violations) {
    let request = &definition.request;
    let mut complain = |pointer: &str, message: &str| violations.add(pointer, Rule::Conflict, message);
    if request.protocols.iter().any(|protocol| *protocol != Protocol::Grpcs) {
        complain("/request/protocols", "`grpcs` stands alone");
    }
    if request.method != MethodRule::Post {
        complain("/request/method", "gRPC calls are POSTs");
    }
    let segments = request.path.segments();
    if segments.len() > 2 || !segments.iter().all(|segment| matches!(segment, Segment::Literal(_))) {
        complain("/request/path", "a gRPC path is `/`, `/package.Service` or `/package.Service/Method`");
    }
    if segments.len() == 2 && request.match_mode == MatchMode::Prefix {
        complain("/request/match_mode", "nothing follows a gRPC method; match it exactly");
    }
    if !definition.parameters.is_empty() {
        complain("/parameters", "a gRPC call has no parameters");
    }
    if !definition.backend_parameters.is_empty() {
        complain("/backend_parameters", "a gRPC call has no parameters");
    }
    if !definition.backend_policies.is_empty() {
        complain("/backend_policies", "gRPC calls go to one backend");
    }
    match &definition.backend {
        Backend::Http(HttpBackend { protocol, .. }) | Backend::Service(ServiceBackend { protocol, .. })
            if protocol.is_http2() => {}
        Backend::Http(_) | Backend::Service(_) => {
            complain("/backend/protocol", "gRPC is spoken over `h2` or `h2c`");
        }
        Backend::Mock(_) => complain("/backend/kind", "a fixed answer does not speak gRPC"),
    }
}

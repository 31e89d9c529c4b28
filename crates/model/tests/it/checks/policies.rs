//! Backend policies: conditions that can be met, backends like the default one.

use insta::assert_snapshot;
use paifang_model::Dialect;
use paifang_model::definition::{
    Backend, BackendPolicy, Comparison, Condition, Definition, Destination, EffectMode, HttpBackend,
    Location, MockBackend, Parameter, Protocol, RequestMode,
};
use paifang_model::id::ChannelId;

use crate::samples::{complaints, definition, id, mapped};

fn exact(value: &str) -> Comparison {
    Comparison::Exact { value: value.to_owned() }
}

fn of_id(is: Comparison) -> Condition {
    Condition::Parameter { name: "id".to_owned(), is }
}

/// A policy that is fine beside the sample's backend.
fn policy(name: &str) -> BackendPolicy {
    BackendPolicy {
        name: name.to_owned(),
        effect_mode: EffectMode::All,
        conditions: vec![of_id(exact("1"))],
        backend: Backend::Http(HttpBackend::at("http://other.example.com")),
        backend_parameters: Vec::new(),
    }
}

fn told(policies: Vec<BackendPolicy>) -> String {
    complaints(Dialect::Huawei, |api| api.backend_policies = policies)
}

fn told_of(conditions: Vec<Condition>) -> String {
    told(vec![BackendPolicy { conditions, ..policy("policy") }])
}

#[test]
fn groups_of_one_dialect_have_policies() {
    assert_eq!(told(vec![policy("one"), policy("two")]), "fine");
    let other = complaints(Dialect::Alibaba, |api| api.backend_policies.push(policy("one")));
    assert_snapshot!(other, @"/backend_policies (conflict): APIs of alibaba have no backend policies");
}

#[test]
fn names_and_numbers() {
    let names = ["ok_1", "1st", "ab", "with-hyphen", "ok_1"];
    assert_snapshot!(told(names.iter().map(|name| policy(name)).collect()), @r"
    /backend_policies/1/name (format): `1st` must start with one of: letters
    /backend_policies/2/name (range): `ab` has 2 characters, but 3 to 64 are allowed
    /backend_policies/3/name (format): `with-hyphen` contains '-', but only these are allowed: letters, digits, `_`
    /backend_policies/4/name (duplicate): the name `ok_1` is there twice
    ");
    let many = (0..21).map(|index| policy(&format!("p_{index}"))).collect();
    assert_snapshot!(told(many), @"/backend_policies (range): 21 policies are too many: 20 are allowed");
    assert_snapshot!(told_of(Vec::new()), @"/backend_policies/0/conditions (required): name at least one condition");
    assert_snapshot!(told_of(vec![of_id(exact("1")); 6]), @"/backend_policies/0/conditions (range): 6 conditions are too many: 5 are allowed");
}

#[test]
fn conditions() {
    let fine = vec![
        Condition::Source {
            addresses: ["10.0.0.1", "10.0.0.0/8", "10.0.0.1-10.0.0.9", "2001:db8::/32"]
                .map(Into::into)
                .to_vec(),
        },
        of_id(Comparison::Pattern { pattern: "[0-5]|x".to_owned() }),
        Condition::Path { is: exact("/pets/1") },
        Condition::Method { is: Comparison::Enum { values: vec!["GET".to_owned(), "POST".to_owned()] } },
        Condition::Cookie { name: "group".to_owned(), is: exact("") },
    ];
    assert_eq!(told_of(fine), "fine");
    let pattern = |pattern: &str| Comparison::Pattern { pattern: pattern.to_owned() };
    let unfit = vec![
        Condition::Source { addresses: vec!["10.0.0".to_owned(), "10.0.0.0/33".to_owned()] },
        Condition::Parameter { name: "other".to_owned(), is: pattern("(?=a)b") },
        Condition::Method { is: pattern("GET|POST") },
        Condition::Method { is: exact("get") },
        Condition::Cookie { name: "a=b".to_owned(), is: pattern("a)|(b") },
    ];
    assert_snapshot!(told_of(unfit), @r"
    /backend_policies/0/conditions/0/addresses/0 (format): `10.0.0` is neither an address nor a network or range of them
    /backend_policies/0/conditions/0/addresses/1 (format): `10.0.0.0/33` is neither an address nor a network or range of them
    /backend_policies/0/conditions/1/name (unknown): `other` is not among the request parameters
    /backend_policies/0/conditions/1/is/pattern (format): `(?=a)b` is not a regular expression that runs in linear time (look-around and back-references are not offered)
    /backend_policies/0/conditions/2/is/kind (conflict): a method is compared as `exact` or `enum`
    /backend_policies/0/conditions/3/is/value (format): `get` is none of: GET, POST, PUT, DELETE, HEAD, PATCH, OPTIONS
    /backend_policies/0/conditions/4/name (format): `a=b` contains '=', but only these are allowed: letters, digits, `!#$%&'*+-.^_`|~`
    /backend_policies/0/conditions/4/is/pattern (format): `a)|(b` is not a regular expression that runs in linear time (look-around and back-references are not offered)
    ");
    let empty = vec![
        Condition::Source { addresses: Vec::new() },
        of_id(Comparison::Enum { values: Vec::new() }),
        of_id(Comparison::Enum { values: vec![String::new(); 101] }),
        of_id(exact(&"x".repeat(1_025))),
        of_id(pattern("")),
    ];
    assert_snapshot!(told_of(empty), @r"
    /backend_policies/0/conditions/0/addresses (required): name at least one
    /backend_policies/0/conditions/1/is/values (required): name at least one
    /backend_policies/0/conditions/2/is/values (range): 101 are too many: 100 are allowed
    /backend_policies/0/conditions/3/is/value (range): `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` has 1025 characters, but 0 to 1024 are allowed
    /backend_policies/0/conditions/4/is/pattern (range): `` has 0 characters, but 1 to 1024 are allowed
    ");
}

#[test]
fn backends_are_judged_like_the_default_one() {
    let mock = Backend::Mock(MockBackend { status: 200, headers: Vec::new(), body: String::new() });
    assert_snapshot!(told(vec![BackendPolicy { backend: mock, ..policy("mock") }]), @"/backend_policies/0/backend/kind (conflict): a policy's backend is of the same kind as the default backend");
    let unfit =
        HttpBackend { path: "/{there}".to_owned(), timeout_ms: 0, ..HttpBackend::at("other.example.com") };
    let with_parameter = BackendPolicy {
        backend: Backend::Http(unfit),
        backend_parameters: vec![mapped("nobody", Location::Query, "x")],
        ..policy("policy")
    };
    assert_snapshot!(told(vec![policy("fine"), with_parameter]), @r"
    /backend_policies/1/backend/to/url (format): `other.example.com` is not a backend address: write http://host[:port] or https://host[:port]
    /backend_policies/1/backend/timeout_ms (range): 0 ms is out of range: 1 to 600000 are allowed
    /backend_policies/1/backend/path (unknown): the backend path names `there`, to which no path parameter of the backend belongs
    /backend_policies/1/backend_parameters/0/origin/name (unknown): `nobody` is not among the request parameters
    ");
    // The default backend's parameters are not the policy's, and the other way round.
    let own = BackendPolicy {
        backend: Backend::Http(HttpBackend {
            path: "/{there}".to_owned(),
            ..HttpBackend::at("http://other")
        }),
        backend_parameters: vec![mapped("id", Location::Path, "there")],
        ..policy("policy")
    };
    assert_eq!(told(vec![own]), "fine");
}

#[test]
fn grpc_goes_to_one_backend() {
    let told = complaints(Dialect::Huawei, |api| {
        api.request.protocols = vec![Protocol::Grpcs];
        api.backend_policies = vec![policy("policy")];
    });
    assert!(told.contains("/backend_policies (conflict): gRPC calls go to one backend"), "{told}");
}

fn with(policies: Vec<BackendPolicy>) -> Definition {
    Definition { backend_policies: policies, ..definition() }
}

#[test]
fn what_policies_name_is_the_definitions() {
    let channel = ChannelId(id(7));
    let through = HttpBackend {
        to: Destination::Channel { channel, scheme: Default::default() },
        path: "/#base#".to_owned(),
        ..HttpBackend::at("")
    };
    let api =
        with(vec![policy("address"), BackendPolicy { backend: Backend::Http(through), ..policy("channel") }]);
    assert_eq!(api.channel(), None);
    assert_eq!(
        api.channels().collect::<Vec<_>>(),
        [("/backend_policies/1/backend/to/channel".to_owned(), channel)]
    );
    let [place] = &api.variables()[..] else { panic!("one variable") };
    assert_eq!((place.name, place.pointer.as_str()), ("base", "/backend_policies/1/backend/path"));
    let resolved = api.resolve(|_| Some("v2")).unwrap();
    let Backend::Http(backend) = &resolved.backend_policies[1].backend else { panic!("HTTP") };
    assert_eq!(backend.path, "/v2");
    let missing = api.resolve(|_| None).unwrap_err();
    assert_eq!(missing.iter().next().unwrap().pointer, "/backend_policies/1/backend/path");
}

#[test]
fn under_a_policy_its_backend_and_the_default_one_trade_places() {
    let own =
        BackendPolicy { backend_parameters: vec![mapped("id", Location::Query, "own")], ..policy("policy") };
    let api = with(vec![own.clone()]);
    let under = api.under(0);
    assert_eq!((&under.backend, &under.backend_parameters), (&own.backend, &own.backend_parameters));
    assert_eq!(under.under(0), api);
    assert_eq!(api.under(1), api);
}

#[test]
fn paths_of_policies_are_stored_in_the_dialects_brackets() {
    let mut api = with(vec![BackendPolicy {
        backend: Backend::Http(HttpBackend {
            path: "/[there]".to_owned(),
            ..HttpBackend::at("http://other")
        }),
        backend_parameters: vec![mapped("id", Location::Path, "there")],
        ..policy("policy")
    }]);
    api.request.mode = RequestMode::MappingPassthrough;
    api.parameters.push(Parameter::new("more", Location::Query));
    let stored = api.in_dialect(Dialect::Huawei);
    let Backend::Http(backend) = &stored.backend_policies[0].backend else { panic!("HTTP") };
    assert_eq!(backend.path, "/{there}");
    let text = serde_json::to_string(&stored).unwrap();
    assert_eq!(serde_json::from_str::<Definition>(&text).unwrap(), stored);
}

//! Backend services, and definitions that use one.

use insta::assert_snapshot;
use paifang_model::backend_service::{HttpTarget, ServiceDefinition, ServiceKind, ServiceTarget};
use paifang_model::definition::{Backend, BackendMethod, Destination, MockBackend, ServiceBackend};
use paifang_model::id::StageId;
use paifang_model::{BackendService, Definition, Dialect};

use crate::samples::{complaints, definition, id, told};

fn at(url: &str) -> ServiceTarget {
    let to = Destination::Address { url: url.to_owned() };
    ServiceTarget::Http(HttpTarget { to, host: None, verify_certificate: true })
}

fn defined(stage: u8, target: ServiceTarget) -> ServiceDefinition {
    let stage = StageId(id(stage));
    ServiceDefinition { stage, target, description: String::new(), made_at: 0, changed_at: 0 }
}

fn service(kind: ServiceKind, definitions: Vec<ServiceDefinition>) -> BackendService {
    BackendService { id: id(9).into(), name: "cattle".into(), kind, description: String::new(), definitions }
}

#[test]
fn a_service_has_one_definition_for_a_stage_and_all_are_of_its_kind() {
    let fine = service(ServiceKind::Http, vec![defined(1, at("http://a")), defined(2, at("https://b:8443"))]);
    assert_eq!(fine.check(), Ok(()));
    assert_eq!(fine.definition(StageId(id(2))).map(|there| &there.target), Some(&at("https://b:8443")));
    assert_eq!(fine.definition(StageId(id(3))), None);

    let mock = ServiceTarget::Mock(MockBackend { status: 99, headers: Vec::new(), body: String::new() });
    let mut wrong = service(
        ServiceKind::Http,
        vec![
            defined(1, at("http://#host#")),
            defined(1, mock.clone()),
            ServiceDefinition { description: "x".repeat(181), ..defined(2, at("http://c/d")) },
        ],
    );
    wrong.name = "cat".into();
    wrong.description = "述".repeat(181);
    assert_snapshot!(told(wrong.check()), @r"
    /name (range): `cat` has 3 characters, but 4 to 50 are allowed
    /description (range): `述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述…` has 181 characters, but 0 to 180 are allowed
    /definitions/0/target/to/url (format): `http://#host#` is not a backend address: the path stands in a field of its own, and no user is named
    /definitions/1/stage (duplicate): the stage `01010101010101010101010101010101` has a definition already
    /definitions/1/target/kind (conflict): it is `mock`, and the service is `http`
    /definitions/2/description (range): `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` has 181 characters, but 0 to 180 are allowed
    /definitions/2/target/to/url (format): `http://c/d` is not a backend address: the path stands in a field of its own, and no user is named
    ");
    let wrong = service(ServiceKind::Mock, vec![defined(1, mock)]);
    assert_snapshot!(told(wrong.check()), @"/definitions/0/target/status (range): 99 is not a status that can be answered: 200 to 599 are allowed");
}

#[test]
fn a_definition_that_uses_a_service_is_judged_as_far_as_that_goes_without_it() {
    let uses = |api: &mut Definition| {
        api.backend = Backend::Service(ServiceBackend {
            path: "/[gone]".to_owned(),
            timeout_ms: 0,
            ..ServiceBackend::of(id(9).into())
        });
    };
    assert_snapshot!(complaints(Dialect::Alibaba, uses), @r"
    /backend/timeout_ms (range): 0 ms is out of range: 1 to 600000 are allowed
    /backend/path (unknown): the backend path names `gone`, to which no path parameter of the backend belongs
    ");
    let uses = |api: &mut Definition| api.backend = Backend::Service(ServiceBackend::of(id(9).into()));
    assert_eq!(complaints(Dialect::Alibaba, uses), "fine");
    assert_snapshot!(complaints(Dialect::Huawei, uses), @"/backend/kind (conflict): APIs of huawei have no backend services");
}

#[test]
fn the_service_says_where_and_the_api_says_how() {
    let mut api = definition();
    api.backend = Backend::Service(ServiceBackend {
        path: "/#root#/pets".to_owned(),
        method: BackendMethod::Put,
        ..ServiceBackend::of(id(9).into())
    });
    assert_eq!(api.service(), Some(id(9).into()));
    assert_eq!(api.variables().iter().map(|place| place.name).collect::<Vec<_>>(), ["root"]);

    let target = ServiceTarget::Http(HttpTarget {
        to: Destination::Address { url: "http://cattle".to_owned() },
        host: Some("inside".to_owned()),
        verify_certificate: false,
    });
    let served = api.clone().served_by(&target);
    assert_eq!(served.service(), None);
    let Backend::Http(backend) = &served.backend else { panic!("{:?}", served.backend) };
    assert_eq!(
        (backend.path.as_str(), backend.method, backend.host.as_deref(), backend.verify_certificate),
        ("/#root#/pets", BackendMethod::Put, Some("inside"), false)
    );
    let mock = MockBackend { status: 204, headers: Vec::new(), body: String::new() };
    assert_eq!(api.served_by(&ServiceTarget::Mock(mock.clone())).backend, Backend::Mock(mock));
}

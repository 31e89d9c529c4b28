//! Backend policies (spec: huawei/api-model.md §7): which backend answers a call, and what it receives.

use std::net::Ipv4Addr;

use paifang_model::definition::{
    Backend as Answers, BackendParameter, BackendPolicy, Comparison, Condition, EffectMode, HttpBackend,
    Location, MethodRule, MockBackend, Origin, Parameter, ParameterType,
};
use paifang_testkit::api::{self, Api};
use paifang_testkit::{Backend, TestGateway};

use super::scene;
use crate::stories::decisions;

fn exact(value: &str) -> Comparison {
    Comparison::Exact { value: value.to_owned() }
}

fn pattern(pattern: &str) -> Comparison {
    Comparison::Pattern { pattern: pattern.to_owned() }
}

fn of_parameter(name: &str, is: Comparison) -> Condition {
    Condition::Parameter { name: name.to_owned(), is }
}

fn source(address: &str) -> Condition {
    Condition::Source { addresses: vec![address.to_owned()] }
}

fn policy(
    name: &str,
    effect_mode: EffectMode,
    conditions: Vec<Condition>,
    backend: Answers,
) -> BackendPolicy {
    BackendPolicy { name: name.to_owned(), effect_mode, conditions, backend, backend_parameters: Vec::new() }
}

fn at(backend: &Backend, path: &str) -> Answers {
    Answers::Http(HttpBackend { path: path.to_owned(), ..HttpBackend::at(backend.url()) })
}

fn mock(body: &str) -> Answers {
    Answers::Mock(MockBackend { status: 200, headers: Vec::new(), body: body.to_owned() })
}

/// An API that the gateway answers itself, `default` where no policy takes effect.
fn answered(api: Api, policies: Vec<BackendPolicy>) -> Api {
    api.mock(200, "default").with(|definition| definition.backend_policies = policies)
}

async fn served(api: Api) -> TestGateway {
    let mut scene = scene();
    scene.publish(api);
    scene.start().await
}

async fn body(call: paifang_testkit::Call) -> String {
    let answer = call.send().await;
    format!("{} {}", answer.status, String::from_utf8_lossy(&answer.body))
}

#[tokio::test]
async fn the_first_policy_that_is_met_answers_with_parameters_of_its_own() {
    let (default, old, new) = (Backend::echo().await, Backend::echo().await, Backend::echo().await);
    let constant = |name: &str, location, value: &str| BackendParameter {
        name: name.to_owned(),
        location,
        origin: Origin::Constant { value: value.to_owned() },
        description: String::new(),
    };
    let edition = |name: &str, backend: &Backend, values: Comparison| BackendPolicy {
        backend_parameters: vec![constant("x-edition", Location::Header, name)],
        ..policy(name, EffectMode::All, vec![of_parameter("edition", values)], at(backend, "/other"))
    };
    let both = Comparison::Enum { values: vec!["1".to_owned(), "2".to_owned()] };
    let pets = api::get("/pets")
        .to(&default)
        .at("/main")
        .maps(Parameter::new("edition", Location::Query), Location::Header, "x-asked")
        .with(|definition| {
            definition.backend_policies = vec![edition("old", &old, exact("1")), edition("new", &new, both)];
        });
    let gateway = served(pets).await;
    for target in ["/pets?edition=1", "/pets?edition=2", "/pets?edition=3", "/pets"] {
        assert_eq!(gateway.get(target).send().await.status, 200);
    }
    let told = |backend: &Backend| -> Vec<_> {
        let line = |request: paifang_testkit::Received| {
            format!(
                "{} asked={} edition={}",
                request.target,
                request.header("x-asked"),
                request.header("x-edition")
            )
        };
        backend.received().into_iter().map(line).collect()
    };
    assert_eq!(told(&old), ["/other asked= edition=old"]);
    assert_eq!(told(&new), ["/other asked= edition=new"]);
    assert_eq!(told(&default), ["/main asked=3 edition=", "/main asked= edition="]);
}

#[tokio::test]
async fn all_conditions_or_any_of_them() {
    let conditions = || vec![of_parameter("a", exact("1")), of_parameter("b", exact("1"))];
    let api = |mode| {
        let api = api::get("/pets")
            .takes(Parameter::new("a", Location::Query))
            .takes(Parameter::new("b", Location::Header));
        answered(api, vec![policy("both", mode, conditions(), mock("policy"))])
    };
    let mut answers = Vec::new();
    for mode in [EffectMode::All, EffectMode::Any] {
        let gateway = served(api(mode)).await;
        for (target, header) in [("/pets?a=1", "1"), ("/pets?a=1", "2"), ("/pets?a=2", "1"), ("/pets", "2")] {
            answers.push(body(gateway.get(target).header("b", header)).await);
        }
    }
    let (policy, default) = ("200 policy", "200 default");
    assert_eq!(answers[..4], [policy, default, default, default]);
    assert_eq!(answers[4..], [policy, policy, policy, default]);
}

#[tokio::test]
async fn addresses_paths_methods_and_cookies() {
    let one = |name: &str, condition| policy(name, EffectMode::All, vec![condition], mock(name));
    let methods = Comparison::Enum { values: vec!["PUT".to_owned(), "PATCH".to_owned()] };
    let policies = vec![
        one("address", source("127.0.0.2/31")),
        one("cookie", Condition::Cookie { name: "group".to_owned(), is: exact("beta") }),
        one("method", Condition::Method { is: methods }),
        one("path", Condition::Path { is: pattern("/pets/[0-5]") }),
    ];
    let id = Parameter::new("id", Location::Path);
    let gateway = served(answered(api::api(MethodRule::Any, "/pets/{id}").takes(id), policies)).await;
    let from = |last: u8| gateway.get("/pets/9").from(Ipv4Addr::new(127, 0, 0, last).into());
    assert_eq!(body(from(3)).await, "200 address");
    assert_eq!(body(from(4)).await, "200 default");
    assert_eq!(body(gateway.get("/pets/3").header("cookie", "a=b; group=beta")).await, "200 cookie");
    assert_eq!(body(gateway.call(http::Method::PATCH, "/pets/3")).await, "200 method");
    assert_eq!(body(gateway.get("/pets/3?x=/pets/9")).await, "200 path");
    // However it is written.
    assert_eq!(body(gateway.get("/%70ets/3")).await, "200 path");
    assert_eq!(body(gateway.get("/pets/34")).await, "200 default");
}

#[tokio::test]
async fn a_default_is_compared_and_a_wrong_parameter_is_refused_first() {
    let age = Parameter {
        kind: ParameterType::Number,
        default: Some("7".to_owned()),
        ..Parameter::new("age", Location::Query)
    };
    let young = policy("young", EffectMode::All, vec![of_parameter("age", pattern("[0-9]"))], mock("young"));
    let gateway = served(answered(api::get("/pets").takes(age), vec![young])).await;
    assert_eq!(body(gateway.get("/pets")).await, "200 young");
    assert_eq!(body(gateway.get("/pets?age=70")).await, "200 default");
    let refused = gateway.get("/pets?age=x").send().await;
    insta::assert_snapshot!(refused.verdict(), @"400 APIG.0201 API request error.");
}

#[tokio::test]
async fn an_explanation_says_why_a_policy_matched() {
    let conditions = vec![source("127.0.0.0/8"), of_parameter("lang", exact("zh"))];
    let api = |mode| {
        let lang = Parameter::new("lang", Location::Query);
        answered(
            api::get("/pets").takes(lang),
            vec![policy("chinese", mode, conditions.clone(), mock("policy"))],
        )
    };
    let mut told = Vec::new();
    for mode in [EffectMode::All, EffectMode::Any] {
        let gateway = served(api(mode)).await;
        for target in ["/pets?lang=zh", "/pets?lang=en"] {
            told.push(explained(&gateway, target).await);
        }
    }
    insta::assert_snapshot!(told.join("\n"), @r"
    the policy `chinese` matched because the client's address is in 127.0.0.0/8 and the parameter `lang` is `zh`
    no policy matched: the default backend answers
    the policy `chinese` matched because the client's address is in 127.0.0.0/8
    the policy `chinese` matched because the client's address is in 127.0.0.0/8
    ");
}

async fn explained(gateway: &TestGateway, target: &str) -> String {
    let decisions = decisions(gateway, &gateway.get(target)).await;
    decisions.iter().find_map(|made| made.strip_prefix("backend policy: ")).unwrap().to_owned()
}

//! Updates while calls run, and objects that cannot be served.

use std::sync::Arc;

use paifang_model::definition::{Location, Parameter};
use paifang_model::id::ApiId;
use paifang_model::record::Key;
use paifang_model::{Deployment, Dialect, Group, Stage};
use paifang_proxy::config::{Change, Document};
use paifang_testkit::api::{self, Api};
use paifang_testkit::{Backend, Scene, TestGateway, deployment};

fn release(gateway: &TestGateway, api: ApiId, number: u64, definition: Api) -> Change {
    deployment(&gateway.group, api, Stage::built_in_id(Dialect::Alibaba, "RELEASE"), number, definition)
}

fn deployed(api: ApiId) -> Key {
    let stage = Stage::built_in_id(Dialect::Alibaba, "RELEASE");
    Key::of::<Deployment>(Deployment::id_of(api, stage))
}

#[tokio::test]
async fn an_update_changes_nothing_for_a_call_under_way() {
    let (backend, gate) = Backend::behind_a_gate().await;
    let mut scene = Scene::new(Dialect::Alibaba);
    let slow = |cors: bool| api::get("/pets").with(|api| api.request.cors = cors).to(&backend);
    let pets = scene.publish(slow(true));
    let gateway = scene.start().await;
    let call = gateway.get("/pets");
    let under_way = tokio::spawn({
        let call = call.clone();
        async move { call.send().await }
    });
    backend.wait_for(1).await;
    gateway.change(vec![release(&gateway, pets, 2, api::get("/pets").mock(200, "second"))]).await;
    let second = call.send().await;
    assert_eq!(
        (second.verdict(), second.header("access-control-allow-origin")),
        ("200 second".into(), "".into())
    );
    gate.open();
    let first = under_way.await.unwrap();
    assert_eq!((first.verdict(), first.header("access-control-allow-origin")), ("200 ".into(), "*".into()));
}

#[tokio::test]
async fn an_api_that_goes_offline_lets_its_calls_end() {
    let (backend, gate) = Backend::behind_a_gate().await;
    let mut scene = Scene::new(Dialect::Alibaba);
    let pets = scene.publish(api::get("/pets").to(&backend));
    let gateway = scene.start().await;
    let call = gateway.get("/pets");
    let under_way = tokio::spawn({
        let call = call.clone();
        async move { call.send().await }
    });
    backend.wait_for(1).await;
    gateway.change(vec![Change::Delete(deployed(pets))]).await;
    assert_eq!(call.send().await.verdict(), "404 I404NF API not found GET /pets");
    gate.open();
    assert_eq!(under_way.await.unwrap().verdict(), "200 ");
}

#[tokio::test]
async fn a_connection_outlives_updates() {
    let mut scene = Scene::new(Dialect::Alibaba);
    let pets = scene.publish(api::get("/pets").mock(200, "1"));
    let gateway = scene.start().await;
    let mut connection = gateway.connect().await;
    for number in 1..=20 {
        let verdict = connection.send(&gateway.get("/pets")).await.verdict();
        assert_eq!(verdict, format!("200 {number}"));
        let next = api::get("/pets").mock(200, &(number + 1).to_string());
        gateway.change(vec![release(&gateway, pets, number + 1, next)]).await;
    }
}

/// The same with a parameter whose expression nobody can read, as no one can publish it today.
fn unreadable(change: Change) -> Change {
    let Change::Put(Document::Deployment(deployment, version)) = change else { panic!("no deployment") };
    let mut parameter = Parameter::new("kind", Location::Query);
    parameter.pattern = Some("(".to_owned());
    let mut version = Arc::unwrap_or_clone(version);
    version.definition.parameters.push(parameter);
    Change::Put(Document::Deployment(deployment, Arc::new(version)))
}

#[tokio::test]
async fn what_cannot_be_compiled_is_set_aside_and_its_neighbours_are_served() {
    let mut scene = Scene::new(Dialect::Alibaba);
    scene.publish(api::get("/good").mock(200, "good"));
    let gateway = scene.start().await;
    let bad = ApiId::random();
    gateway.change(vec![unreadable(release(&gateway, bad, 2, api::get("/bad")))]).await;
    assert_eq!(gateway.get("/good").send().await.verdict(), "200 good");
    assert_eq!(gateway.get("/bad").send().await.verdict(), "404 I404NF API not found GET /bad");
    let set_aside = gateway.gateway.set_aside();
    assert_eq!(set_aside.iter().map(|one| one.key).collect::<Vec<_>>(), [deployed(bad)]);
    insta::assert_snapshot!(
        set_aside[0].reason,
        @"/parameters/0/pattern: `(` is not a regular expression of at most 1 MiB that runs in linear time"
    );
}

#[tokio::test]
async fn a_version_that_cannot_be_compiled_does_not_keep_the_one_before() {
    let mut scene = Scene::new(Dialect::Alibaba);
    let pets = scene.publish(api::get("/pets").mock(200, "first"));
    let gateway = scene.start().await;
    gateway.change(vec![unreadable(release(&gateway, pets, 2, api::get("/pets")))]).await;
    assert_eq!(gateway.get("/pets").send().await.verdict(), "404 I404NF API not found GET /pets");
    assert_eq!(gateway.gateway.set_aside().len(), 1);
    gateway.change(vec![release(&gateway, pets, 3, api::get("/pets").mock(200, "third"))]).await;
    assert_eq!(gateway.get("/pets").send().await.verdict(), "200 third");
    assert_eq!(gateway.gateway.set_aside(), []);
}

#[tokio::test]
async fn of_two_apis_with_one_path_the_elder_is_served_whatever_else_changes() {
    let mut scene = Scene::new(Dialect::Alibaba);
    scene.publish(api::get("/pets/[a]").takes(Parameter::new("a", Location::Path)).mock(200, "elder"));
    let younger =
        scene.publish(api::get("/pets/[b]").takes(Parameter::new("b", Location::Path)).mock(200, "younger"));
    let gateway = scene.start().await;
    for number in 0..20 {
        assert_eq!(gateway.get("/pets/1").send().await.verdict(), "200 elder");
        let other = api::get(&format!("/other/{number}"));
        gateway.change(vec![release(&gateway, ApiId::random(), 100 + number, other)]).await;
    }
    assert_eq!(
        gateway.gateway.set_aside().iter().map(|one| one.key).collect::<Vec<_>>(),
        [deployed(younger)]
    );
}

#[tokio::test]
async fn what_was_set_aside_is_forgotten_when_it_goes_offline() {
    let gateway = Scene::new(Dialect::Alibaba).start().await;
    let bad = unreadable(release(&gateway, ApiId::random(), 1, api::get("/bad")));
    gateway.change(vec![bad.clone()]).await;
    assert_eq!(gateway.gateway.set_aside().len(), 1);
    let Change::Put(Document::Deployment(there, version)) = bad else { panic!("no deployment") };
    let offline = Deployment { online: false, ..there };
    gateway.change(vec![Change::Put(Document::Deployment(offline, version))]).await;
    assert_eq!(gateway.gateway.set_aside(), []);
}

#[tokio::test]
async fn a_group_that_goes_leaves_its_hosts_unknown() {
    let mut scene = Scene::new(Dialect::Alibaba);
    scene.publish(api::get("/pets"));
    let gateway = scene.start().await;
    let group = gateway.group.id;
    gateway.change(vec![Change::Delete(Key::of::<Group>(group))]).await;
    for host in ["group.apis.test", "api.example.com"] {
        let verdict = gateway.get("/pets").host(host).send().await.verdict();
        assert_eq!(verdict, format!("404 I404DO Invalid Domain `{host}`"));
    }
}

#[tokio::test]
async fn a_domain_can_be_bound_to_another_stage() {
    let mut scene = Scene::new(Dialect::Alibaba);
    let pets = scene.publish(api::get("/pets").mock(200, "released"));
    scene.publish_to(pets, "PRE", api::get("/pets").mock(200, "rehearsed"));
    let pre = scene.stage("PRE");
    let gateway = scene.start().await;
    assert_eq!(gateway.get("/pets").send().await.verdict(), "200 released");
    let host = "api.example.com".to_owned();
    let (id, group) = (paifang_model::Domain::id_of(&host), gateway.group.id);
    let domain = paifang_model::Domain {
        id,
        group,
        host,
        stage: Some(pre),
        tls: Default::default(),
        patterns: Vec::new(),
    };
    gateway.change(vec![Change::Put(Document::Domain(domain))]).await;
    assert_eq!(gateway.get("/pets").send().await.verdict(), "200 rehearsed");
}

/// A group that could not be read is taken from the data plane and put back when it can; its APIs were never taken.
#[tokio::test]
async fn a_group_that_comes_back_serves_what_it_did() {
    let mut scene = Scene::new(Dialect::Alibaba);
    scene.publish(api::get("/pets").mock(200, "pets"));
    let gateway = scene.start().await;
    let group = gateway.group.clone();
    gateway.change(vec![Change::Delete(Key::of::<Group>(group.id))]).await;
    assert_eq!(gateway.get("/pets").send().await.status, 404);
    gateway.change(vec![Change::Put(Document::Group(group))]).await;
    assert_eq!(gateway.get("/pets").send().await.verdict(), "200 pets");
}

#[tokio::test]
async fn what_a_group_serves_may_come_before_it() {
    let mut scene = Scene::new(Dialect::Alibaba);
    let caller = scene.app("caller");
    let api = scene.publish(api::get("/pets").for_apps().mock(200, "pets"));
    scene.grant(&caller, api);
    scene.group.subdomain_enabled = false;
    let gateway = scene.start().await;
    let stranger =
        Group { id: paifang_model::id::GroupId::random(), name: "late".to_owned(), ..gateway.group.clone() };
    let stage = Stage::built_in_id(Dialect::Alibaba, "RELEASE");
    let late = deployment(&stranger, ApiId::random(), stage, 2, api::get("/late").mock(200, "late"));
    let host = "late.example.com".to_owned();
    let domain = paifang_model::Domain {
        id: paifang_model::Domain::id_of(&host),
        group: stranger.id,
        host,
        stage: None,
        tls: Default::default(),
        patterns: Vec::new(),
    };
    gateway.change(vec![late, Change::Put(Document::Domain(domain.clone()))]).await;
    assert_eq!(gateway.get("/late").host("late.example.com").send().await.status, 404);
    gateway.change(vec![Change::Put(Document::Group(stranger.clone()))]).await;
    assert_eq!(gateway.get("/late").host("late.example.com").send().await.verdict(), "200 late");
    // And the domain goes to the other group, in one update.
    let moved = paifang_model::Domain { group: gateway.group.id, ..domain.clone() };
    let changes = vec![
        Change::Delete(Key::of::<paifang_model::Domain>(domain.id)),
        Change::Put(Document::Domain(moved)),
    ];
    gateway.change(changes).await;
    let answer = caller.sign_ca(gateway.get("/pets").host("late.example.com")).send().await;
    assert_eq!(answer.verdict(), "200 pets");
}

#[tokio::test]
async fn what_is_prepared_is_served_with_the_update_and_not_before() {
    let mut scene = Scene::new(Dialect::Alibaba);
    scene.publish(api::get("/pets").mock(200, "pets"));
    let gateway = scene.start().await;
    let (cats, dogs) = (ApiId::random(), ApiId::random());
    let part = vec![release(&gateway, cats, 1, api::get("/cats").mock(200, "cats"))];
    gateway.gateway.prepare(part).await.unwrap();
    // The parts of an update wait in line behind it, so one that is served proves that the part before it was taken.
    gateway.change(vec![release(&gateway, dogs, 1, api::get("/dogs").mock(200, "dogs"))]).await;
    assert_eq!(gateway.get("/cats").send().await.verdict(), "200 cats");

    let part = vec![Change::Delete(deployed(cats)), Change::Delete(deployed(dogs))];
    gateway.gateway.prepare(part).await.unwrap();
    // It may be taken by now or wait still; served it must not be.
    assert_eq!(gateway.get("/dogs").send().await.verdict(), "200 dogs");
    gateway.change(Vec::new()).await;
    assert_eq!(gateway.get("/dogs").send().await.verdict(), "404 I404NF API not found GET /dogs");
    assert_eq!(gateway.get("/pets").send().await.verdict(), "200 pets");
}

#[tokio::test]
async fn what_was_released_long_ago_follows_its_group() {
    let backend = Backend::echo().await;
    let mut scene = Scene::new(Dialect::Alibaba);
    let checked = api::get("/pets/[id]")
        .takes(Parameter { required: true, ..Parameter::new("lang", Location::Query) })
        .maps(Parameter::new("id", Location::Path), Location::Query, "number")
        .constant(Location::Header, "x-from", "pets")
        .to(&backend)
        .at("/animals");
    scene.publish(checked);
    let gateway = scene.start().await;
    // A neighbour's release leaves it alone; only a change of the group compiles it anew.
    let cats = ApiId::random();
    gateway.change(vec![release(&gateway, cats, 1, api::get("/cats").mock(200, "cats"))]).await;
    assert_eq!(gateway.get("/pets/7?lang=fr").send().await.verdict().split(' ').next(), Some("200"));
    let moved = Group { base_path: "/v2".to_owned(), ..gateway.group.clone() };
    gateway.change(vec![Change::Put(Document::Group(moved))]).await;
    assert_eq!(gateway.get("/pets/7?lang=fr").send().await.verdict(), "404 I404NF API not found GET /pets/7");
    assert_eq!(gateway.get("/v2/pets/7?lang=fr").send().await.status, 200);
    let received = backend.last();
    assert_eq!((received.header("x-from"), received.target.contains("number=7")), ("pets".to_owned(), true));
    assert_eq!(gateway.get("/v2/pets/7").send().await.status, 400, "its parameters are still checked");
    assert_eq!(gateway.get("/v2/cats").send().await.verdict(), "200 cats");
}

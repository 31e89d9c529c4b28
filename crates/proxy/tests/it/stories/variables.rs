//! Variables: values that stand in a backend's address and path. They change without a release.

use paifang_model::definition::{Destination, Location, Parameter, Scheme};
use paifang_model::id::BackendAccessId;
use paifang_model::record::Key;
use paifang_model::{BackendAccess, Dialect, Variable};
use paifang_proxy::config::{Change, Document};
use paifang_testkit::{Backend, Scene, TestGateway, api};

/// Host and port of a fake backend.
fn place(backend: &Backend) -> String {
    backend.address().to_string()
}

fn variable(scene: &Scene, stage: &str, name: &str, value: &str) -> Variable {
    let (group, stage) = (scene.group.id, scene.stage(stage));
    let id = Variable::id_of(group, stage, name);
    Variable { id, group, stage, name: name.to_owned(), value: value.to_owned() }
}

/// A scene in which `RELEASE` has these variables.
fn with(dialect: Dialect, values: &[(&str, &str)]) -> (Scene, Vec<Variable>) {
    let mut scene = Scene::new(dialect);
    let made: Vec<_> = values.iter().map(|(name, value)| variable(&scene, "RELEASE", name, value)).collect();
    for variable in &made {
        scene.put(Document::Variable(variable.clone()));
    }
    (scene, made)
}

async fn set(gateway: &TestGateway, variable: &Variable, value: &str) {
    let variable = Variable { value: value.to_owned(), ..variable.clone() };
    gateway.change(vec![Change::Put(Document::Variable(variable))]).await;
}

async fn unset(gateway: &TestGateway, variable: &Variable) {
    gateway.change(vec![Change::Delete(Key::of::<Variable>(variable.id))]).await;
}

#[tokio::test]
async fn values_stand_in_host_port_and_path() {
    let backend = Backend::echo().await;
    let port = format!(":{}", backend.address().port());
    let values = [("host", "127.0.0.1"), ("port", port.as_str()), ("base", "v1/inner"), ("edition", "2")];
    let (mut scene, _) = with(Dialect::Alibaba, &values);
    let id = Parameter::new("id", Location::Path);
    scene.publish(
        api::get("/pets/[id]").to_url("http://#host##port#").at("/#base#/edition-#edition#/[id]").maps(
            id,
            Location::Path,
            "id",
        ),
    );
    let gateway = scene.start().await;
    assert_eq!(gateway.get("/pets/a%20b").send().await.status, 200);
    assert_eq!(backend.last().target, "/v1/inner/edition-2/a%20b");
    assert_eq!(backend.last().header("host"), place(&backend));
}

#[tokio::test]
async fn a_value_names_the_access_that_calls_go_through() {
    let (blue, green) = (Backend::echo().await, Backend::echo().await);
    let access = |name: &str, backend: &Backend| BackendAccess {
        id: BackendAccessId::random(),
        name: name.to_owned(),
        network: "vpc-1".to_owned(),
        instance: "127.0.0.1".to_owned(),
        port: backend.address().port(),
        address: None,
        scheme: Scheme::Http,
        host: None,
        description: String::new(),
    };
    let (mut scene, made) = with(Dialect::Alibaba, &[("color", "blue")]);
    let mut way = access("vault-blue", &blue);
    for access in [&way, &access("vault-green", &green)] {
        scene.put(Document::BackendAccess(access.clone()));
    }
    scene.publish(api::get("/pets").to(&blue).http(|backend| {
        backend.to = Destination::NamedAccess { name: "vault-#color#".to_owned(), scheme: None };
    }));
    let gateway = scene.start().await;
    let served = async || {
        let status = gateway.get("/pets").send().await.status;
        (status, blue.received().len(), green.received().len())
    };
    assert_eq!(served().await, (200, 1, 0));
    set(&gateway, &made[0], "green").await;
    assert_eq!(served().await, (200, 1, 1));
    // Whoever has the name is meant.
    set(&gateway, &made[0], "red").await;
    let answer = gateway.get("/pets").send().await;
    assert_eq!(answer.verdict(), "504 X504VE Backend service vpc mapped failed");
    way.name = "vault-red".to_owned();
    gateway.change(vec![Change::Put(Document::BackendAccess(way.clone()))]).await;
    assert_eq!(served().await, (200, 2, 1));
    gateway.change(vec![Change::Delete(Key::of::<BackendAccess>(way.id))]).await;
    assert_eq!(served().await, (504, 2, 1));
}

#[tokio::test]
async fn each_stage_has_its_own_value() {
    let (released, rehearsed) = (Backend::echo().await, Backend::echo().await);
    let (mut scene, _) = with(Dialect::Alibaba, &[("place", &place(&released))]);
    let pre = variable(&scene, "PRE", "place", &place(&rehearsed));
    scene.put(Document::Variable(pre));
    let pets = scene.publish(api::get("/pets").to_url("http://#place#"));
    scene.publish_to(pets, "PRE", api::get("/pets").to_url("http://#place#"));
    let gateway = scene.start().await;
    gateway.get("/pets").send().await;
    gateway.get("/pets").header("X-Ca-Stage", "PRE").send().await;
    gateway.get("/pets").header("X-Ca-Stage", "PRE").send().await;
    assert_eq!((released.received().len(), rehearsed.received().len()), (1, 2));
}

#[tokio::test]
async fn a_new_value_is_served_at_once_on_open_connections_too() {
    let (old, new) = (Backend::echo().await, Backend::echo().await);
    let (mut scene, made) = with(Dialect::Huawei, &[("place", &place(&old)), ("base", "v1")]);
    scene.publish(api::get("/pets").to_url("http://#place#").at("/#base#/pets"));
    let gateway = scene.start().await;
    let mut connection = gateway.connect().await;
    connection.send(&gateway.get("/pets")).await;
    assert_eq!(old.last().target, "/v1/pets");
    set(&gateway, &made[0], &place(&new)).await;
    set(&gateway, &made[1], "v2").await;
    connection.send(&gateway.get("/pets")).await;
    assert_eq!(new.last().target, "/v2/pets");
    assert_eq!((old.received().len(), new.received().len()), (1, 1));
}

#[tokio::test]
async fn where_a_value_is_missing_the_api_says_so_and_its_neighbours_serve_on() {
    let mut verdicts = Vec::new();
    for dialect in Dialect::ALL {
        let backend = Backend::echo().await;
        let (mut scene, made) = with(dialect, &[("place", &place(&backend)), ("base", "v1")]);
        scene.publish(api::get("/pets").to_url("http://#place#").at("/#base#"));
        scene.publish(api::get("/other").mock(200, "other"));
        let gateway = scene.start().await;
        let told = async || gateway.get("/pets").send().await.verdict();
        assert_eq!(gateway.get("/pets").send().await.status, 200);
        unset(&gateway, &made[0]).await;
        verdicts.push(told().await);
        assert_eq!(gateway.get("/other").send().await.verdict(), "200 other");
        assert_eq!(gateway.gateway.set_aside().len(), 1);
        // A value that makes no address shows nothing of what is inside.
        set(&gateway, &made[0], "10.0.0.7:none").await;
        verdicts.push(told().await);
        set(&gateway, &made[0], &place(&backend)).await;
        set(&gateway, &made[1], "a/../..").await;
        verdicts.push(told().await);
        set(&gateway, &made[1], "v2").await;
        assert_eq!(gateway.get("/pets").send().await.status, 200);
        assert_eq!(backend.last().target, "/v2");
        assert_eq!(gateway.gateway.set_aside(), []);
    }
    insta::assert_snapshot!(verdicts.join("\n"), @r"
    404 I404SR Stage route missing: the variable `place` has no value in the stage
    404 I404SR Stage route missing: the value of a variable does not fit
    404 I404SR Stage route missing: the value of a variable does not fit
    500 APIG.0105 The backend configurations do not exist.
    500 APIG.0105 The backend configurations do not exist.
    500 APIG.0105 The backend configurations do not exist.
    ");
}

#[tokio::test]
async fn what_is_wrong_is_told_the_operator() {
    let (mut scene, made) = with(Dialect::Alibaba, &[("place", "10.0.0.7:none")]);
    scene.publish(api::get("/pets").to_url("http://#place#").at("/#base#"));
    let gateway = scene.start().await;
    let reason = || gateway.gateway.set_aside()[0].reason.clone();
    insta::assert_snapshot!(reason(), @"/backend/path: the variable `base` has no value in the stage");
    let base = Variable::id_of(made[0].group, made[0].stage, "base");
    let base = Variable { id: base, name: "base".to_owned(), ..made[0].clone() };
    set(&gateway, &base, "v1").await;
    insta::assert_snapshot!(reason(), @"/backend/to/url: `10.0.0.7:none` is not host[:port]: the port is a number from 1 to 65535");
}

/// The variables of a deployment may come after it: pages are read kind by kind, and the feed goes on meanwhile.
#[tokio::test]
async fn variables_may_come_after_what_names_them() {
    let backend = Backend::echo().await;
    let mut scene = Scene::new(Dialect::Alibaba);
    scene.publish(api::get("/pets").to_url("http://#place#"));
    let late = variable(&scene, "RELEASE", "place", &place(&backend));
    let gateway = scene.start().await;
    assert_eq!(gateway.get("/pets").send().await.status, 404);
    set(&gateway, &late, &late.value).await;
    assert_eq!(gateway.get("/pets").send().await.status, 200);
}

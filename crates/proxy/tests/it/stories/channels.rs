//! Backends behind names: channels with members, and accesses. They change without a release.

mod balance;
mod edited;
mod explained;
mod health;
mod instances;
mod nowhere;
mod secured;
mod vanished;

use std::net::SocketAddr;

use futures_util::future::join_all;
use http::Method;
use paifang_model::channel::HealthCheck;
use paifang_model::definition::{Destination, HttpBackend, Scheme};
use paifang_model::id::{BackendAccessId, ChannelId};
use paifang_model::{BackendAccess, Channel, Dialect, Member};
use paifang_proxy::channel::MemberState;
use paifang_proxy::config::{Change, Document};
use paifang_testkit::api::Api;
use paifang_testkit::{Backend, Scene, TestGateway, api};
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// A gateway whose one API goes to a channel of these members, by weight.
pub(super) async fn before(members: &[(&Backend, u16)], api: Api) -> TestGateway {
    let channel = channel(members);
    let mut scene = Scene::new(Dialect::Huawei);
    scene.publish(through(api, channel.id));
    scene.put(Document::Channel(channel));
    scene.start().await
}

fn channel(members: &[(&Backend, u16)]) -> Channel {
    let member = |(backend, weight): &(&Backend, u16)| Member {
        port: backend.address().port(),
        weight: *weight,
        ..Member::at(backend.address().ip().to_string())
    };
    Channel { members: members.iter().map(member).collect(), ..Channel::named("members", 80) }
}

fn through(api: Api, channel: ChannelId) -> Api {
    api.with(|api| {
        let mut backend = HttpBackend::at("http://unused");
        backend.to = Destination::Channel { channel, scheme: Scheme::Http };
        api.backend = paifang_model::definition::Backend::Http(backend);
    })
}

#[tokio::test]
async fn members_take_calls_by_their_weight() {
    let (heavy, light, none) = (Backend::echo().await, Backend::echo().await, Backend::echo().await);
    let gateway = before(&[(&heavy, 30), (&light, 10), (&none, 0)], api::get("/pets")).await;
    let mut connection = gateway.connect().await;
    for _ in 0..1_000 {
        assert_eq!(connection.send(&gateway.get("/pets")).await.status, 200);
    }
    let taken = [&heavy, &light, &none].map(|backend| backend.received().len());
    assert_eq!(taken, [750, 250, 0]);
}

#[tokio::test]
async fn a_member_that_is_switched_off_takes_none() {
    let (on, off) = (Backend::echo().await, Backend::echo().await);
    let mut channel = channel(&[(&on, 1), (&off, 1)]);
    channel.members[1].enabled = false;
    let mut scene = Scene::new(Dialect::Huawei);
    scene.publish(through(api::get("/pets"), channel.id));
    scene.put(Document::Channel(channel));
    let gateway = scene.start().await;
    for _ in 0..4 {
        gateway.get("/pets").send().await;
    }
    assert_eq!((on.received().len(), off.received().len()), (4, 0));
}

async fn verdicts(make: impl Fn(&mut Scene)) -> String {
    let mut verdicts = Vec::new();
    for dialect in Dialect::ALL {
        let mut scene = Scene::new(dialect);
        make(&mut scene);
        verdicts.push(scene.start().await.get("/pets").send().await.verdict());
    }
    verdicts.join("\n")
}

#[tokio::test]
async fn a_channel_without_members_answers_nobody() {
    let verdicts = verdicts(|scene| {
        let channel = channel(&[]);
        scene.publish(through(api::get("/pets"), channel.id));
        scene.put(Document::Channel(channel));
    });
    insta::assert_snapshot!(verdicts.await, @r"
    504 D504CO Backend service connect failed `no member takes calls`
    502 APIG.0610 No backend available.
    ");
}

#[tokio::test]
async fn a_channel_that_is_gone_is_the_providers_mistake() {
    let verdicts = verdicts(|scene| {
        scene.publish(through(api::get("/pets"), ChannelId::random()));
    });
    insta::assert_snapshot!(verdicts.await, @r"
    504 X504VE Backend service vpc mapped failed
    500 APIG.0609 The VPC backend does not exist.
    ");
}

#[tokio::test]
async fn a_channel_changes_without_a_release() {
    let (old, new) = (Backend::echo().await, Backend::echo().await);
    let mut channel = channel(&[(&old, 1)]);
    let mut scene = Scene::new(Dialect::Huawei);
    scene.publish(through(api::get("/pets"), channel.id));
    scene.put(Document::Channel(channel.clone()));
    let gateway = scene.start().await;
    gateway.get("/pets").send().await;
    channel.members[0].port = new.address().port();
    gateway.change(vec![Change::Put(Document::Channel(channel))]).await;
    gateway.get("/pets").send().await;
    assert_eq!((old.received().len(), new.received().len()), (1, 1));
}

/// Spec: huawei/calling.md §9.
#[tokio::test]
async fn members_are_told_the_callers_host_unless_the_channel_has_one() {
    let backend = Backend::echo().await;
    let mut channel = channel(&[(&backend, 1)]);
    let mut scene = Scene::new(Dialect::Huawei);
    scene.publish(through(api::get("/pets"), channel.id));
    scene.put(Document::Channel(channel.clone()));
    let gateway = scene.start().await;
    gateway.get("/pets").send().await;
    assert_eq!(backend.last().header("host"), "api.example.com");
    channel.host = Some("inside.example.com".to_owned());
    gateway.change(vec![Change::Put(Document::Channel(channel))]).await;
    gateway.get("/pets").send().await;
    assert_eq!(backend.last().header("host"), "inside.example.com");
}

/// Spec: huawei/vpc-channels.md, `vpc_channel_proxy_host`.
#[tokio::test]
async fn members_are_told_the_host_that_the_api_names_before_that_of_the_channel() {
    let backend = Backend::echo().await;
    let channel = Channel { host: Some("inside.example.com".to_owned()), ..channel(&[(&backend, 1)]) };
    let mut scene = Scene::new(Dialect::Huawei);
    let named = through(api::get("/pets"), channel.id);
    scene.publish(named.http(|backend| backend.host = Some("pets.example.com".to_owned())));
    scene.publish(through(api::get("/cats"), channel.id));
    scene.put(Document::Channel(channel));
    let gateway = scene.start().await;
    gateway.get("/pets").send().await;
    assert_eq!(backend.last().header("host"), "pets.example.com");
    gateway.get("/cats").send().await;
    assert_eq!(backend.last().header("host"), "inside.example.com");
}

fn access(backend: &Backend) -> BackendAccess {
    BackendAccess {
        id: BackendAccessId::random(),
        name: "inside".to_owned(),
        network: "vpc-1".to_owned(),
        instance: "i-1".to_owned(),
        port: backend.address().port(),
        address: Some("localhost".to_owned()),
        scheme: Scheme::Http,
        host: None,
        description: String::new(),
    }
}

fn by_access(api: Api, access: BackendAccessId) -> Api {
    api.with(|api| {
        let mut backend = HttpBackend::at("http://unused");
        backend.to = Destination::Access { access, scheme: None };
        api.backend = paifang_model::definition::Backend::Http(backend);
    })
}

#[tokio::test]
async fn an_access_names_a_backend_and_may_have_a_host_of_its_own() {
    let (old, new) = (Backend::echo().await, Backend::echo().await);
    let mut way = access(&old);
    let mut scene = Scene::new(Dialect::Alibaba);
    scene.publish(by_access(api::get("/pets"), way.id));
    scene.put(Document::BackendAccess(way.clone()));
    let gateway = scene.start().await;
    assert_eq!(gateway.get("/pets").send().await.status, 200);
    assert_eq!(old.last().header("host"), format!("localhost:{}", old.address().port()));
    way.host = Some("inside.example.com".to_owned());
    way.port = new.address().port();
    gateway.change(vec![Change::Put(Document::BackendAccess(way))]).await;
    gateway.get("/pets").send().await;
    assert_eq!(new.last().header("host"), "inside.example.com");
}

#[tokio::test]
async fn tls_is_spoken_through_an_access_as_the_api_says_and_else_as_the_access_does() {
    let (plain, secret) = (Backend::echo().await, Backend::tls().await);
    let through = |backend: &Backend, scheme| BackendAccess { scheme, ..access(backend) };
    let mut way = through(&secret, Scheme::Http);
    let named = BackendAccess { name: "by_name".to_owned(), ..through(&secret, Scheme::Http) };
    let to = |path, to: Destination| {
        api::get(path).with(|api| {
            let http = HttpBackend { to, verify_certificate: false, ..HttpBackend::at("http://unused") };
            api.backend = paifang_model::definition::Backend::Http(http);
        })
    };
    let by = |scheme| Destination::Access { access: way.id, scheme };
    let mut scene = Scene::new(Dialect::Alibaba);
    scene.publish(to("/own", by(None)));
    scene.publish(to("/https", by(Some(Scheme::Https))));
    scene.publish(to("/http", by(Some(Scheme::Http))));
    let scheme = Some(Scheme::Https);
    scene.publish(to("/named", Destination::NamedAccess { name: named.name.clone(), scheme }));
    for access in [&way, &named] {
        scene.put(Document::BackendAccess(access.clone()));
    }
    let gateway = scene.start().await;
    let status = async |path| gateway.get(path).send().await.status;
    assert_eq!((status("/https").await, status("/named").await), (200, 200));
    assert_ne!(status("/own").await, 200, "the access speaks plain text with one that speaks TLS");
    way.scheme = Scheme::Https;
    gateway.change(vec![Change::Put(Document::BackendAccess(way.clone()))]).await;
    assert_eq!(status("/own").await, 200);
    assert_ne!(status("/http").await, 200, "the API wants plain text");
    way.port = plain.address().port();
    gateway.change(vec![Change::Put(Document::BackendAccess(way))]).await;
    assert_eq!(status("/http").await, 200);
    assert_ne!(status("/https").await, 200, "the API wants TLS");
}

#[tokio::test]
async fn whether_somebody_takes_a_connection_is_looked_at_where_backends_may_be() {
    let backend = Backend::echo().await;
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let gateway = Scene::new(Dialect::Alibaba).start().await;
    let port = backend.address().port();
    assert_eq!(gateway.gateway.knock("127.0.0.1", port).await, Ok(()));
    let told = async |host, port| gateway.gateway.knock(host, port).await.unwrap_err();
    assert!(told("127.0.0.1", free.port()).await.starts_with("connecting failed: "));
    assert_eq!(&*told("169.254.169.254", 80).await, "no backend may be at 169.254.169.254:80");
    assert!(backend.received().is_empty(), "nothing is sent");
}

#[tokio::test]
async fn an_access_that_is_gone_is_the_providers_mistake() {
    let verdicts = verdicts(|scene| {
        scene.publish(by_access(api::get("/pets"), BackendAccessId::random()));
    });
    insta::assert_snapshot!(verdicts.await, @r"
    504 X504VE Backend service vpc mapped failed
    500 APIG.0609 The VPC backend does not exist.
    ");
}

/// Waits until this node knows these states of the members.
async fn until(gateway: &TestGateway, channel: ChannelId, wanted: &[MemberState]) {
    loop {
        let health = gateway.gateway.channel_health(channel).unwrap();
        if health.iter().map(|member| member.state).eq(wanted.iter().copied()) {
            return;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_dead_member_costs_no_call() {
    let (dead, alive) = (Backend::absent().await, Backend::echo().await);
    let channel = channel(&[(&dead, 1), (&alive, 1)]);
    let mut scene = Scene::new(Dialect::Huawei);
    scene.publish(through(api::post("/pets"), channel.id));
    scene.put(Document::Channel(channel.clone()));
    let gateway = scene.start().await;
    for _ in 0..20 {
        assert_eq!(gateway.post("/pets", "a").send().await.status, 200);
    }
    assert_eq!(alive.received().len(), 20);
    let health = gateway.gateway.channel_health(channel.id).unwrap();
    assert_eq!(health[0].state, MemberState::Ejected);
    assert!(health[0].reason.as_deref().unwrap().contains("refused"), "{health:?}");
}

/// One that takes calls and answers none until it is killed.
struct Mortal {
    address: SocketAddr,
    heads: watch::Receiver<Vec<String>>,
    life: tokio::task::JoinHandle<()>,
}

impl Mortal {
    async fn born() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, (heard, heads)) = (listener.local_addr().unwrap(), watch::channel(Vec::new()));
        let life = tokio::spawn(async move {
            let mut callers = Vec::new();
            while let Ok((mut caller, _)) = listener.accept().await {
                let mut head = Vec::new();
                while !head.windows(4).any(|end| end == b"\r\n\r\n") {
                    caller.read_buf(&mut head).await.unwrap();
                }
                heard.send_modify(|heads| heads.push(String::from_utf8_lossy(&head).into_owned()));
                callers.push(caller);
            }
        });
        Self { address, heads, life }
    }

    /// Returns when so many calls are under way there.
    async fn has(&self, calls: usize) {
        self.heads.clone().wait_for(|heads| heads.len() == calls).await.unwrap();
    }

    /// Dies, with its socket and all connections; what it was asked.
    async fn killed(self) -> Vec<String> {
        self.life.abort();
        let _ = self.life.await;
        self.heads.borrow().clone()
    }
}

/// Only calls under way at the member that dies can be lost, and only those that must not be sent again.
#[tokio::test]
async fn a_member_that_is_killed_costs_what_is_under_way_there_and_must_not_be_sent_again() {
    let (mortal, alive) = (Mortal::born().await, Backend::echo().await);
    let mut channel = channel(&[(&alive, 1), (&alive, 1)]);
    channel.members[0].port = mortal.address.port();
    let mut scene = Scene::new(Dialect::Huawei);
    scene.publish(through(api::any("/pets"), channel.id));
    scene.put(Document::Channel(channel));
    let gateway = scene.start().await;
    let call = |number: usize| match number % 4 {
        0 | 1 => gateway.get("/pets"),
        _ => gateway.post("/pets", "a"),
    };
    let under_way = join_all((0..24).map(|number| {
        let call = call(number);
        async move { (call.method.clone(), call.send().await.status) }
    }));
    let kill = async {
        mortal.has(12).await;
        mortal.killed().await
    };
    let (ended, asked) = tokio::join!(under_way, kill);
    let lost: Vec<_> = ended.iter().filter(|(_, status)| *status != 200).collect();
    assert!(lost.iter().all(|(method, _)| *method == Method::POST), "{lost:?}");
    let posts = asked.iter().filter(|head| head.starts_with("POST ")).count();
    assert!(posts > 0 && lost.len() == posts, "{} of {posts} are lost", lost.len());
    for number in 0..20 {
        assert_eq!(call(number).send().await.status, 200);
    }
}

fn check(settings: &str) -> Option<HealthCheck> {
    let quick = r#""healthy_after":1,"unhealthy_after":1,"timeout_s":1,"interval_s":2"#;
    Some(serde_json::from_str(&format!("{{{quick},{settings}}}")).unwrap())
}

#[tokio::test]
async fn members_that_answer_badly_are_left_out_and_backups_come_in() {
    let (bad, well, backup) = (failing().await, Backend::echo().await, Backend::echo().await);
    let mut channel = channel(&[(&bad, 1), (&well, 1), (&backup, 1)]);
    channel.members[2].backup = true;
    channel.health = check(r#""protocol":"http","path":"/up?deep=1","codes":"200-299""#);
    let mut scene = Scene::new(Dialect::Huawei);
    scene.publish(through(api::get("/pets"), channel.id));
    scene.put(Document::Channel(channel.clone()));
    let gateway = scene.start().await;
    until(&gateway, channel.id, &[MemberState::Unhealthy, MemberState::Healthy, MemberState::Healthy]).await;
    let reason = gateway.gateway.channel_health(channel.id).unwrap().remove(0).reason;
    assert_eq!(reason.as_deref(), Some("answered 503, not 200-299"));
    let asked = bad.received().remove(0);
    assert_eq!((asked.method.as_str(), asked.target.as_str()), ("GET", "/up?deep=1"));
    for _ in 0..4 {
        assert_eq!(gateway.get("/pets").send().await.status, 200);
    }
    assert!(backup.received().iter().all(|request| request.target == "/up?deep=1"));

    channel.members[1].enabled = false;
    gateway.change(vec![Change::Put(Document::Channel(channel.clone()))]).await;
    assert_eq!(gateway.get("/pets").send().await.status, 200);
    assert_eq!(backup.last().target, "/");
}

/// Whoever makes channels would learn what listens where the gateway is managed.
#[tokio::test]
async fn where_no_backend_may_be_nobody_is_asked() {
    for protocol in ["tcp", "http"] {
        let management = Backend::echo().await;
        let mut channel = channel(&[(&management, 1)]);
        channel.health = check(&format!(r#""protocol":"{protocol}""#));
        let mut scene = Scene::new(Dialect::Huawei);
        scene.settings.own_addresses = vec![management.address()];
        scene.publish(through(api::get("/pets"), channel.id));
        scene.put(Document::Channel(channel.clone()));
        let gateway = scene.start().await;
        until(&gateway, channel.id, &[MemberState::Unhealthy]).await;
        let reason = gateway.gateway.channel_health(channel.id).unwrap().remove(0).reason;
        assert_eq!(reason.as_deref(), Some(&*format!("no backend may be at {}", management.address())));
        assert_eq!(management.connections(), 0);
    }
}

#[tokio::test]
async fn nobody_well_is_told() {
    let absent = Backend::absent().await;
    let mut channel = channel(&[(&absent, 1)]);
    channel.health = check(r#""protocol":"tcp""#);
    let mut scene = Scene::new(Dialect::Huawei);
    scene.publish(through(api::get("/pets"), channel.id));
    scene.put(Document::Channel(channel.clone()));
    let gateway = scene.start().await;
    until(&gateway, channel.id, &[MemberState::Unhealthy]).await;
    assert_eq!(gateway.get("/pets").send().await.verdict(), "502 APIG.0610 No backend available.");
}

async fn failing() -> Backend {
    Backend::answering(|_| http::Response::builder().status(503).body(bytes::Bytes::new()).unwrap()).await
}

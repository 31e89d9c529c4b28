//! Gateways that share one PostgreSQL database: what is deployed through one is served by all, and calls go on while
//! the database is away.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread::Scope;
use std::time::{Duration, Instant};

use paifang_testkit::postgres::{Database, Server};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::command::{complained, paifang, printed};
use crate::gateway::{Gateway, place, serve};
use crate::http::{Answer, Call};
use crate::rest::mock;

/// Longer than a management call takes to say that the database is away, on a machine that is busy with other tests.
pub(crate) const SOON: Duration = Duration::from_secs(20);

/// The master key that all of them are given.
pub(crate) const MASTER_KEY: (&str, &str) =
    ("PAIFANG_MASTER_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");

pub(crate) fn start(place: &TempDir, database: &Database) -> Gateway {
    let mut command = serve(&place.path().join("data"), &["--store", &database.url()]);
    command.env(MASTER_KEY.0, MASTER_KEY.1);
    Gateway::start_as(place, command)
}

/// Lets this gateway's operator use the credentials that another one's first start made.
pub(crate) fn share_credentials(from: &Gateway, to: &Gateway) {
    let name = "first-credentials";
    std::fs::copy(from.data.join(name), to.data.join(name)).unwrap();
}

pub(crate) fn wait_until_served(gateway: &mut Gateway, host: &str, body: &str) {
    gateway.wait_for(host, |gateway| (gateway.call(host, "/hello").body == body).then_some(()));
}

#[test]
fn a_deployment_through_one_is_served_by_the_other() {
    let database = Database::fresh();
    let places = [place(), place()];
    let mut one = start(&places[0], &database);
    let mut other = start(&places[1], &database);
    assert!(!other.data.join("first-credentials").exists(), "the owner was there already");
    assert!(!other.data.join("paifang.db").exists(), "nothing is stored beside the database");
    share_credentials(&one, &other);

    one.publish("one.example.com", &mock("by one"));
    wait_until_served(&mut other, "one.example.com", "by one");
    other.publish("other.example.com", &mock("by the other"));
    wait_until_served(&mut one, "other.example.com", "by the other");
    one.stop();

    let mut reset = paifang(&["reset-password", "--store", &database.url(), "--data-dir"]);
    let second = printed(reset.arg(&other.data).env(MASTER_KEY.0, MASTER_KEY.1));
    let password = second.trim().rsplit(' ').next().unwrap();
    let body = json!({ "name": "admin", "password": password }).to_string();
    let sign_in = Call::new("POST", "/api/v1/session", &body).header("Content-Type", "application/json");
    assert_eq!(sign_in.send(other.management).status, 201);
    other.stop();

    let one = start(&places[0], &database);
    assert_eq!(one.call("other.example.com", "/hello").body, "by the other");
    one.stop();
}

/// What a gateway says of another node; none when it does not know it.
fn node(asked: &Gateway, of: &Gateway) -> Option<Value> {
    let id = std::fs::read_to_string(of.data.join("node-id")).unwrap();
    let mut nodes = asked.done("GET", "/nodes", &Value::Null)["items"].take();
    nodes.as_array_mut().unwrap().iter_mut().find(|node| node["id"] == id.trim()).map(Value::take)
}

pub(crate) fn wait_until_live(asked: &mut Gateway, of: &Gateway, live: bool) {
    let told = |asked: &mut Gateway| node(asked, of).filter(|node| node["live"] == live);
    asked.wait_for("the other node's state", told);
}

#[test]
fn a_deployment_that_waits_is_live_on_all_nodes() {
    let database = Database::fresh();
    let places = [place(), place()];
    let (mut one, other) = (start(&places[0], &database), start(&places[1], &database));
    share_credentials(&one, &other);
    wait_until_live(&mut one, &other, true);
    let api = one.publish("proof.example.com", &mock("first"));
    let mut draft = one.done("GET", &format!("/apis/{api}"), &Value::Null)["definition"].take();
    let mut deploy = |body: &str, through: &Gateway, wait: &str| {
        draft["backend"] = mock(body);
        through.done("PUT", &format!("/apis/{api}"), &draft);
        let path = format!("/apis/{api}/deployments/RELEASE?wait={wait}");
        through.done("PUT", &path, &json!({}))
    };
    for (through, sees, body) in [(&one, &other, "second"), (&other, &one, "third")] {
        let deployed = deploy(body, through, "30s");
        // Nothing waits here: the answer is the proof.
        assert_eq!(sees.call("proof.example.com", "/hello").body, body);
        assert_eq!(deployed["live"]["sentence"], "live on 2 of 2", "{deployed}");
    }

    // It is there and does nothing: waited for in vain, then no longer counted on.
    other.signal("STOP");
    let deployed = deploy("fourth", &one, "500ms");
    assert_eq!((&deployed["live"]["serving"], &deployed["live"]["of"]), (&json!(1), &json!(2)), "{deployed}");
    let sentence = deployed["live"]["sentence"].as_str().unwrap();
    assert!(sentence.starts_with("live on 1 of 2; not yet on "), "{sentence}");
    let revision = deployed["revision"].as_u64().unwrap();
    let behind = node(&one, &other).unwrap();
    assert!(behind["served_revision"].as_u64().unwrap() < revision, "{behind}");
    wait_until_live(&mut one, &other, false);
    let deployed = deploy("fifth", &one, "30s");
    assert_eq!(deployed["live"]["sentence"], "live on 1 of 1");

    other.signal("CONT");
    wait_until_live(&mut one, &other, true);
    let revision = deployed["revision"].as_u64().unwrap();
    let read = one.done("GET", &format!("/revisions/{revision}?wait=30s"), &Value::Null);
    assert_eq!(read["live"]["sentence"], "live on 2 of 2");
    assert_eq!(other.call("proof.example.com", "/hello").body, "fifth");

    // Whoever ends as it should is gone at once.
    other.stop();
    let nodes = one.done("GET", "/nodes", &Value::Null)["items"].take();
    assert_eq!(nodes.as_array().unwrap().len(), 1, "{nodes}");
    assert_eq!(nodes[0]["management"], one.management.to_string());
    one.stop();
}

#[test]
fn of_two_first_starts_one_makes_the_owner() {
    let database = Database::fresh();
    let places = [place(), place()];
    let gateways = std::thread::scope(|scope| {
        places
            .each_ref()
            .map(|place| scope.spawn(|| start(place, &database)))
            .map(|started| started.join().unwrap())
    });
    let has_credentials = gateways.each_ref().map(|gateway| gateway.data.join("first-credentials").exists());
    let [first, second] = &gateways;
    match has_credentials {
        [true, false] => share_credentials(first, second),
        [false, true] => share_credentials(second, first),
        both => panic!("who has credentials: {both:?}"),
    }
    for gateway in gateways {
        let users = gateway.done("GET", "/users", &Value::Null);
        assert_eq!(users["items"].as_array().unwrap().len(), 1, "{users}");
        gateway.stop();
    }
}

/// Two gateways under load come through an outage of their database: no call fails, nobody restarts anything, and afterwards
/// all is well.
pub(crate) fn come_through(outage: impl FnOnce(&Arc<Server>, [&Gateway; 2], &Load)) {
    let server = Arc::new(Server::start());
    let database = Database::within(&server);
    let places = [place(), place()];
    let (mut one, mut other) = (start(&places[0], &database), start(&places[1], &database));
    share_credentials(&one, &other);
    one.publish("kept.example.com", &mock("still here"));
    wait_until_served(&mut other, "kept.example.com", "still here");

    let load = Load::default();
    std::thread::scope(|scope| {
        // Ends the load also when the story fails.
        let _end = End(&load);
        load.start(scope, [&one, &other].map(|gateway| gateway.http));
        load.wait_for_calls(200);
        outage(&server, [&one, &other], &load);
    });
    assert_eq!(load.failed(), Vec::<String>::new());

    wait_until_managed(&mut one);
    wait_until_managed(&mut other);
    one.publish("new.example.com", &mock("made after"));
    wait_until_served(&mut other, "new.example.com", "made after");
    wait_until_served(&mut one, "new.example.com", "made after");
    assert_eq!(one.call("kept.example.com", "/hello").body, "still here");
    one.stop();
    other.stop();
}

pub(crate) fn wait_until_managed(gateway: &mut Gateway) {
    gateway.wait_for("management", |gateway| {
        (gateway.manage("GET", "/groups", &Value::Null).status == 200).then_some(())
    });
}

/// With `PAIFANG_SOAK` the database is away for a minute.
#[test]
fn calls_go_on_while_the_database_is_away() {
    let soak = std::env::var_os("PAIFANG_SOAK").is_some();
    let away_for = if soak { Duration::from_secs(60) } else { Duration::from_secs(1) };
    come_through(|server, gateways, load| {
        server.stop();
        let stopped = Instant::now();
        let mut told = 0;
        while told < 3 || stopped.elapsed() < away_for {
            for gateway in gateways {
                told += 1;
                says_that_the_store_is_away(gateway);
            }
        }
        load.wait_for_calls(200);
        server.resume();
    });
}

#[test]
fn a_gateway_that_starts_while_the_database_is_away_serves_what_was_served_last() {
    let server = Arc::new(Server::start());
    let database = Database::within(&server);
    let (home, fresh) = (place(), place());
    let one = start(&home, &database);
    one.publish("kept.example.com", &mock("still here"));
    one.stop();

    server.stop();
    let refused = complained(
        serve(&fresh.path().join("data"), &["--store", &database.url()]).env(MASTER_KEY.0, MASTER_KEY.1),
    );
    assert!(refused.contains("opening the store"), "there is nothing to serve meanwhile: {refused}");
    let mut one = start(&home, &database);
    assert_eq!(one.call("kept.example.com", "/hello").body, "still here");
    says_that_the_store_is_away(&one);
    assert_eq!(Call::get("/readyz").send(one.management).status, 200, "calls may come");

    server.resume();
    one.wait_for("management", |one| {
        (one.manage("GET", "/groups", &Value::Null).status == 200).then_some(())
    });
    one.publish("new.example.com", &mock("made after"));
    wait_until_served(&mut one, "new.example.com", "made after");
    assert_eq!(one.call("kept.example.com", "/hello").body, "still here");
    one.stop();
}

pub(crate) fn says_that_the_store_is_away(gateway: &Gateway) {
    let asked = Instant::now();
    let Answer { status, body } = gateway.manage("GET", "/groups", &Value::Null);
    assert_eq!(status, 503, "{body}");
    let problem: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(problem["detail"], "the store is not available", "{body}");
    assert!(asked.elapsed() < SOON, "{:?}", asked.elapsed());
}

/// Between two calls.
const PAUSE: Duration = Duration::from_millis(2);

/// Calls, one after another to each gateway, of which none may fail.
#[derive(Default)]
pub(crate) struct Load {
    ended: AtomicBool,
    calls: AtomicU32,
    failures: std::sync::Mutex<Vec<String>>,
}

impl Load {
    pub(crate) fn start<'s>(&'s self, scope: &'s Scope<'s, '_>, gateways: [std::net::SocketAddr; 2]) {
        for http in gateways {
            scope.spawn(move || {
                let call = Call::get("/hello").header("Host", "kept.example.com");
                while !self.ended.load(Ordering::Relaxed) {
                    let answer = call.try_send(http);
                    if !matches!(&answer, Ok(answer) if answer.status == 200 && answer.body == "still here") {
                        self.failures.lock().unwrap().push(format!("{http}: {answer:?}"));
                    }
                    self.calls.fetch_add(1, Ordering::Relaxed);
                    // Or else nothing is left for the database, which has to end and to start beside them.
                    std::thread::sleep(PAUSE);
                }
            });
        }
    }

    /// Waits for so many calls more.
    pub(crate) fn wait_for_calls(&self, number: u32) {
        let target = self.calls.load(Ordering::Relaxed) + number;
        let deadline = Instant::now() + Duration::from_secs(60);
        while self.calls.load(Ordering::Relaxed) < target {
            assert!(Instant::now() < deadline, "waited in vain for calls");
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    pub(crate) fn failed(&self) -> Vec<String> {
        self.failures.lock().unwrap().clone()
    }
}

struct End<'l>(&'l Load);

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.0.ended.store(true, Ordering::Relaxed);
    }
}

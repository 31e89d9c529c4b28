//! A running gateway is replaced, up and down: callers, tunnels and those who manage it notice nothing.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use paifang_testkit::load::{Load, Manner, Target};
use paifang_testkit::{Backend, TlsCaller, soaked};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::command::{complained, paifang, printed};
use crate::gateway::{Gateway, place};
use crate::rest::mock;

const LOAD: [(Manner, usize); 3] = [(Manner::Kept, 3), (Manner::Fresh, 2), (Manner::H2, 2)];

fn upgrade(gateway: &Gateway, arguments: &[&str]) -> std::process::Command {
    let mut command = paifang(&["upgrade"]);
    command.arg("--data-dir").arg(&gateway.data).args(arguments);
    command
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// Callers of a group at one of its hosts, over plain text, and at its subdomain, over TLS.
struct Callers {
    plain: Load,
    secured: Load,
}

impl Callers {
    fn start(gateway: &Gateway, host: &str) -> Self {
        let target = |address, host: &str, tls| Target {
            address,
            host: host.to_owned(),
            path: "/hello".to_owned(),
            tls,
        };
        let plain = target(gateway.http, host, None);
        let authority = std::fs::read_to_string(gateway.data.join("ca.pem")).unwrap();
        let domain = gateway.done("GET", &format!("/domains/{host}"), &Value::Null);
        let group =
            gateway.done("GET", &format!("/groups/{}", domain["group"].as_str().unwrap()), &Value::Null);
        let subdomain = group["subdomain"].as_str().unwrap();
        let secured = target(gateway.https, subdomain, Some(TlsCaller::trusting(&authority)));
        Self { plain: Load::start(plain, &LOAD), secured: Load::start(secured, &LOAD) }
    }

    async fn wait_for(&self, further: u64) {
        tokio::join!(self.plain.wait_for(further), self.secured.wait_for(further));
    }

    fn turn_away(&self) {
        self.plain.turn_away();
        self.secured.turn_away();
    }

    async fn end(self) {
        self.plain.end().await;
        self.secured.end().await;
    }
}

#[test]
fn a_gateway_is_replaced_under_load_and_nobody_notices() {
    let (place, runtime) = (place(), runtime());
    let mut gateway = Gateway::start_with(&place, &["--drain-timeout", "300"]);
    let backend = runtime.block_on(Backend::echo());
    gateway.publish("load.example.com", &to(&backend));
    let chat = runtime.block_on(chat());
    gateway.publish_websocket("chat.example.com", &to(&chat));
    let load = runtime.block_on(async { Callers::start(&gateway, "load.example.com") });
    let (caller, over) = (gateway.caller(), AtomicBool::new(false));
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut made = Vec::new();
            while !over.load(Ordering::Relaxed) {
                let name = format!("app_{}", made.len());
                let answer = caller.signed("POST", "/apps", &json!({ "name": name })).send(caller.management);
                assert_eq!(answer.status, 201, "{answer:?}");
                made.push(answer.json()["id"].as_str().unwrap().to_owned());
            }
            made
        });
        // Up and down: the one that serves is replaced, each time by a file of another name.
        for turn in 0..soaked(2, 20) {
            let binary = place.path().join(format!("paifang-{turn}"));
            std::fs::hard_link(env!("CARGO_BIN_EXE_paifang"), &binary)
                .or_else(|_| std::fs::copy(env!("CARGO_BIN_EXE_paifang"), &binary).map(drop))
                .unwrap();
            let mut tunnel = Tunnel::open(&gateway, "chat.example.com");
            tunnel.says_back("before");
            runtime.block_on(load.wait_for(200));
            let said = printed(&mut upgrade(&gateway, &["--binary", binary.to_str().unwrap()]));
            let from = gateway.process;
            assert!(said.contains(&format!("process {from} answers what it has")), "{said}");
            gateway.succeeded(from);
            let runs = std::fs::read_link(format!("/proc/{}/exe", gateway.process)).unwrap();
            assert_eq!(runs, binary);
            runtime.block_on(load.wait_for(200));
            // The old process stays for the tunnel alone.
            tunnel.says_back("after");
            assert!(is_alive(from));
            drop(tunnel);
            gateway.wait_for("the end of the old process", |_| (!is_alive(from)).then_some(()));
        }
        over.store(true, Ordering::Relaxed);
        let made = writer.join().unwrap();
        assert!(made.len() > 10);
        for app in made {
            gateway.done("GET", &format!("/apps/{app}"), &Value::Null);
        }
    });
    runtime.block_on(load.end());
    gateway.stop();
}

#[test]
fn a_tunnel_of_the_old_one_lives_until_the_drain_timeout_and_no_longer() {
    let (place, runtime) = (place(), runtime());
    let mut gateway = Gateway::start_with(&place, &["--drain-timeout", "5"]);
    let chat = runtime.block_on(chat());
    gateway.publish_websocket("chat.example.com", &to(&chat));
    let mut tunnel = Tunnel::open(&gateway, "chat.example.com");
    printed(&mut upgrade(&gateway, &[]));
    let from = gateway.process;
    gateway.succeeded(from);
    tunnel.says_back("after");
    assert!(is_alive(from), "it stays for the tunnel");
    assert!(tunnel.is_cut(), "nobody closed it but the old process");
    gateway.wait_for("the end of the old process", |_| (!is_alive(from)).then_some(()));
    Tunnel::open(&gateway, "chat.example.com").says_back("through the new one");
    gateway.stop();
}

/// Whoever connects while nobody is managed waits in the socket's queue; whoever is at the handshake is waited for.
#[test]
fn those_who_manage_it_over_tls_notice_nothing_either() {
    let (place, runtime) = (place(), runtime());
    let mut gateway = Gateway::start_with(&place, &["--management-tls"]);
    let authority = std::fs::read_to_string(gateway.data.join("ca.pem")).unwrap();
    let target = Target {
        address: gateway.management,
        host: "127.0.0.1".to_owned(),
        path: "/healthz".to_owned(),
        tls: Some(TlsCaller::trusting(&authority)),
    };
    let load = runtime.block_on(async { Load::start(target, &[(Manner::Fresh, 4)]) });
    for _ in 0..soaked(2, 20) {
        runtime.block_on(load.wait_for(50));
        let from = gateway.process;
        printed(&mut upgrade(&gateway, &[]));
        gateway.succeeded(from);
    }
    runtime.block_on(load.wait_for(50));
    runtime.block_on(load.end());
    gateway.stop();
}

#[test]
fn an_end_under_load_loses_no_call() {
    let (place, runtime) = (place(), runtime());
    let gateway = Gateway::start_with(&place, &["--drain-timeout", "300"]);
    let backend = runtime.block_on(Backend::echo());
    gateway.publish("load.example.com", &to(&backend));
    let load = runtime.block_on(async { Callers::start(&gateway, "load.example.com") });
    runtime.block_on(load.wait_for(200));
    // Those who have a connection, or are on their way to one, are served.
    load.turn_away();
    gateway.signal("TERM");
    assert!(gateway.ended().success());
    runtime.block_on(load.end());
}

#[test]
fn what_the_new_one_changes_holds_for_calls_that_the_old_one_still_answers() {
    let place = place();
    let mut gateway = Gateway::start_with(&place, &["--drain-timeout", "300"]);
    gateway.publish("before.example.com", &mock("before"));
    let mut kept = TcpStream::connect(gateway.http).unwrap();
    let mut ask = |host: &str| {
        write!(kept, "GET /hello HTTP/1.1\r\nhost: {host}\r\n\r\n").unwrap();
        let mut answer = vec![0; 4096];
        let read = kept.read(&mut answer).unwrap();
        String::from_utf8_lossy(&answer[..read]).into_owned()
    };
    assert!(ask("before.example.com").ends_with("before"));
    let from = gateway.process;
    printed(&mut upgrade(&gateway, &[]));
    gateway.succeeded(from);
    gateway.publish("after.example.com", &mock("after"));
    // It is asked now and then whether something has changed; this connection has one call.
    gateway.wait_for_log("served", |log| log.contains("Ending: calls under way are answered"));
    std::thread::sleep(std::time::Duration::from_millis(500));
    let answer = ask("after.example.com");
    assert!(answer.ends_with("after") && answer.contains("connection: close"), "{answer}");
    gateway.wait_for("the end of the old process", |_| (!is_alive(from)).then_some(()));
    gateway.stop();
}

#[test]
fn one_that_cannot_serve_changes_nothing_and_the_reason_is_told() {
    let place = place();
    let gateway = Gateway::start(&place);
    gateway.publish("before.example.com", &mock("before"));
    let told = |binary: &PathBuf, arguments: &[&str]| {
        let mut all = vec!["--binary", binary.to_str().unwrap()];
        all.extend(arguments);
        complained(&mut upgrade(&gateway, &all))
    };
    let serves = format!("exec {} \"$@\"", env!("CARGO_BIN_EXE_paifang"));
    let cases = [
        ("false", "exit 3", "the new process ended before it served: exit status: 3"),
        ("sleeps", "exec sleep 1000", "the new process did not serve within 2 s"),
        ("settings", &format!("{serves} --limits none"), "the settings cannot be used"),
        // It has the store by then.
        ("store", &format!("{serves} --store postgres://nobody@127.0.0.1:1/none"), "the new process says: "),
    ];
    for (name, script, reason) in cases {
        let complaint = told(&program(&place, name, script), &["--ready-within", "2"]);
        assert!(
            complaint.contains("the running gateway goes on") && complaint.contains(reason),
            "{complaint}"
        );
        let host = format!("{name}.example.com");
        gateway.publish(&host, &mock(name));
        assert_eq!(gateway.call(&host, "/hello").body, name);
    }
    assert!(told(&place.path().join("absent"), &[]).contains("there is no file"));
    assert_eq!(gateway.call("before.example.com", "/hello").body, "before");
    gateway.stop();
    // What was published after each of them was written down.
    let gateway = Gateway::start(&place);
    assert_eq!(gateway.call("store.example.com", "/hello").body, "store");
    gateway.stop();
}

#[test]
fn an_end_that_is_asked_for_meanwhile_comes() {
    let place = place();
    let gateway = Gateway::start(&place);
    let sleeps = program(&place, "sleeps", "exec sleep 1000");
    let mut asked = upgrade(&gateway, &["--binary", sleeps.to_str().unwrap()]);
    let asked = asked.stderr(std::process::Stdio::piped()).spawn().unwrap();
    gateway.wait_for_log("the handing over", |log| log.contains("Handing over to"));
    gateway.signal("TERM");
    let told = asked.wait_with_output().unwrap();
    assert!(String::from_utf8_lossy(&told.stderr).contains("was told to end meanwhile"), "{told:?}");
    assert!(gateway.ended().success());
}

#[test]
fn without_a_gateway_there_is_nothing_to_upgrade() {
    let place = place();
    let complaint = complained(paifang(&["upgrade"]).arg("--data-dir").arg(place.path()));
    assert!(complaint.contains("is one running on this data directory?"), "{complaint}");
}

/// A program that does this.
fn program(place: &TempDir, name: &str, script: &str) -> PathBuf {
    let path = place.path().join(name);
    std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
    path
}

fn to(backend: &Backend) -> Value {
    json!({ "kind": "http", "to": { "kind": "address", "url": backend.url() } })
}

/// Whether a process lives, which is not always this one's child.
fn is_alive(pid: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    // What has ended and was not waited for is a zombie.
    stat.rsplit(") ").next().is_some_and(|state| !state.is_empty() && !state.starts_with('Z'))
}

/// Switches protocols, and says everything back.
async fn chat() -> Backend {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    Backend::speaking(|mut stream, _| async move {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            stream.read_buf(&mut head).await.unwrap();
        }
        let switches = "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
            sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
        stream.write_all(switches.as_bytes()).await.unwrap();
        let (mut read, mut write) = stream.split();
        let _ = tokio::io::copy(&mut read, &mut write).await;
    })
    .await
}

/// A WebSocket through the gateway.
struct Tunnel(TcpStream);

impl Tunnel {
    fn open(gateway: &Gateway, host: &str) -> Self {
        let mut stream = TcpStream::connect(gateway.http).unwrap();
        let asks = format!(
            "GET /hello HTTP/1.1\r\nhost: {host}\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\
             sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        );
        stream.write_all(asks.as_bytes()).unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            head.push(byte[0]);
        }
        assert!(head.starts_with(b"HTTP/1.1 101 "), "{}", String::from_utf8_lossy(&head));
        Self(stream)
    }

    fn says_back(&mut self, words: &str) {
        self.0.write_all(words.as_bytes()).unwrap();
        let mut heard = vec![0; words.len()];
        self.0.read_exact(&mut heard).unwrap();
        assert_eq!(heard, words.as_bytes());
    }

    /// Waits for its end.
    fn is_cut(&mut self) -> bool {
        matches!(self.0.read(&mut [0]), Ok(0) | Err(_))
    }
}

//! As a service of systemd: it inherits sockets by name, and tells how far it is.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixDatagram;
use std::process::{Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use crate::command::{paifang, printed};
use crate::gateway::{Gateway, place, serve};
use crate::rest::mock;

/// Runs a command with sockets as systemd hands them over: from file 3 on, with the process' own number.
fn with_sockets(command: &Command, names: &str, sockets: [&TcpListener; 2]) -> Command {
    let script = format!(
        "exec 3<&0 4<&1 </dev/null >/dev/null; export LISTEN_PID=$$ LISTEN_FDS=2 LISTEN_FDNAMES={names}; exec \"$@\""
    );
    let mut shell = Command::new("sh");
    shell.args(["-c", &script, "sh"]).arg(command.get_program()).args(command.get_args());
    for (variable, _) in command.get_envs().filter(|(_, value)| value.is_none()) {
        shell.env_remove(variable);
    }
    let [stdin, stdout] = sockets.map(|socket| Stdio::from(OwnedFd::from(socket.try_clone().unwrap())));
    shell.stdin(stdin).stdout(stdout);
    shell
}

fn sockets() -> [TcpListener; 2] {
    [(); 2].map(|()| TcpListener::bind("127.0.0.1:0").unwrap())
}

fn start(place: &TempDir, [http, management]: &[TcpListener; 2]) -> Gateway {
    let command = serve(&place.path().join("data"), &[]);
    Gateway::spawned(place, with_sockets(&command, "http:management", [http, management]))
}

#[test]
fn sockets_are_inherited_and_callers_wait_while_no_gateway_runs() {
    let (place, sockets) = (place(), sockets());
    let gateway = start(&place, &sockets);
    assert_eq!(gateway.http, sockets[0].local_addr().unwrap());
    assert_eq!(gateway.management, sockets[1].local_addr().unwrap());
    gateway.publish("kept.example.com", &mock("still here"));
    gateway.stop();
    let mut waits = TcpStream::connect(sockets[0].local_addr().unwrap()).unwrap();
    waits.write_all(b"GET /hello HTTP/1.1\r\nhost: kept.example.com\r\nconnection: close\r\n\r\n").unwrap();
    let gateway = start(&place, &sockets);
    let mut answer = String::new();
    waits.read_to_string(&mut answer).unwrap();
    assert!(answer.ends_with("still here"), "{answer}");
    // It hands on what it inherited.
    let mut gateway = gateway;
    let from = gateway.process;
    printed(paifang(&["upgrade"]).arg("--data-dir").arg(&gateway.data));
    gateway.succeeded(from);
    assert_eq!(gateway.call("kept.example.com", "/hello").body, "still here");
    gateway.stop();
}

#[test]
fn the_socket_for_calls_over_tls_is_inherited_whatever_the_settings_say() {
    let (place, sockets) = (place(), sockets());
    let free = "127.0.0.1:0";
    let mut command = paifang(&["serve", "--http", free, "--https", "off", "--management", free]);
    command.arg("--data-dir").arg(place.path().join("data"));
    let gateway = Gateway::spawned(&place, with_sockets(&command, "http:https", [&sockets[0], &sockets[1]]));
    assert_eq!(gateway.https, sockets[1].local_addr().unwrap());
    gateway.stop();
}

#[test]
fn a_socket_that_has_no_use_is_refused() {
    let (place, [one, two]) = (place(), sockets());
    for (names, reason) in [
        ("http:metrics", "the inherited socket `metrics` has no use"),
        ("http:http", "there are two inherited sockets `http`"),
        ("http", "the inherited socket 1 has no name"),
    ] {
        let command = serve(&place.path().join("data"), &[]);
        let mut command = with_sockets(&command, names, [&one, &two]);
        let output = command.stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && complaint.contains(reason), "{complaint}");
    }
}

#[test]
fn it_tells_how_far_it_is_and_who_succeeds_it() {
    let place = place();
    let path = place.path().join("notify");
    let socket = UnixDatagram::bind(&path).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let hear = || {
        let mut heard = [0; 256];
        let length = socket.recv(&mut heard).unwrap();
        String::from_utf8_lossy(&heard[..length]).trim_end().to_owned()
    };
    let mut command = serve(&place.path().join("data"), &[]);
    command.env("NOTIFY_SOCKET", &path);
    let mut gateway = Gateway::start_as(&place, command);
    assert_eq!(hear(), "READY=1");
    let from = gateway.process;
    printed(paifang(&["upgrade"]).arg("--data-dir").arg(&gateway.data));
    gateway.succeeded(from);
    assert_eq!(hear(), format!("MAINPID={}", gateway.process));
    assert_eq!(hear(), "READY=1");
    gateway.stop();
    assert_eq!(hear(), "STOPPING=1");
}

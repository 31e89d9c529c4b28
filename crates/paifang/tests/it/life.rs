//! Starting and stopping.

use std::io::Write as _;

use crate::command::{complained, paifang};
use crate::gateway::{Gateway, place, serve};
use crate::http::Call;
use crate::rest::mock;

#[test]
fn starts_says_where_and_stops_without_a_trace() {
    let place = place();
    let gateway = Gateway::start(&place);
    assert_eq!(Call::get("/healthz").send(gateway.management).status, 200);
    assert_eq!(Call::get("/readyz").send(gateway.management).status, 200);
    assert!(Call::get("/metrics").send(gateway.management).body.contains("paifang_requests"));
    assert_eq!(gateway.call("nobody.example.com", "/").status, 404);
    let run = gateway.data.join("run.json");
    gateway.stop();
    assert!(!run.exists());
}

#[test]
fn a_second_start_is_refused_and_names_the_first() {
    let place = place();
    let gateway = Gateway::start(&place);
    let complaint = complained(&mut serve(&gateway.data, &[]));
    assert!(complaint.contains(&format!("is in use by process {}", gateway.pid())), "{complaint}");
    gateway.stop();
}

#[test]
fn a_port_that_is_taken_is_named() {
    let place = place();
    let gateway = Gateway::start(&place);
    let other = crate::gateway::place();
    let taken = gateway.http.to_string();
    let mut second = paifang(&["serve", "--http", "127.0.0.1:0", "--https", "off", "--management", &taken]);
    let complaint = complained(second.arg("--data-dir").arg(other.path().join("data")));
    assert!(complaint.contains(&format!("listening for management on {taken}")), "{complaint}");
    gateway.stop();
}

#[test]
fn a_restart_keeps_everything() {
    let place = place();
    let gateway = Gateway::start(&place);
    gateway.publish("kept.example.com", &mock("still here"));
    assert_eq!(gateway.call("kept.example.com", "/hello").body, "still here");
    let credentials = std::fs::read(gateway.data.join("first-credentials")).unwrap();
    gateway.stop();

    let gateway = Gateway::start(&place);
    // It was served before run.json was written: nothing waits here.
    assert_eq!(gateway.call("kept.example.com", "/hello").body, "still here");
    assert_eq!(std::fs::read(gateway.data.join("first-credentials")).unwrap(), credentials);
    gateway.stop();
}

/// Reported, not asserted: the machine may be busy with other tests.
#[test]
fn how_long_from_a_start_to_the_first_answer() {
    let place = place();
    let gateway = Gateway::start(&place);
    gateway.publish("quick.example.com", &mock("quick"));
    gateway.stop();

    let started = std::time::Instant::now();
    let gateway = Gateway::start(&place);
    assert_eq!(gateway.call("quick.example.com", "/hello").body, "quick");
    println!("from the start to the first answer: {} ms", started.elapsed().as_millis());
    gateway.stop();
}

#[test]
fn a_hang_up_opens_the_access_log_anew() {
    let place = place();
    let log = place.path().join("access.log");
    let mut gateway = Gateway::start_with(&place, &["--access-log", log.to_str().unwrap()]);
    gateway.call("nobody.example.com", "/before");
    let rotated = place.path().join("access.log.1");
    gateway.wait_for("the first line", |_| {
        std::fs::read_to_string(&log).ok().filter(|text| text.contains("/before"))
    });
    std::fs::rename(&log, &rotated).unwrap();
    gateway.signal("HUP");
    gateway.wait_for("a new file", |_| log.exists().then_some(()));
    gateway.call("nobody.example.com", "/after");
    gateway.wait_for("the second line", |_| {
        std::fs::read_to_string(&log).ok().filter(|text| text.contains("/after"))
    });
    gateway.stop();
}

/// Whoever probes with bytes that are no request leaves a line, too.
#[test]
fn what_is_no_request_is_in_the_access_log() {
    let place = place();
    let log = place.path().join("access.log");
    let mut gateway = Gateway::start_with(&place, &["--access-log", log.to_str().unwrap()]);
    let mut client = std::net::TcpStream::connect(gateway.http).unwrap();
    client.write_all(b"GET /probed HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n").unwrap();
    gateway.wait_for("the line", |_| {
        let line = std::fs::read_to_string(&log).ok()?;
        line.contains("\"path\":\"/probed\"").then(|| assert!(line.contains("\"status\":400"), "{line}"))
    });
    gateway.stop();
}

#[test]
fn its_own_log_is_json_when_asked() {
    let place = place();
    let mut gateway = Gateway::start_with(&place, &["--log-format", "json"]);
    let said = |gateway: &Gateway| {
        let log = gateway.log();
        // What follows the last line break is still being written.
        let whole = log.rfind('\n').map_or("", |end| &log[..end]);
        let read = |line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"));
        whole.lines().map(read).collect::<Vec<serde_json::Value>>()
    };
    gateway.wait_for("the line that says where it listens", |gateway| {
        said(gateway).iter().any(|line| line["http"] == gateway.http.to_string()).then_some(())
    });
    gateway.stop();
}

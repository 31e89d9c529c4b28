//! What `slowhttptest` does to servers, done to the gateway: slow heads, slow bodies, slow reads. It takes minutes and a program
//! that few have, so that it is done by `cargo xtask soak` alone.

use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use paifang_testkit::{Backend, remark, soaked};
use serde_json::json;

use super::connections;
use crate::gateway::{Gateway, place};

/// The tool calls what its URL says, and says it as `Host`.
const HOST: &str = "127.0.0.1";

const CONNECTIONS: usize = 1000;

/// More than the buffers of a socket take.
const REPLY: usize = 8 << 20;

#[test]
fn who_is_slow_on_purpose_is_cut_and_others_are_served() {
    if soaked(0, 1) == 0 {
        return;
    }
    let (place, runtime) = (place(), tokio::runtime::Runtime::new().unwrap());
    let gateway = Gateway::start(&place);
    let large = bytes::Bytes::from(vec![b'x'; REPLY]);
    let backend = runtime.block_on(Backend::answering(move |received| {
        let is_large = received.target.ends_with("large");
        http::Response::new(if is_large { large.clone() } else { bytes::Bytes::from_static(b"hello") })
    }));
    let request = json!({ "method": "ANY", "path": "/hello", "mode": "passthrough" });
    let to = json!({ "kind": "http", "to": { "kind": "address", "url": backend.url() } });
    gateway.publish_request(HOST, &request, &json!({ "kind": "none" }), &to);
    let attacks: [(&str, &[&str], &str); 3] = [
        ("slow heads", &["-H", "-i", "3", "-x", "8"], "/hello"),
        ("slow bodies", &["-B", "-i", "3", "-x", "8", "-s", "65536"], "/hello"),
        ("slow reads", &["-X", "-n", "3", "-w", "10", "-y", "20", "-z", "5"], "/hello?large"),
    ];
    for (name, arguments, target) in attacks {
        let url = format!("http://{}{target}", gateway.http);
        let (attack, served) = served_meanwhile(&gateway, || Attack::run(arguments, &url, &gateway));
        let Attack { most, left, said } = attack;
        assert!(!said.contains("service available: NO"), "{name}: {said}");
        assert!(most >= CONNECTIONS * 9 / 10, "{name}: {most} connections: {said}");
        // Whoever reads so slowly may not notice for long that it was cut.
        let all_cut = left <= 10 || said.contains("No open connections left");
        assert!(all_cut, "{name}: {left} of {most} connections are left: {said}");
        remark(&format!("{name}: {most} connections were cut; {served} calls were answered meanwhile"));
        assert!(served > 100, "{name}: {served}");
    }
    gateway.stop();
}

/// What came of it, and how many calls of somebody else were answered until it was over; none may fail.
fn served_meanwhile<T>(gateway: &Gateway, attack: impl FnOnce() -> T) -> (T, usize) {
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let other = scope.spawn(|| {
            let mut served = 0;
            while !over.load(Ordering::Relaxed) {
                let answer = gateway.call(HOST, "/hello");
                assert_eq!((answer.status, answer.body.as_str()), (200, "hello"));
                served += 1;
            }
            served
        });
        let outcome = attack();
        over.store(true, Ordering::Relaxed);
        (outcome, other.join().unwrap())
    })
}

/// What the tool came to.
struct Attack {
    /// Connections that it had at once.
    most: usize,
    /// Connections that the gateway still had when the tool was about to end.
    left: usize,
    said: String,
}

impl Attack {
    /// Runs the tool for a minute, or until it has no connection left.
    fn run(arguments: &[&str], url: &str, gateway: &Gateway) -> Self {
        let mut tool = Command::new("slowhttptest");
        tool.args(["-c", &CONNECTIONS.to_string(), "-r", "500", "-l", "60", "-p", "5", "-v", "1", "-u", url]);
        let tool = tool.args(arguments).stdout(Stdio::piped()).spawn();
        let mut tool =
            tool.expect("`slowhttptest` has to be installed; on Debian: apt-get install slowhttptest");
        let (mut most, mut left) = (0, 0);
        while tool.try_wait().unwrap().is_none() {
            // When it is over, its connections are none of the gateway's merit.
            left = connections(gateway);
            most = most.max(left);
            std::thread::sleep(Duration::from_millis(100));
        }
        let output = tool.wait_with_output().unwrap();
        Self { most, left, said: plain(&String::from_utf8_lossy(&output.stdout)) }
    }
}

/// Without colours, in single spaces.
fn plain(coloured: &str) -> String {
    let mut pieces = coloured.split('\u{1b}');
    let first = pieces.next().unwrap_or_default().to_owned();
    let rest = pieces
        .map(|piece| piece.split_once(|end: char| end.is_ascii_alphabetic()).map_or("", |(_, rest)| rest));
    let text = rest.fold(first, |text, piece| text + piece);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

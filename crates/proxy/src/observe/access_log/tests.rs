//! What needs a destination that misbehaves, or a route.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::io::{self, Write};
use std::net::Ipv4Addr;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::{HeaderValue, Method, StatusCode};
use insta::assert_snapshot;
use paifang_model::Group;
use paifang_model::definition::Definition;
use paifang_model::dialect::Dialect;
use paifang_model::id::{AccountId, ApiId, AppId, Id, StageId};
use paifang_model::limits::{Limits, Profile};
use paifang_wire::Target;
use serde_json::json;

use super::clock::Clock;
use super::sink::Sink;
use super::{AccessLog, PLACES, line};
use crate::observe::{End, Record};
use crate::request_id::RequestId;
use crate::snapshot::compile::{self, Context};
use crate::snapshot::{AccountFacts, AppFacts, GroupFacts, Route, StageFacts};

fn record() -> Record {
    Record {
        id: RequestId::from_bits(0x0123_4567_89ab_4def_8123_4567_89ab_cdef),
        at_ms: 1_700_000_000_007,
        client: Ipv4Addr::new(192, 0, 2, 7).into(),
        trace: None,
        method: Method::GET,
        host: Some(HeaderValue::from_static("pets.example.com")),
        target: Target::parse(b"/pets/42").unwrap(),
        dialect: Dialect::Alibaba,
        route: None,
        app: None,
        status: StatusCode::NOT_FOUND,
        error: Some("I404NF"),
        total: Duration::from_micros(1_020),
        backend: None,
        bytes_in: 0,
        bytes_out: 0,
        end: End::Complete,
    }
}

fn id(number: u8) -> Id {
    Id::from_bytes([number; 16])
}

fn route() -> Arc<Route> {
    let (group, account) = (id(1).to_string(), id(9).to_string());
    let group = json!({"id": group, "account": account, "dialect": "huawei", "name": "pets", "subdomain": "x.apis.localhost"});
    let group: Group = serde_json::from_value(group).unwrap();
    let definition = json!({
        "name": "get_pet",
        "request": {"method": "GET", "path": "/pets/{id}"},
        "auth": {"kind": "none"},
        "parameters": [{"name": "id", "location": "path", "type": "string", "required": true}],
        "backend": {"kind": "mock", "status": 200, "body": ""},
    });
    let definition: Definition = serde_json::from_value(definition).unwrap();
    let facts = GroupFacts {
        id: group.id,
        account: group.account,
        name: "pets".into(),
        dialect: group.dialect,
        limits: Limits::of(Profile::Own, group.dialect),
        subdomain: "x.apis.localhost".into(),
    };
    let stage = StageFacts { id: StageId(id(2)), name: "RELEASE".into() };
    let context = Context { group: &group, facts: Arc::new(facts), stage: Arc::new(stage) };
    let mut route = compile::route(&context, ApiId(id(3)), 12, &definition).unwrap();
    // No API can have this name; the log relies on nobody having checked.
    route.api_name = "say \"hi\"\\\n\u{7f}\u{9b}\u{2028}狗".into();
    Arc::new(route)
}

/// The record's line, for reading: a field per line.
fn text(record: &Record) -> String {
    let mut out = Vec::new();
    line::write(&mut out, &mut Clock::default(), record);
    String::from_utf8(out).unwrap().replace(",\"", ",\n\"")
}

#[test]
fn a_refused_call_has_no_more_than_is_known() {
    assert_snapshot!(text(&record()), @r#"
    {"time":"2023-11-14T22:13:20.007Z",
    "request_id":"01234567-89AB-4DEF-8123-456789ABCDEF",
    "client":"192.0.2.7",
    "method":"GET",
    "host":"pets.example.com",
    "path":"/pets/42",
    "dialect":"alibaba",
    "status":404,
    "error":"I404NF",
    "total_ms":1.020,
    "bytes_in":0,
    "bytes_out":0,
    "end":"complete"}
    "#);
}

#[test]
fn a_call_has_its_api_and_its_app() {
    let account = AccountFacts { id: AccountId(id(1)), number: None, name: None };
    let app = AppFacts {
        id: AppId(id(4)),
        number: 4,
        name: "shop\t2".into(),
        account: Arc::new(account),
        addresses: None,
        frozen: false,
        quota: None,
    };
    let record = Record {
        dialect: Dialect::Huawei,
        route: Some(route()),
        app: Some(Arc::new(app)),
        status: StatusCode::OK,
        error: None,
        total: Duration::from_micros(12_345_678),
        backend: Some(Duration::from_nanos(999)),
        bytes_in: 5,
        bytes_out: u64::MAX,
        end: End::BackendBroke,
        ..record()
    };
    assert_snapshot!(text(&record), @r#"
    {"time":"2023-11-14T22:13:20.007Z",
    "request_id":"0123456789ab4def8123456789abcdef",
    "client":"192.0.2.7",
    "method":"GET",
    "host":"pets.example.com",
    "path":"/pets/42",
    "dialect":"huawei",
    "group":"01010101010101010101010101010101",
    "api":"03030303030303030303030303030303",
    "api_name":"say \"hi\"\\\u000a\u007f\u009b\u2028狗",
    "stage":"RELEASE",
    "version":12,
    "app":"04040404040404040404040404040404",
    "app_name":"shop\u00092",
    "status":200,
    "total_ms":12345.678,
    "backend_ms":0.000,
    "bytes_in":5,
    "bytes_out":18446744073709551615,
    "end":"backend_broke"}
    "#);
}

#[test]
fn times_beyond_the_calendar_do_no_harm() {
    let times = [0, -1, 999, 4_102_444_799_999, i64::MIN, i64::MAX];
    let text = |at_ms| {
        let mut out = Vec::new();
        Clock::default().write(&mut out, at_ms);
        String::from_utf8(out).unwrap()
    };
    assert_snapshot!(times.map(text).join("\n"), @"
    1970-01-01T00:00:00.000Z
    1969-12-31T23:59:59.999Z
    1970-01-01T00:00:00.999Z
    2099-12-31T23:59:59.999Z
    1970-01-01T00:00:00.192Z
    1970-01-01T00:00:00.807Z
    ");
}

/// A destination that takes nothing before it is told to, and keeps what it gets.
struct Gate {
    told: Receiver<()>,
    open: bool,
    got: Arc<Mutex<Vec<u8>>>,
}

impl Write for Gate {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.open {
            self.told.recv().map_err(io::Error::other)?;
            self.open = true;
        }
        self.got.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn gated() -> (AccessLog, Sender<()>, Arc<Mutex<Vec<u8>>>) {
    let (tell, told) = mpsc::channel();
    let got = Arc::default();
    let gate = Gate { told, open: false, got: Arc::clone(&got) };
    (AccessLog::over(Sink::new(Box::new(gate), None)).unwrap(), tell, got)
}

#[tokio::test]
async fn a_destination_that_stands_still_costs_lines_but_no_call() {
    let (log, open, got) = gated();
    let mut worker = log.buffer();
    let record = record();
    let mut calls = 0_u64;
    // One buffer may be in the writer's hands, the others wait; this goes on only if nothing blocks.
    while log.dropped() == 0 {
        assert!(calls < 1_000_000, "{PLACES} places hold less");
        worker.write(&record);
        calls += 1;
    }
    open.send(()).unwrap();
    log.flush().await;

    let written = super::handover::count_lines(&got.lock().unwrap());
    assert!(written > 0);
    assert_eq!(written + log.dropped(), calls);

    worker.write(&record);
    worker.flush();
    log.flush().await;
    assert_eq!(super::handover::count_lines(&got.lock().unwrap()), written + 1);
}

/// A destination that takes so many bytes, then fails once.
struct Full {
    room: usize,
    failed: bool,
    got: Arc<Mutex<Vec<u8>>>,
}

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.room == 0 && !self.failed {
            self.failed = true;
            return Err(io::ErrorKind::StorageFull.into());
        }
        let taken = if self.failed { bytes.len() } else { bytes.len().min(self.room) };
        self.room = self.room.saturating_sub(taken);
        self.got.lock().unwrap().write(&bytes[..taken])
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_torn_line_is_ended_before_the_next_one() {
    let got = Arc::default();
    let full = Full { room: 6, failed: false, got: Arc::clone(&got) };
    let mut sink = Sink::new(Box::new(full), None);
    assert_eq!(sink.write(b"{1}\n{2}\n{3}\n"), 2);
    assert_eq!(sink.write(b"{4}\n"), 0);
    assert_eq!(got.lock().unwrap().as_slice(), b"{1}\n{2\n{4}\n");
}

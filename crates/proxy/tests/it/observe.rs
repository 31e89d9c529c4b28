//! The access log and the metrics, as an operator meets them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use http::{HeaderValue, Method, StatusCode};
use insta::assert_snapshot;
use paifang_model::Dialect;
use paifang_proxy::observe::{self, AccessLog, Destination, End, Metrics, Record, Rollup};
use paifang_proxy::request_id::RequestId;
use paifang_wire::Target;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

const MONTH_US: u64 = 30 * 86_400 * 1_000_000;

fn record() -> Record {
    Record {
        id: RequestId::from_bits(7),
        at_ms: 1_700_000_000_000,
        client: Ipv4Addr::LOCALHOST.into(),
        trace: Some(*b"0af7651916cd43dd8448eb211c80319c"),
        method: Method::GET,
        host: Some(HeaderValue::from_static("pets.example.com")),
        target: Target::parse(b"/pets").unwrap(),
        dialect: Dialect::Alibaba,
        route: None,
        app: None,
        status: StatusCode::OK,
        error: None,
        total: Duration::from_millis(4),
        backend: Some(Duration::from_micros(2_500)),
        bytes_in: 10,
        bytes_out: 100,
        end: End::Complete,
    }
}

fn refused(status: u16, code: &'static str) -> Record {
    Record { status: StatusCode::from_u16(status).unwrap(), error: Some(code), backend: None, ..record() }
}

/// Writes records to a new log at the path, and waits until they are there.
async fn log(path: &Path, records: &[Record]) -> AccessLog {
    let log = AccessLog::start(Destination::File(path.to_owned())).unwrap();
    append(&log, records).await;
    log
}

async fn append(log: &AccessLog, records: &[Record]) {
    let worker = Metrics::new(log.clone()).worker();
    let mut buffer = log.buffer();
    records.iter().for_each(|record| observe::write(record, &worker, &mut Rollup::default(), &mut buffer));
    buffer.flush();
    log.flush().await;
}

fn lines(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[tokio::test]
async fn a_renamed_file_is_written_until_the_log_is_reopened() {
    let folder = tempfile::tempdir().unwrap();
    let (path, renamed) = (folder.path().join("access.log"), folder.path().join("access.log.1"));
    let log = log(&path, &[record()]).await;
    std::fs::rename(&path, &renamed).unwrap();
    append(&log, &[record()]).await;
    log.reopen();
    append(&log, &[record(), record(), record()]).await;
    assert_eq!((lines(&renamed).len(), lines(&path).len()), (2, 3));
}

#[tokio::test]
async fn when_reopening_fails_the_old_file_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (inner, moved) = (folder.path().join("logs"), folder.path().join("moved"));
    std::fs::create_dir(&inner).unwrap();
    let log = log(&inner.join("access.log"), &[record()]).await;
    std::fs::rename(&inner, &moved).unwrap();
    log.reopen();
    append(&log, &[record()]).await;
    assert_eq!(lines(&moved.join("access.log")).len(), 2);
    assert_eq!(log.dropped(), 0);
}

#[test]
fn a_file_that_cannot_be_opened_is_named() {
    let path = Path::new("/nowhere/access.log");
    let error = AccessLog::start(Destination::File(path.to_owned())).unwrap_err();
    assert_snapshot!(error, @"cannot open the access log `/nowhere/access.log`: No such file or directory (os error 2)");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn lines_that_a_full_disk_refuses_are_counted() {
    let log = log(Path::new("/dev/full"), &[record(), record()]).await;
    assert_eq!(log.dropped(), 2);
    let shown = Metrics::new(log).render();
    assert!(shown.contains("paifang_access_log_dropped_total 2\n"), "{shown}");
}

#[tokio::test]
async fn a_line_waits_a_second_at_most() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("access.log");
    let log = AccessLog::start(Destination::File(path.clone())).unwrap();
    let worker = Metrics::new(log.clone()).worker();
    let mut buffer = log.buffer();
    observe::write(&record(), &worker, &mut Rollup::default(), &mut buffer);
    let now = Instant::now();

    buffer.flush_if_old(now.checked_sub(Duration::from_secs(1)).unwrap_or(now));
    log.flush().await;
    assert_eq!(lines(&path).len(), 0);

    buffer.flush_if_old(now + Duration::from_secs(1));
    log.flush().await;
    assert_eq!(lines(&path).len(), 1);
}

#[tokio::test]
async fn a_log_that_is_off_does_nothing() {
    let log = AccessLog::start(Destination::Off).unwrap();
    append(&log, &[record()]).await;
    log.reopen();
    assert_eq!(log.dropped(), 0);
}

/// Milliseconds with three decimals, as microseconds again: readers of JSON differ in the last bit.
fn micros(ms: &Value) -> Option<u128> {
    ms.as_f64().map(|ms| (ms * 1e3).round() as u128)
}

prop_compose! {
    fn any_record()(
        host in "[ -~]{0,40}",
        // Whatever a request line may have, and bytes that are none of it but reach the log all the same.
        target in "/[\"$-;=@-_a-~\u{80}-\u{2fff}]{0,40}",
        method in "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,20}",
        bits in any::<u128>(),
        client in any::<IpAddr>(),
        at_ms in 0..4_000_000_000_000_i64,
        (bytes_in, bytes_out) in any::<(u64, u64)>(),
        status in 100..1000_u16,
        total_us in 0..MONTH_US,
        backend_us in option::of(0..MONTH_US),
        dialect in select(&Dialect::ALL[..]),
    ) -> Record {
        Record {
            id: RequestId::from_bits(bits),
            at_ms,
            client,
            method: method.parse().unwrap(),
            host: Some(HeaderValue::try_from(host).unwrap()),
            target: Target::parse(target.as_bytes()).unwrap(),
            dialect,
            status: StatusCode::from_u16(status).unwrap(),
            total: Duration::from_micros(total_us),
            backend: backend_us.map(Duration::from_micros),
            bytes_in,
            bytes_out,
            ..record()
        }
    }
}

proptest! {
    #[test]
    fn every_line_is_json_and_says_what_the_record_says(records in vec(any_record(), 1..40)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("access.log");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(log(&path, &records));

        let text = std::fs::read_to_string(&path).unwrap();
        prop_assert!(!text.chars().any(|char| char.is_control() && char != '\n'));
        let separates = text.contains(['\u{2028}', '\u{2029}']);
        prop_assert!(!separates);
        let lines = lines(&path);
        prop_assert_eq!(lines.len(), records.len());
        for (line, record) in lines.iter().zip(&records) {
            prop_assert_eq!(line["host"].as_str().unwrap(), record.host());
            prop_assert_eq!(line["path"].as_str().unwrap(), record.path());
            prop_assert_eq!(line["method"].as_str().unwrap(), record.method.as_str());
            prop_assert_eq!(line["client"].as_str().unwrap().parse::<IpAddr>().unwrap(), record.client);
            prop_assert_eq!(line["status"].as_u64().unwrap(), u64::from(record.status.as_u16()));
            prop_assert_eq!(line["bytes_in"].as_u64().unwrap(), record.bytes_in);
            prop_assert_eq!(line["bytes_out"].as_u64().unwrap(), record.bytes_out);
            prop_assert_eq!(micros(&line["total_ms"]), Some(record.total.as_micros()));
            prop_assert_eq!(micros(&line["backend_ms"]), record.backend.map(|backend| backend.as_micros()));
            let time: jiff::Timestamp = line["time"].as_str().unwrap().parse().unwrap();
            prop_assert_eq!(time.as_millisecond(), record.at_ms);
        }
    }
}

#[test]
fn figures_of_all_workers_are_added_up() {
    let metrics = Metrics::new(AccessLog::start(Destination::Off).unwrap());
    let workers = [metrics.worker(), metrics.worker()];
    let count = |worker: observe::WorkerMetrics| {
        let mut log = AccessLog::start(Destination::Off).unwrap().buffer();
        worker.connection_opened();
        for _ in 0..1000 {
            worker.call_began();
            observe::write(&record(), &worker, &mut Rollup::default(), &mut log);
        }
    };
    thread::scope(|scope| workers.map(|worker| scope.spawn(move || count(worker)).join().unwrap()));
    let shown = metrics.render();
    let ok = "paifang_requests_total{dialect=\"alibaba\",class=\"2xx\",answered_by=\"backend\"} 2000\n";
    assert!(shown.contains(ok), "{shown}");
    assert!(shown.contains("paifang_connections 2\n"), "{shown}");
    assert!(shown.contains("paifang_in_flight 0\n"), "{shown}");
}

#[test]
fn figures_as_they_are_scraped() {
    let metrics = Metrics::new(AccessLog::start(Destination::Off).unwrap());
    let worker = metrics.worker();
    let mut log = AccessLog::start(Destination::Off).unwrap().buffer();
    (0..3).for_each(|_| worker.connection_opened());
    worker.connection_closed();
    let gone = Record {
        status: StatusCode::from_u16(499).unwrap(),
        backend: None,
        end: End::ClientGone,
        bytes_out: 0,
        total: Duration::from_secs(61),
        ..record()
    };
    let odd =
        Record { status: StatusCode::from_u16(799).unwrap(), client: Ipv6Addr::LOCALHOST.into(), ..record() };
    let mock = Record { backend: None, dialect: Dialect::Huawei, ..record() };
    let other = Record { dialect: Dialect::Huawei, ..refused(401, "APIG.0303") };
    let records = [
        record(),
        record(),
        refused(404, "I404NF"),
        refused(404, "I404NF"),
        refused(504, "D504TO"),
        gone,
        odd,
        mock,
        other,
    ];
    for record in &records {
        worker.call_began();
        observe::write(record, &worker, &mut Rollup::default(), &mut log);
    }
    worker.call_began();
    assert_snapshot!(metrics.render());
}

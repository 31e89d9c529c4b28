//! Any bytes as a request's head: nothing panics, a prefix never says otherwise than the whole, and what is accepted holds to the grammar.
#![no_main]

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use paifang_wire::http1::{HeadError, HeadLimits, RequestScan, fields, is_host};

const LIMITS: HeadLimits = HeadLimits { fields: 16, bytes: 1024 };

fuzz_target!(|bytes: &[u8]| {
    let mut scan = RequestScan::default();
    let whole = scan.scan(bytes, LIMITS);
    if let Ok(true) = whole {
        accepted(bytes, &scan);
    }
    let (found, length) = (scan.fields.clone(), scan.length);
    let mut again = RequestScan::default();
    for end in 0..bytes.len() {
        match again.scan(&bytes[..end], LIMITS) {
            Ok(false) => {}
            Ok(true) => {
                assert_eq!((whole, &again.fields, again.length), (Ok(true), &found, length));
                return;
            }
            // A head that goes on may be too long for more than one reason.
            Err(HeadError::TooLong | HeadError::TargetTooLong) => return,
            Err(error) => {
                assert_eq!(whole, Err(error));
                return;
            }
        }
    }
});

fn accepted(bytes: &[u8], scan: &RequestScan) {
    let head = &bytes[..scan.length];
    assert!(head.ends_with(b"\r\n\r\n") && head.len() <= LIMITS.bytes && scan.fields.len() <= LIMITS.fields);
    assert!(!head.contains(&0));
    let line_feeds = head.iter().filter(|byte| **byte == b'\n').count();
    let pairs = head.windows(2).filter(|pair| *pair == b"\r\n").count();
    let returns = head.iter().filter(|byte| **byte == b'\r').count();
    assert_eq!((line_feeds, returns), (pairs, pairs), "no bare ends of lines");
    let line = scan.line.expect("a whole head has a first line");
    assert!(!line.method.of(bytes).is_empty() && !line.target.of(bytes).is_empty());
    let headers = fields(&Bytes::copy_from_slice(head), &scan.fields).expect("they were scanned");
    assert_eq!(headers.len(), scan.fields.len());
    let named = |name: &str| headers.get_all(name).count();
    assert!(named("content-length") <= 1 && named("transfer-encoding") <= 1 && named("host") <= 1);
    let both = named("content-length") + named("transfer-encoding") == 2;
    assert!(!both || scan.facts.request_body(line.version).is_err());
    let _ = scan.facts.host.map(|host| is_host(host.of(bytes)));
}

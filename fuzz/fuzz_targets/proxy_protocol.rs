//! Any PROXY header: nothing panics, and what is accepted as text says the same when it is written again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use paifang_wire::proxy_protocol::{ProxyHeader, parse};

fuzz_target!(|bytes: &[u8]| {
    let Ok(header @ ProxyHeader::Passed { source, destination }) = parse(bytes) else { return };
    let family = if source.is_ipv4() { "TCP4" } else { "TCP6" };
    let (from, to) = (source.port(), destination.port());
    let text = format!("PROXY {family} {} {} {from} {to}\r\n", source.ip(), destination.ip());
    assert_eq!(parse(text.as_bytes()).expect("what we write, we read"), header);
});

//! The PROXY protocol, believed to the byte.

use std::net::SocketAddr;

use paifang_wire::proxy_protocol::{ProxyHeader, parse, read};
use proptest::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::support::worker;

const V2: &[u8] = b"\r\n\r\n\0\r\nQUIT\n";

fn passed(source: &str, destination: &str) -> ProxyHeader {
    ProxyHeader::Passed { source: source.parse().unwrap(), destination: destination.parse().unwrap() }
}

/// A version 2 header: version and command, protocol, what follows.
fn v2(command: u8, protocol: u8, rest: &[u8]) -> Vec<u8> {
    let length = u16::try_from(rest.len()).unwrap().to_be_bytes();
    [V2, &[command, protocol], &length, rest].concat()
}

#[test]
fn headers_as_the_specification_prints_them() {
    for (header, said) in [
        (
            "PROXY TCP4 255.255.255.255 255.255.255.254 65535 65534\r\n",
            passed("255.255.255.255:65535", "255.255.255.254:65534"),
        ),
        ("PROXY TCP6 2001:db8::7 ::1 51234 443\r\n", passed("[2001:db8::7]:51234", "[::1]:443")),
        ("PROXY UNKNOWN\r\n", ProxyHeader::Own),
        ("PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n", ProxyHeader::Own),
    ] {
        assert_eq!(parse(header.as_bytes()).unwrap(), said, "{header}");
    }
    let four = [192, 0, 2, 7, 198, 51, 100, 1, 0xc8, 0x22, 1, 0xbb];
    assert_eq!(parse(&v2(0x21, 0x11, &four)).unwrap(), passed("192.0.2.7:51234", "198.51.100.1:443"));
    // Further fields are passed over.
    let more = [&four[..], &[4, 0, 1, 0]].concat();
    assert_eq!(parse(&v2(0x21, 0x11, &more)).unwrap(), passed("192.0.2.7:51234", "198.51.100.1:443"));
    assert_eq!(parse(&v2(0x20, 0, &[])).unwrap(), ProxyHeader::Own);
    assert_eq!(parse(&v2(0x21, 0x31, &[0; 216])).unwrap(), ProxyHeader::Own);
}

#[test]
fn what_is_not_quite_a_header_is_refused() {
    for header in [
        "",
        "GET / HTTP/1.1\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 51234 443\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 51234\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 51234 443 \r\n",
        "PROXY TCP4  192.0.2.7 198.51.100.1 51234 443\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 051234 443\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 +1 443\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 65536 443\r\n",
        "PROXY TCP4 192.0.2.07 198.51.100.1 1 443\r\n",
        "PROXY TCP4 ::1 ::1 1 443\r\n",
        "PROXY TCP6 192.0.2.7 198.51.100.1 1 443\r\n",
        "proxy TCP4 192.0.2.7 198.51.100.1 1 443\r\n",
        "PROXY UDP4 192.0.2.7 198.51.100.1 1 443\r\n",
    ] {
        assert!(parse(header.as_bytes()).is_err(), "{header}");
    }
    let long = format!("PROXY UNKNOWN {}\r\n", "x".repeat(100));
    assert!(parse(long.as_bytes()).is_err());
    assert!(parse(&v2(0x11, 0x11, &[0; 12])).is_err());
    assert!(parse(&v2(0x22, 0x11, &[0; 12])).is_err());
    assert!(parse(&v2(0x21, 0x41, &[0; 12])).is_err());
    assert!(parse(&v2(0x21, 0x11, &[0; 11])).is_err());
    assert!(parse(&[&v2(0x21, 0x11, &[0; 12])[..], b"x"].concat()).is_err());
}

#[test]
fn not_a_byte_more_is_read_however_it_arrives() {
    let binary = v2(0x21, 0x11, &[192, 0, 2, 7, 198, 51, 100, 1, 0, 1, 0, 2]);
    for header in
        [b"PROXY TCP4 192.0.2.7 198.51.100.1 1 2\r\n".to_vec(), binary, b"PROXY UNKNOWN\r\n".to_vec()]
    {
        for piece in [1, 7, header.len(), usize::MAX] {
            worker(async {
                let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                let mut sender = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
                sender.set_nodelay(true).unwrap();
                let (mut stream, _) = listener.accept().await.unwrap();
                let all = [&header[..], b"GET /\n"].concat();
                let sends = async {
                    for bytes in all.chunks(piece.min(all.len())) {
                        sender.write_all(bytes).await.unwrap();
                        tokio::task::yield_now().await;
                    }
                    sender.shutdown().await.unwrap();
                };
                let reads = async {
                    let source = read(&mut stream).await.unwrap();
                    let mut rest = String::new();
                    stream.read_to_string(&mut rest).await.unwrap();
                    (source, rest)
                };
                let ((), (source, rest)) = tokio::join!(sends, reads);
                let is_unknown = header.starts_with(b"PROXY UNKNOWN");
                assert_eq!(
                    source.map(|source| source.to_string()),
                    (!is_unknown).then(|| "192.0.2.7:1".to_owned())
                );
                assert_eq!(rest, "GET /\n");
            });
        }
    }
}

proptest! {
    #[test]
    fn nothing_panics(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse(&bytes);
        let _ = parse(&[b"PROXY TCP4 ", &bytes[..]].concat());
        let _ = parse(&[V2, &bytes[..]].concat());
    }

    #[test]
    fn what_is_written_is_read(source: SocketAddr, destination: SocketAddr) {
        prop_assume!(source.is_ipv4() == destination.is_ipv4());
        let plain = |end: SocketAddr| SocketAddr::new(end.ip(), end.port());
        let said = ProxyHeader::Passed { source: plain(source), destination: plain(destination) };
        let family = if source.is_ipv4() { "TCP4" } else { "TCP6" };
        let text = format!(
            "PROXY {family} {} {} {} {}\r\n", source.ip(), destination.ip(), source.port(), destination.port()
        );
        prop_assert_eq!(parse(text.as_bytes()).unwrap(), said);
    }
}

//! HTTP/2 in frames (RFC 9113 §4), for what no well-behaved client sends. Header blocks are literals without an index, so that
//! they say what the test says.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// RFC 9113 §3.4.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// Types of frames (RFC 9113 §6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs, reason = "their names are the specification's")]
pub enum Kind {
    Data = 0,
    Headers = 1,
    Reset = 3,
    Settings = 4,
    Ping = 6,
    GoAway = 7,
    WindowUpdate = 8,
    Continuation = 9,
}

/// `END_STREAM`, and `ACK` of settings and pings.
pub const END: u8 = 1;
/// `END_HEADERS`.
pub const WHOLE: u8 = 4;

/// A frame.
pub fn frame(kind: Kind, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    [&length[1..], &[kind as u8, flags], &stream.to_be_bytes(), payload].concat()
}

/// A header block.
pub fn block(fields: &[(&str, &str)]) -> Vec<u8> {
    let mut block = Vec::new();
    for (name, value) in fields {
        block.push(0);
        text(&mut block, name);
        text(&mut block, value);
    }
    block
}

/// The fields of a GET of the usual host.
pub fn get(path: &str) -> Vec<u8> {
    block(&[(":method", "GET"), (":scheme", "http"), (":path", path), (":authority", "api.example.com")])
}

/// A text as octets; characters are Latin-1, so that any octet can be said (RFC 7541 §5.2).
fn text(block: &mut Vec<u8>, text: &str) {
    let octets: Vec<u8> = text.chars().map(|character| u8::try_from(u32::from(character)).unwrap()).collect();
    number(block, octets.len());
    block.extend(octets);
}

/// RFC 7541 §5.1, with a prefix of seven bits.
fn number(block: &mut Vec<u8>, mut value: usize) {
    if value < 0x7f {
        return block.push(u8::try_from(value).unwrap());
    }
    block.push(0x7f);
    value -= 0x7f;
    while value >= 0x80 {
        block.push(u8::try_from(value % 0x80).unwrap() | 0x80);
        value /= 0x80;
    }
    block.push(u8::try_from(value).unwrap());
}

/// A connection that speaks frames.
#[derive(Debug)]
pub struct Frames(pub TcpStream);

/// A frame that came: type, flags, stream, payload.
pub type Heard = (u8, u8, u32, Vec<u8>);

impl Frames {
    /// Connects and says the preface with empty settings.
    pub async fn to(address: SocketAddr) -> Self {
        let mut frames = Self(TcpStream::connect(address).await.unwrap());
        frames.0.set_nodelay(true).unwrap();
        frames.say(&[PREFACE, &frame(Kind::Settings, 0, 0, &[])].concat()).await;
        frames
    }

    /// Sends; whether the connection took it.
    pub async fn say(&mut self, bytes: &[u8]) -> bool {
        self.0.write_all(bytes).await.is_ok()
    }

    /// The next frame; none when the connection has ended.
    pub async fn hear(&mut self) -> Option<Heard> {
        let mut head = [0; 9];
        self.0.read_exact(&mut head).await.ok()?;
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]) as usize;
        let mut payload = vec![0; length];
        self.0.read_exact(&mut payload).await.ok()?;
        let stream = u32::from_be_bytes([head[5], head[6], head[7], head[8]]);
        Some((head[3], head[4], stream, payload))
    }

    /// How a stream ends: its status, or none when it was reset or the connection ended.
    pub async fn status(&mut self, stream: u32) -> Option<u16> {
        loop {
            match self.hear().await? {
                (kind, _, id, payload) if kind == Kind::Headers as u8 && id == stream => {
                    return status(&payload);
                }
                (kind, _, id, _) if kind == Kind::Reset as u8 && id == stream => return None,
                (kind, ..) if kind == Kind::GoAway as u8 => return None,
                _ => {}
            }
        }
    }
}

/// `:status`, which comes first (RFC 7541 appendix A, 8 to 14).
fn status(block: &[u8]) -> Option<u16> {
    const KNOWN: [u16; 7] = [200, 204, 206, 304, 400, 404, 500];
    match block {
        [indexed @ 0x88..=0x8e, ..] => Some(KNOWN[usize::from(indexed - 0x88)]),
        [0x08 | 0x18 | 0x48, length, rest @ ..] => {
            let octets = rest.get(..usize::from(length & 0x7f))?;
            let digits = if length & 0x80 == 0 { octets.to_vec() } else { digits(octets) };
            std::str::from_utf8(&digits).ok()?.parse().ok()
        }
        _ => None,
    }
}

/// Three digits in Huffman's code (RFC 7541 appendix B): 0 to 2 have five bits, the others six.
fn digits(octets: &[u8]) -> Vec<u8> {
    let bits = octets.iter().flat_map(|octet| (0..8).rev().map(move |at| octet >> at & 1));
    let (mut digits, mut code, mut length) = (Vec::new(), 0, 0);
    for bit in bits {
        (code, length) = (code << 1 | bit, length + 1);
        match (length, code) {
            (5, 0..=2) => digits.push(b'0' + code),
            (6, 0x19..=0x1f) => digits.push(b'3' + code - 0x19),
            _ => continue,
        }
        (code, length) = (0, 0);
    }
    digits
}

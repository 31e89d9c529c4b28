//! A whole header, read strictly: nothing is guessed.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::str::FromStr;

use super::{FIXED, ProxyError, SIGNATURE, TEXT_AT_MOST};

/// What a header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProxyHeader {
    /// The sender speaks for itself, or does not know.
    Own,
    /// It passes a connection on.
    Passed {
        /// The client.
        source: SocketAddr,
        /// Where the client connected to.
        destination: SocketAddr,
    },
}

impl ProxyHeader {
    /// The client, where there is one.
    #[must_use]
    pub fn source(self) -> Option<SocketAddr> {
        match self {
            Self::Own => None,
            Self::Passed { source, .. } => Some(source),
        }
    }
}

/// Reads a header that is there as a whole.
///
/// # Errors
/// When it is none, or not all of it.
pub fn parse(header: &[u8]) -> Result<ProxyHeader, ProxyError> {
    if header.starts_with(SIGNATURE) { binary(header) } else { text(header) }
}

/// §2.1, `PROXY TCP4 192.0.2.7 198.51.100.1 51234 443\r\n`.
fn text(header: &[u8]) -> Result<ProxyHeader, ProxyError> {
    let line = header.strip_suffix(b"\r\n").filter(|_| header.len() <= TEXT_AT_MOST);
    let line = line.ok_or(ProxyError::Malformed("it is not one line of at most 107 bytes"))?;
    let line = std::str::from_utf8(line).map_err(|_| ProxyError::Malformed("it is not ASCII"))?;
    let mut words = line.split(' ');
    match (words.next(), words.next()) {
        // What follows is to be ignored.
        (Some("PROXY"), Some("UNKNOWN")) => Ok(ProxyHeader::Own),
        (Some("PROXY"), Some("TCP4")) => addresses::<Ipv4Addr>(words),
        (Some("PROXY"), Some("TCP6")) => addresses::<Ipv6Addr>(words),
        _ => Err(ProxyError::Malformed("it is neither TCP4, TCP6 nor UNKNOWN")),
    }
}

fn addresses<'w, A: FromStr + Into<IpAddr>>(
    mut words: impl Iterator<Item = &'w str>,
) -> Result<ProxyHeader, ProxyError> {
    let malformed = ProxyError::Malformed("it has not two addresses and two ports");
    let all = (words.next(), words.next(), words.next(), words.next(), words.next());
    let (Some(source), Some(destination), Some(from), Some(to), None) = all else { return Err(malformed) };
    let end = |address: &str, port: &str| {
        let address: A = address.parse().ok()?;
        Some(SocketAddr::new(address.into(), self::port(port)?))
    };
    match (end(source, from), end(destination, to)) {
        (Some(source), Some(destination)) => Ok(ProxyHeader::Passed { source, destination }),
        _ => Err(malformed),
    }
}

/// Decimal, without sign or leading zero.
fn port(text: &str) -> Option<u16> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    text.parse().ok().filter(|_| is_plain)
}

/// §2.2. What follows the addresses (TLVs) is ignored.
fn binary(header: &[u8]) -> Result<ProxyHeader, ProxyError> {
    let (fixed, rest) =
        header.split_at_checked(FIXED).ok_or(ProxyError::Malformed("it is shorter than it says"))?;
    if rest.len() != usize::from(u16::from_be_bytes([fixed[14], fixed[15]])) {
        return Err(ProxyError::Malformed("it is shorter or longer than it says"));
    }
    match (fixed[12], fixed[13]) {
        (0x20, _) => Ok(ProxyHeader::Own),
        (0x21, 0x11) => passed(rest, |bytes: [u8; 4]| Ipv4Addr::from(bytes).into()),
        (0x21, 0x21) => passed(rest, |bytes: [u8; 16]| Ipv6Addr::from(bytes).into()),
        // Datagrams and the machine's own sockets have no address for us; the receiver uses the connection's own.
        (0x21, 0x00 | 0x12 | 0x22 | 0x31 | 0x32) => Ok(ProxyHeader::Own),
        (0x21, _) => Err(ProxyError::Malformed("its protocol is not known")),
        _ => Err(ProxyError::Malformed("its version or command is not known")),
    }
}

fn passed<const N: usize>(
    rest: &[u8],
    address: impl Fn([u8; N]) -> IpAddr,
) -> Result<ProxyHeader, ProxyError> {
    let read = || {
        let (source, rest) = rest.split_first_chunk::<N>()?;
        let (destination, rest) = rest.split_first_chunk::<N>()?;
        let ([from, to], _) = rest.as_chunks::<2>().0.split_first_chunk::<2>()?;
        let end =
            |bytes: &[u8; N], port: &[u8; 2]| SocketAddr::new(address(*bytes), u16::from_be_bytes(*port));
        Some(ProxyHeader::Passed { source: end(source, from), destination: end(destination, to) })
    };
    read().ok_or(ProxyError::Malformed("its addresses are cut off"))
}

//! The PROXY protocol, versions 1 and 2: how a load balancer that passes bytes on tells whose they are
//! (<https://www.haproxy.org/download/3.2/doc/proxy-protocol.txt>). Whoever may say so is the caller's business: the header is
//! believed.

mod parse;

use std::io;
use std::net::SocketAddr;

use tokio::io::AsyncReadExt as _;
use tokio::net::TcpStream;

pub use parse::{ProxyHeader, parse};

/// The shortest header, `PROXY UNKNOWN\r\n`; shorter than the fixed part of version 2.
const SHORTEST: usize = 15;
/// Bytes of a version 1 header, its line end included.
const TEXT_AT_MOST: usize = 107;
/// Bytes before the addresses of a version 2 header.
const FIXED: usize = 16;
/// Bytes of addresses and further fields of a version 2 header: more than any sender has to say.
const REST_AT_MOST: usize = 2048;
/// How a version 2 header begins.
const SIGNATURE: &[u8] = b"\r\n\r\n\0\r\nQUIT\n";

/// The header cannot be believed, or did not come.
#[derive(Debug, thiserror::Error)]
pub enum ProxyError {
    /// The connection failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// What came is no header.
    #[error("no PROXY header: {0}")]
    Malformed(&'static str),
}

/// Reads the header with which a connection begins, and not a byte more; who the client is, or none where the sender speaks for
/// itself (a health check, say). How long it may take is the caller's business.
///
/// # Errors
/// When the connection fails or begins with anything else.
pub async fn read(stream: &mut TcpStream) -> Result<Option<SocketAddr>, ProxyError> {
    let mut header = vec![0; SHORTEST];
    stream.read_exact(&mut header).await?;
    if header.starts_with(SIGNATURE) {
        read_binary(stream, &mut header).await?;
    } else {
        read_text(stream, &mut header).await?;
    }
    parse(&header).map(|header| header.source())
}

async fn read_binary(stream: &mut TcpStream, header: &mut Vec<u8>) -> Result<(), ProxyError> {
    header.resize(FIXED, 0);
    stream.read_exact(&mut header[SHORTEST..]).await?;
    let rest = usize::from(u16::from_be_bytes([header[FIXED - 2], header[FIXED - 1]]));
    if rest > REST_AT_MOST {
        return Err(ProxyError::Malformed("it is too long"));
    }
    header.resize(FIXED + rest, 0);
    stream.read_exact(&mut header[FIXED..]).await?;
    Ok(())
}

/// Looks before it reads: what follows the line is not the header's.
async fn read_text(stream: &mut TcpStream, header: &mut Vec<u8>) -> Result<(), ProxyError> {
    while header.last() != Some(&b'\n') {
        let mut seen = [0; TEXT_AT_MOST];
        let there = stream.peek(&mut seen[..TEXT_AT_MOST.saturating_sub(header.len())]).await?;
        if there == 0 || !header.starts_with(b"PROXY ") {
            return Err(ProxyError::Malformed("it does not begin with one"));
        }
        let end = memchr::memchr(b'\n', &seen[..there]).map_or(there, |at| at + 1);
        let before = header.len();
        header.resize(before + end, 0);
        stream.read_exact(&mut header[before..]).await?;
    }
    Ok(())
}

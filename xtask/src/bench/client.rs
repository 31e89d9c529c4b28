//! One connection, one request after the other: what counting instructions needs, and a look at a case's answer
//! before it is measured. Loopback and `Content-Length` only.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};

/// A connection that is kept.
pub(crate) struct Client(BufReader<TcpStream>);

/// What came back.
pub(crate) struct Answer {
    /// The status line.
    pub(crate) status: String,
    /// The header lines.
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Client {
    pub(crate) fn connect(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).with_context(|| format!("connecting to {address}"))?;
        stream.set_read_timeout(Some(Duration::from_secs(30))).context("setting a timeout")?;
        stream.set_nodelay(true).context("setting TCP_NODELAY")?;
        Ok(Self(BufReader::new(stream)))
    }

    /// Sends the bytes and reads the answer to its end.
    pub(crate) fn exchange(&mut self, request: &[u8]) -> Result<Answer> {
        self.0.get_mut().write_all(request).context("sending a request")?;
        let status = self.line().context("reading a status line")?;
        let mut head = String::new();
        let mut length = None;
        loop {
            let line = self.line().context("reading a header")?;
            let Some((name, value)) = line.split_once(':') else { break };
            if name.eq_ignore_ascii_case("content-length") {
                length =
                    Some(value.trim().parse().with_context(|| format!("reading the length in `{line}`"))?);
            }
            head += &line;
            head += "\n";
        }
        let Some(length) = length else { bail!("`{status}` came without Content-Length:\n{head}") };
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).context("reading a body")?;
        Ok(Answer { status, head, body })
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        let read = self.0.read_line(&mut line)?;
        ensure!(read > 0, "the connection was closed");
        Ok(line.trim_end().to_owned())
    }
}

impl Answer {
    /// Fails unless the answer is 200 with a body of that many bytes.
    pub(crate) fn expect(&self, bytes: usize) -> Result<()> {
        if !self.status.starts_with("HTTP/1.1 200") || self.body.len() != bytes {
            let body = String::from_utf8_lossy(&self.body[..self.body.len().min(500)]);
            bail!(
                "expected 200 with {bytes} bytes, got {} bytes:\n{}\n{}{body}",
                self.body.len(),
                self.status,
                self.head
            );
        }
        Ok(())
    }
}

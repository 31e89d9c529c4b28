//! A stream on which both sides speak lines of JSON.

use anyhow::{Context as _, Result, ensure};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufStream};
use tokio::net::UnixStream;

/// Bytes of a line: a path or a reason, with room.
const LINE_AT_MOST: u64 = 64 * 1024;

/// The stream.
#[derive(Debug)]
pub(crate) struct Line(BufStream<UnixStream>);

impl Line {
    pub(crate) fn new(stream: UnixStream) -> Self {
        Self(BufStream::new(stream))
    }

    /// Says something.
    ///
    /// # Errors
    /// When nobody is left to hear it.
    pub(crate) async fn say(&mut self, what: &impl Serialize) -> Result<()> {
        let text = serde_json::to_string(what)? + "\n";
        self.0.write_all(text.as_bytes()).await.context("speaking to the other process")?;
        self.0.flush().await.context("speaking to the other process")
    }

    /// Waits for what the other side says; none when it is gone.
    ///
    /// # Errors
    /// When it says what is not known.
    pub(crate) async fn hear<T: DeserializeOwned>(&mut self) -> Result<Option<T>> {
        let mut text = Vec::new();
        let read = (&mut self.0).take(LINE_AT_MOST).read_until(b'\n', &mut text).await;
        match read {
            Ok(0) => return Ok(None),
            // It ended without reading what was sent to it.
            Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => return Ok(None),
            read => read.context("listening to the other process")?,
        };
        ensure!(text.ends_with(b"\n"), "the other process broke off in the middle of a line");
        serde_json::from_slice(&text).map(Some).context("understanding the other process")
    }
}

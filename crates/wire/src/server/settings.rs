//! Limits on what clients may send and how slowly.

use std::time::Duration;

use hyper::server::conn::http2;

use crate::exec::LocalExec;
use crate::http1::HeadLimits;

/// Limits of a listener.
#[derive(Clone, Debug)]
pub struct ServerSettings {
    /// Fields per request. Default 100.
    pub max_headers: usize,
    /// Bytes of an HTTP/1 request line and fields, or of an HTTP/2 header list. Default 128 KiB.
    pub max_head_bytes: u32,
    /// From the accepted connection, or the first byte of a later head, to its last. Default 10 s.
    pub head_timeout: Duration,
    /// From one reply to the next request. Default 25 s.
    pub keep_alive: Duration,
    /// Without a byte of a body that is waited for. Default 30 s.
    pub body_idle: Duration,
    /// Without the client taking a byte of what is to be written. Default 30 s.
    pub write_idle: Duration,
    /// Bytes per second that a body has to come with, and an HTTP/1 reply to be taken with, on average over the two times above; 0 asks for
    /// none. Default 500.
    pub least_rate: u32,
    /// HTTP/2 streams at once on one connection. Default 100.
    pub h2_streams: u32,
    /// Bytes that a client may send ahead on one HTTP/2 stream. Default 64 KiB.
    pub h2_stream_window: u32,
    /// Bytes that a client may send ahead on all streams of a connection. Default 1 MiB.
    pub h2_connection_window: u32,
}

impl Default for ServerSettings {
    fn default() -> Self {
        Self {
            max_headers: 100,
            max_head_bytes: 128 << 10,
            head_timeout: Duration::from_secs(10),
            keep_alive: Duration::from_secs(25),
            body_idle: Duration::from_secs(30),
            write_idle: Duration::from_secs(30),
            least_rate: 500,
            h2_streams: 100,
            h2_stream_window: 64 << 10,
            h2_connection_window: 1 << 20,
        }
    }
}

impl ServerSettings {
    pub(super) fn head_limits(&self) -> HeadLimits {
        HeadLimits { fields: self.max_headers, bytes: self.max_head_bytes as usize }
    }

    pub(super) fn http2(&self) -> http2::Builder<LocalExec> {
        let mut builder = http2::Builder::new(LocalExec);
        builder
            .max_concurrent_streams(self.h2_streams)
            .initial_stream_window_size(self.h2_stream_window)
            .initial_connection_window_size(self.h2_connection_window)
            .max_header_list_size(self.max_head_bytes);
        builder
    }

    /// How often a connection looks at its own deadlines, at least.
    pub(super) fn shortest_timeout(&self) -> Duration {
        self.head_timeout.min(self.keep_alive).min(self.body_idle).min(self.write_idle)
    }
}

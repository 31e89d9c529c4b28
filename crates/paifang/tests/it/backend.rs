//! A backend that answers when it is told to.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};

/// A backend that has one call.
pub(crate) struct Backend(TcpListener);

/// A call that waits for its answer.
pub(crate) struct Waiting(TcpStream);

impl Backend {
    pub(crate) fn start() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").unwrap())
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.0.local_addr().unwrap()
    }

    /// Waits until a request's head is there.
    pub(crate) fn accept(&self) -> Waiting {
        let (stream, _) = self.0.accept().unwrap();
        let mut lines = BufReader::new(&stream).lines();
        while !lines.next().unwrap().unwrap().is_empty() {}
        Waiting(stream)
    }
}

impl Waiting {
    pub(crate) fn answer(mut self, body: &str) {
        write!(self.0, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    }
}

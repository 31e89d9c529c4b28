//! What a client is connected by.

use tokio::io::DuplexStream;
use tokio::net::TcpStream;

use crate::TlsServerStream;
use crate::upgrade::Duplex;

/// A client's connection.
pub trait Socket: Duplex {
    /// When it is closed from now on, what the client has not taken is thrown away and it is told so by a reset. Otherwise the
    /// operating system would go on offering it to somebody who does not read, and keep it in memory for as long.
    fn break_off(&self);
}

impl Socket for TcpStream {
    fn break_off(&self) {
        // One that is gone has nothing left to throw away.
        let _ = self.set_zero_linger();
    }
}

impl<S: Socket> Socket for TlsServerStream<S> {
    fn break_off(&self) {
        self.get_ref().0.break_off();
    }
}

/// In memory nothing is left when it is closed.
impl Socket for DuplexStream {
    fn break_off(&self) {}
}

impl Socket for Box<dyn Socket> {
    fn break_off(&self) {
        (**self).break_off();
    }
}

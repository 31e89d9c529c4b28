//! The wire, with real loopback sockets.
#![allow(clippy::unwrap_used, reason = "tests")]

mod answers;
mod body;
mod cancel;
mod differential;
mod drain;
mod early;
mod grammar;
mod hop;
mod hosts;
mod http2;
mod keep_alive;
mod leaks;
mod limits;
mod messages;
mod proxy_protocol;
mod replay;
mod server;
mod splits;
mod stalls;
mod streaming;
mod support;
mod target;
mod timeouts;
mod tls;
mod upgrade;
mod watch;

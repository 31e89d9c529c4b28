//! HTTP as the pipeline sees it: heads, targets, bodies, replies, upstream pools.
//!
//! HTTP/1.1 is read by a strict grammar of our own ([`http1`]). This is the only crate that knows hyper and h2, and nothing of theirs
//! appears in its public types; the vocabulary of the `http` crate (method, status, header name and value, version) does. Everything here
//! is single-threaded (`!Send`): a worker is a current-thread runtime inside a `LocalSet`, a client connection is one local task, and that
//! task also drives the HTTP/1 upstream socket that it uses, so that a request costs no further task, channel wake-up or timer.
//!
//! * in: [`Server::serve`] turns an accepted stream into [`Request`]s for a [`Handler`];
//! * out: [`Pool::send`] turns an [`OutgoingRequest`] into a [`Reply`], or a [`SendError`] that knows how far it got;
//! * between: [`Head`], [`Target`], [`Headers`], [`Body`], and [`tunnel`] for what is no longer HTTP.

mod body;
mod client;
mod drain;
mod error;
mod exec;
mod head;
mod headers;
mod hop;
pub mod http1;
mod length;
mod message;
pub mod proxy_protocol;
mod server;
mod target;
mod tls;
mod tls_server;
mod tunnel;
mod turn;
mod upgrade;
mod value;

pub use body::{
    Body, BodyEnd, BodyOutcome, BodyWatcher, ByteBudget, CollectError, Collected, Frame, Permit, Replay,
};
pub use client::{
    Attempt, Origin, Pool, PoolSettings, Protocol, SendError, SendFailure, TimeoutPhase, Timeouts,
};
pub use drain::Drain;
pub use error::{Cause, WireError};
pub use head::{Head, ReplyHead, host_of, host_without_port};
pub use headers::{FieldName, Headers, IntoFieldName};
pub use hop::{names_hop_by_hop, strip_hop_by_hop};
pub use http::{HeaderName, HeaderValue, Method, StatusCode, Version, header};
pub use message::{OutgoingRequest, Reply, Request};
pub use server::{
    ConnectionInfo, Ended, Handler, Server, ServerSettings, Socket, Tls, Unreadable, address_text,
};
pub use target::{Target, TargetError, TargetRule, decode_path};
pub use tls::{ClientIdentity, Roots, TlsClient, TlsClientSettings, TlsError, TlsTarget, Verification};
pub use tls_server::{
    Hello, HttpVersions, TlsServer, TlsServerSettings, TlsServerStream, TlsVersions, server_hello,
};
pub use tunnel::{TunnelEnd, TunnelStats, tunnel};
pub use upgrade::{Duplex, Upgrade, Upgraded};
pub use value::field_value;

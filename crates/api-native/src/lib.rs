//! Native REST under `/api/v1`, which console, command line and scripts use, and its OpenAPI 3.1 document.
//!
//! A handler does five things and no more: it is found in a table of routes, knows its `caller`, reads what was
//! asked (`ask`), calls [`paifang_control`], and answers (`answer`) or tells the `problem`. No rule about any noun
//! lives here. There is one file or folder per noun, named as its route.
//!
//! [`router`] is all that the binary mounts. What only the data plane knows comes through two ports: [`Debugger`] and
//! [`Observer`].
//!
//! The OpenAPI document is a contract: `openapi.json` beside this crate's manifest is compared with the routes by a
//! test, and written anew with `UPDATE_GOLDEN=1`.

mod access_list;
mod account;
mod answer;
mod api;
mod app;
mod app_quota;
mod ask;
mod audit;
mod authority;
mod backend_access;
mod backend_instance;
mod backend_service;
mod black_list;
mod caller;
mod certificate;
mod channel;
mod closed;
mod document;
mod domain;
mod finish;
mod grant;
mod group;
mod keyring;
mod manifest;
mod metrics;
mod node;
mod outside;
mod policy;
mod port;
mod problem;
mod quota;
mod random;
mod router;
mod session;
mod stage;
mod state;
mod status;
mod task;
mod user;
mod variable;

pub use ask::complaint;
pub use document::document;
pub use port::{
    DebugAnswer, DebugCaller, DebugDecision, DebugRefused, DebugRequest, DebugTarget, Debugger, MemberHealth,
    MemberState, Observer, Readiness, SentRequest, SetAside,
};
pub use router::router;
pub use state::{NativeSettings, NativeState, Peer, Transport};

/// The largest body of a request: 1 MiB.
pub const BODY_AT_MOST: usize = 1024 * 1024;

//! For tests: builders, fake neighbours, a whole gateway in one line.
//!
//! ```no_run
//! # use paifang_testkit::{Backend, Scene, api};
//! # use paifang_model::Dialect;
//! # async fn story() {
//! let backend = Backend::echo().await;
//! let mut scene = Scene::new(Dialect::Alibaba);
//! scene.publish(api::get("/pets").to(&backend));
//! let gateway = scene.start().await;
//! assert_eq!(gateway.get("/pets").send().await.status, 200);
//! # }
//! ```
#![allow(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    reason = "a failure is a panic"
)]

pub mod api;
mod backend;
mod call;
mod caller;
mod connection;
pub mod frames;
mod gateway;
pub mod load;
pub mod policy;
pub mod postgres;
mod redis;
mod scene;
mod tls;

pub use backend::{Backend, Gate, Received, Then};
pub use call::{Answer, Call};
pub use caller::Caller;
pub use connection::{Connection, Raw, Upload};
pub use gateway::TestGateway;
pub use redis::Redis;
pub use scene::{Scene, deployment, gateways_authority};
pub use tls::{TestAuthority, TlsCaller};

/// The size of a test: the first, or the second where `PAIFANG_SOAK` asks for full size.
pub fn soaked(size: usize, full: usize) -> usize {
    if std::env::var_os("PAIFANG_SOAK").is_some() { full } else { size }
}

/// Says something that is worth to be seen although the test succeeds; what is printed in the usual way would be swallowed.
pub fn remark(text: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "{text}");
}

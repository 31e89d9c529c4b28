//! The data plane: listener → snapshot → pipeline → backend → reply.
//!
//! [`Gateway`] starts the workers; [`config::Update`]s tell it what to serve. `docs/life-of-a-request.md`
//! follows one call through the modules.

mod authenticate;
mod backend;
mod call;
pub mod channel;
pub mod config;
pub mod dialect;
mod edge;
pub mod exchange;
pub mod explain;
mod find;
mod forwarded;
mod gateway;
mod in_flight;
mod job;
mod knock;
mod limit;
pub mod limits;
mod listen;
mod lists;
mod networks;
pub mod nonces;
pub mod observe;
mod offload;
mod outsiders;
mod pages;
pub mod parameters;
mod pipeline;
mod policy;
mod preflight;
mod recorder;
pub mod refusal;
pub mod request_id;
pub mod routing;
mod shared;
pub mod snapshot;
mod trace;
mod worker;

pub use gateway::{Begin, Gateway, GatewayError, GatewaySettings, check};
pub use job::{Explained, Trial};
pub use listen::EdgeSettings;
pub use networks::{Networks, NotNetwork};
pub use shared::Settings;
pub use snapshot::{PublisherGone, SetAside};

//! The management interface of Alibaba Cloud API Gateway, CloudAPI 2016-07-14, over [`paifang_control`].
//!
//! Every call is GET or POST on `/`. A call is read whole (`asked`), its operation is found in the table
//! (`actions`), its signature is checked (`caller`), and a handler translates its parameters (`params`), calls
//! control and builds the answer, which goes out as JSON or XML (`answer`). What goes wrong becomes one of the
//! vendor's codes (`fault`). There is one folder per noun; no rule about any noun lives here.
//!
//! Only groups of the dialect are seen. Definitions are translated both ways in `definition`, and what the data
//! plane does not read is kept as it was given, so that reading, changing and writing through an SDK loses nothing.
//!
//! [`before`] is all that the binary mounts: it takes the requests that it [`claims`] from those for the others.

mod access_list;
mod actions;
mod answer;
mod api;
mod app;
mod asked;
mod authority;
mod backend;
mod call;
mod caller;
mod claims;
mod definition;
mod domain;
mod fault;
mod group;
mod instance;
mod ip_control;
mod listing;
mod metrics;
mod params;
mod plugin;
mod router;
mod rule;
mod signature;
mod stage;
mod state;
mod time;
mod traffic_control;
mod vpc_access;

pub use actions::{Offer, Operation, operations};
pub use claims::claims;
pub use router::before;
pub use state::AlibabaState;

/// The one version of the interface.
pub const VERSION: &str = "2016-07-14";

/// The largest body of a request: 1 MiB.
pub const BODY_AT_MOST: usize = 1024 * 1024;

/// The one instance there is, shared by all groups.
pub const INSTANCE: &str = "api-shared-vpc-001";

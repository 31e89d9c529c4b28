//! What all workers of the process share.

use std::net::SocketAddr;
use std::sync::Arc;

use paifang_model::Dialect;
use paifang_model::limits::Profile;
use paifang_wire::ByteBudget;
use tokio::sync::Notify;

use crate::backend::Resolver;
use crate::in_flight::InFlight;
use crate::limits::{Cluster, Limits};
use crate::listen::{Crowd, EdgeSettings};
use crate::networks::Networks;
use crate::nonces::Nonces;
use crate::observe::{AccessLog, LeftMinutes, Metrics};
use crate::snapshot::Served;

/// What all workers of the process share. Nothing in it makes one worker wait for another.
#[derive(Debug)]
pub(crate) struct Shared {
    /// What is served.
    pub(crate) served: Served,
    /// Counters of calls.
    pub(crate) limits: Limits,
    /// What other nodes count with this one; none: it counts alone.
    pub(crate) cluster: Option<Arc<Cluster>>,
    /// Nonces that were used.
    pub(crate) nonces: Nonces,
    /// Connections of clients.
    pub(crate) crowd: Arc<Crowd>,
    /// Calls under way.
    pub(crate) in_flight: InFlight,
    /// Memory for bodies.
    pub(crate) body_budget: ByteBudget,
    /// Wakes who looks after members of channels: one stands otherwise now, or is in doubt.
    pub(crate) member_news: Notify,
    /// Names to addresses.
    pub(crate) resolver: Resolver,
    /// Figures of all calls.
    pub(crate) metrics: Metrics,
    /// What workers that ended counted in their last minutes.
    pub(crate) left_minutes: LeftMinutes,
    /// One line per call.
    pub(crate) access_log: AccessLog,
    /// What does not change while the process runs.
    pub(crate) settings: Settings,
}

/// What does not change while the process runs.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The dialect of callers whose host is unknown and whose headers say nothing.
    pub default_dialect: Dialect,
    /// Whose limits apply.
    pub profile: Profile,
    /// The name of this node, for backends that want it.
    pub node_name: Arc<str>,
    /// The port that clients are sent to who are to call over TLS.
    pub https_port: u16,
    /// Addresses that no backend may have: where the gateway itself is managed.
    pub own_addresses: Vec<SocketAddr>,
    /// Whether backends may have link-local addresses, where cloud machines keep their credentials.
    pub link_local_backends: bool,
    /// Where backends may be; none: anywhere else.
    pub backend_networks: Option<Networks>,
    /// Bytes of request bodies that the process holds at most.
    pub body_budget: usize,
    /// Nonces that the process remembers at most.
    pub nonces: usize,
    /// What the edge lets in, and how slowly.
    pub edge: EdgeSettings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            default_dialect: Dialect::Alibaba,
            profile: Profile::Own,
            node_name: "paifang".into(),
            https_port: 443,
            own_addresses: Vec::new(),
            link_local_backends: false,
            backend_networks: None,
            body_budget: 256 << 20,
            nonces: 4_000_000,
            edge: EdgeSettings::default(),
        }
    }
}

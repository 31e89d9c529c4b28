//! What the data plane tells about itself.

use serde::Serialize;
use utoipa::ToSchema;

/// Tells how the data plane is.
pub trait Observer: Send + Sync {
    /// All metrics, in the text format of OpenMetrics 1.0, which Prometheus reads.
    fn metrics(&self) -> String;

    /// The revision up to which the configuration is served.
    fn served_revision(&self) -> u64;

    /// Objects that cannot be served, and why.
    fn set_aside(&self) -> Vec<SetAside>;

    /// Whether calls should be sent here.
    fn readiness(&self) -> Readiness;
}

/// An object that cannot be served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SetAside {
    /// Its address: `kind/id`.
    pub key: String,
    /// Why, as a sentence.
    pub reason: String,
}

/// Whether calls should be sent here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Readiness {
    /// They should.
    Ready,
    /// They should not, for these reasons.
    NotReady(Vec<String>),
}

impl Readiness {
    pub(crate) fn reasons(&self) -> &[String] {
        match self {
            Self::Ready => &[],
            Self::NotReady(reasons) => reasons,
        }
    }
}

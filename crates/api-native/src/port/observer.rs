//! What the data plane tells about itself.

use paifang_model::id::{ChannelId, MemberId};
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

    /// What this node knows of a channel's members that take calls or could; none: it does not serve the channel.
    fn channel_health(&self, channel: ChannelId) -> Option<Vec<MemberHealth>>;

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

/// What a node knows of a member of a channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MemberHealth {
    /// The member.
    pub member: MemberId,
    /// Whether it takes calls.
    pub state: MemberState,
    /// Since when, in milliseconds since 1970; absent: since it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since_ms: Option<i64>,
    /// The last that was wrong with it; absent: nothing ever was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Calls under way; counted only where members are picked by that.
    pub under_way: u32,
}

/// Whether a member of a channel takes calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MemberState {
    /// It does.
    Healthy,
    /// Health checks found it unwell.
    Unhealthy,
    /// It could not be connected to, and is left out for a while.
    Ejected,
    /// It is switched off.
    Disabled,
    /// This node does not serve it, or not yet.
    Unknown,
}

/// Whether calls should be sent here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Readiness {
    /// They should.
    Ready,
    /// They should, though not all is well, for these reasons.
    Impaired(Vec<String>),
    /// They should not, for these reasons.
    NotReady(Vec<String>),
}

impl Readiness {
    pub(crate) fn reasons(&self) -> &[String] {
        match self {
            Self::Ready => &[],
            Self::Impaired(reasons) | Self::NotReady(reasons) => reasons,
        }
    }
}

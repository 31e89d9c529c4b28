//! How the data plane is, for the management interface. It neither keeps the data plane alive nor outlives it.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Weak};

use paifang_api_native::{MemberHealth, MemberState, Observer, Readiness, SetAside};
use paifang_model::id::{ChannelId, MemberId};
use paifang_proxy::{Gateway, channel};

use crate::publisher::Defects;

/// How the data plane is.
#[derive(Clone)]
pub(super) struct Watcher {
    gateway: Weak<Gateway>,
    defects: Defects,
    stage: Arc<AtomicU8>,
}

/// Where in its life the process is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Stage {
    /// It has not served its configuration yet.
    Starting,
    /// It serves.
    Serving,
    /// It ends.
    Draining,
}

impl Watcher {
    pub(super) fn new(gateway: &Arc<Gateway>, defects: Defects) -> Self {
        let stage = Arc::new(AtomicU8::new(Stage::Starting as u8));
        Self { gateway: Arc::downgrade(gateway), defects, stage }
    }

    /// The process has come to another stage of its life.
    pub(super) fn enter(&self, stage: Stage) {
        self.stage.store(stage as u8, Ordering::Relaxed);
    }
}

impl Watcher {
    /// Who lost Redis serves all the same.
    fn serving(&self) -> Readiness {
        let redis = self.gateway.upgrade().and_then(|gateway| gateway.redis());
        let Some((reason, since)) = redis.and_then(|redis| Some((redis.away?, redis.since_ms))) else {
            return Readiness::Ready;
        };
        let since = jiff::Timestamp::from_millisecond(since).unwrap_or_default();
        let sentence =
            format!("limits are counted by this node alone: Redis is away since {since}: {reason}");
        Readiness::Impaired(vec![sentence])
    }
}

impl Observer for Watcher {
    fn metrics(&self) -> String {
        self.gateway.upgrade().map(|gateway| gateway.metrics().render()).unwrap_or_default()
    }

    fn served_revision(&self) -> u64 {
        self.gateway.upgrade().map(|gateway| *gateway.served_revision().borrow()).unwrap_or_default()
    }

    fn set_aside(&self) -> Vec<SetAside> {
        let unreadable = self.defects.list();
        let unreadable =
            unreadable.into_iter().map(|(key, reason)| SetAside { key: key.to_string(), reason });
        let uncompiled = self.gateway.upgrade().map(|gateway| gateway.set_aside()).unwrap_or_default();
        let uncompiled =
            uncompiled.into_iter().map(|aside| SetAside { key: aside.key.to_string(), reason: aside.reason });
        unreadable.chain(uncompiled).collect()
    }

    fn channel_health(&self, channel: ChannelId) -> Option<Vec<MemberHealth>> {
        Some(self.gateway.upgrade()?.channel_health(channel)?.into_iter().map(member_health).collect())
    }

    fn readiness(&self) -> Readiness {
        let reason = match self.stage.load(Ordering::Relaxed) {
            stage if stage == Stage::Serving as u8 => return self.serving(),
            stage if stage == Stage::Draining as u8 => "the gateway is ending",
            _ => "the configuration is not served yet",
        };
        Readiness::NotReady(vec![reason.to_owned()])
    }
}

impl paifang_api_huawei::Health for Watcher {
    fn unwell(&self, channel: ChannelId) -> HashSet<MemberId> {
        let known = self.gateway.upgrade().and_then(|gateway| gateway.channel_health(channel));
        let unwell = |known: &channel::MemberHealth| known.state != channel::MemberState::Healthy;
        known.unwrap_or_default().into_iter().filter(unwell).map(|known| known.member).collect()
    }
}

fn member_health(known: channel::MemberHealth) -> MemberHealth {
    MemberHealth {
        member: known.member,
        state: match known.state {
            channel::MemberState::Healthy => MemberState::Healthy,
            channel::MemberState::Unhealthy => MemberState::Unhealthy,
            channel::MemberState::Ejected => MemberState::Ejected,
        },
        since_ms: known.since_ms,
        reason: known.reason.map(String::from),
        under_way: known.under_way,
    }
}

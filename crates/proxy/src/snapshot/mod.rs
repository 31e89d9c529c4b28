//! What is served at one moment. A call sees exactly one snapshot until the head of its reply is written.

mod builder;
mod code;
pub(crate) mod compile;
mod documents;
mod instances;
mod numbers;
mod outsiders;
mod policies;
mod publisher;
mod quotas;
mod release;
mod route;
mod shards;
mod stages;
mod tls;

use std::sync::Arc;

use foldhash::HashMap;
use paifang_model::BackendAccess;
use paifang_model::dialect::Dialect;
use paifang_model::domain::{ClientCertificates, HostPattern};
use paifang_model::id::{
    AccountId, ApiId, AppId, BackendAccessId, BackendServiceId, ChannelId, GroupId, StageId,
};
use paifang_model::limits::{Limits, Profile};
use paifang_model::policy::{AddressSet, Effect};
use paifang_model::record::Key;
use paifang_sign::SigningKey;
use paifang_wire::TlsServer;

pub(crate) use code::CodeDigest;
use code::CodeEntry;
pub use publisher::PublisherGone;
pub(crate) use publisher::{Publisher, Served};
pub use route::{
    Address, Auth, BackendPlan, GroupFacts, HttpPlan, MockPlan, Route, StageFacts, To, UnresolvedPlan,
};
use shards::Shards;
use stages::Stages;
pub(crate) use tls::{HostTls, USUAL as USUAL_TLS};

use crate::channel::ChannelEntry;
use crate::limits::Key as Named;
use crate::outsiders::{AccessRules, BlackLists, Blacked};
use crate::policy::LimitRule;
use crate::routing::Table;

/// What is served at one moment.
#[derive(Debug, Clone)]
pub(crate) struct Snapshot {
    /// The revision of the configuration.
    pub(crate) revision: u64,
    /// What a call may cost, by dialect.
    limits: [Limits; Dialect::ALL.len()],
    hosts: Shards<Box<str>, HostEntry>,
    groups: Shards<GroupId, Arc<GroupEntry>>,
    stages: Arc<Stages>,
    apps: Shards<AppId, Arc<AppFacts>>,
    /// By [`key_name`]: texts would take several times the room, and nobody can make two of them meet.
    keys: Shards<Named, Arc<KeyEntry>>,
    codes: Shards<CodeDigest, CodeEntry>,
    /// By [`grant_name`], with when they end.
    grants: Shards<Named, UntilMs>,
    accesses: Shards<BackendAccessId, Arc<BackendAccess>>,
    access_names: Shards<Arc<str>, BackendAccessId>,
    /// What explanations call backend services by.
    service_names: Shards<BackendServiceId, Arc<str>>,
    channels: Shards<ChannelId, Arc<ChannelEntry>>,
    /// The gateway's own lists; none: it has none.
    pub(crate) access_rules: Option<Arc<AccessRules>>,
    /// Black lists; none: nobody has any.
    black_lists: Option<Arc<BlackLists>>,
    /// What hosts without a certificate of their own are secured with.
    own_tls: Option<TlsServer>,
    set_aside: Arc<Vec<SetAside>>,
}

/// When a grant ends, in milliseconds since 1970; none: never.
type Until = Option<i64>;

/// The same in half the room: there are as many as there are apps, and more.
#[derive(Debug, Clone, Copy)]
struct UntilMs(i64);

impl UntilMs {
    const NEVER: i64 = i64::MAX;

    fn new(until: Until) -> Self {
        Self(until.unwrap_or(Self::NEVER))
    }

    fn get(self) -> Until {
        (self.0 != Self::NEVER).then_some(self.0)
    }
}

/// What stands for the public text of a key.
fn key_name(text: &str) -> Named {
    Named::of(&[b"key", text.as_bytes()])
}

/// What stands for a grant of an API in a stage to an app.
fn grant_name(app: AppId, api: ApiId, stage: StageId) -> Named {
    Named::of(&[b"grant", app.0.as_bytes(), api.0.as_bytes(), stage.0.as_bytes()])
}

/// An object that could not be served, and why. Its neighbours are served all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// The object.
    pub key: Key,
    /// Why, as a sentence.
    pub reason: String,
}

/// What a host leads to.
#[derive(Debug, Clone)]
pub(crate) struct HostEntry {
    /// The group.
    pub(crate) group: GroupId,
    /// The only stage that it serves, when it is fixed to one.
    pub(crate) stage: Option<StageId>,
    /// Whether it is the host that the group has from the start.
    pub(crate) subdomain: bool,
    /// How it is called over TLS, where something was chosen.
    pub(crate) tls: Option<Arc<HostTls>>,
    /// Which parts of hosts below a wildcard have names, where any do.
    pub(crate) patterns: Option<Arc<[HostPattern]>>,
}

/// A group with what it serves.
#[derive(Debug)]
pub(crate) struct GroupEntry {
    /// What its routes share.
    pub(crate) facts: Arc<GroupFacts>,
    /// What it serves, by stage.
    pub(crate) stages: HashMap<StageId, Arc<StageTable>>,
}

/// What a group serves in a stage.
pub(crate) type StageTable = Table<Arc<Route>>;

/// A caller.
#[derive(Debug, Clone)]
pub struct AppFacts {
    /// Its id.
    pub id: AppId,
    /// Its number.
    pub number: i64,
    /// Its name.
    pub name: Box<str>,
    /// The account that it belongs to: one for all of its apps, of which there may be a million.
    pub account: Arc<AccountFacts>,
    /// Addresses from which it calls, or does not; none: it calls from anywhere.
    pub addresses: Option<Box<(Effect, AddressSet)>>,
    /// Whether its calls are refused.
    pub frozen: bool,
    /// How many calls it may make; none: as many as it likes.
    pub(crate) quota: Option<Arc<LimitRule>>,
}

/// Whom apps belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountFacts {
    /// Its id.
    pub id: AccountId,
    /// Its number, where it is known.
    pub number: Option<u64>,
    /// Its name, where it is known.
    pub name: Option<Box<str>>,
}

/// A key that an app signs with.
#[derive(Debug)]
pub(crate) struct KeyEntry {
    /// The app.
    pub(crate) app: AppId,
    /// The secret, ready to verify with.
    pub(crate) signing: SigningKey,
}

impl Snapshot {
    /// Nothing is served.
    pub(crate) fn empty(profile: Profile) -> Self {
        Self {
            revision: 0,
            limits: Dialect::ALL.map(|dialect| Limits::of(profile, dialect)),
            hosts: Shards::new(),
            groups: Shards::new(),
            stages: Arc::default(),
            apps: Shards::new(),
            keys: Shards::new(),
            codes: Shards::new(),
            grants: Shards::new(),
            accesses: Shards::new(),
            access_names: Shards::new(),
            service_names: Shards::new(),
            channels: Shards::new(),
            access_rules: None,
            black_lists: None,
            own_tls: None,
            set_aside: Arc::default(),
        }
    }

    /// What a call to a group of a dialect may cost.
    pub(crate) fn limits(&self, dialect: Dialect) -> Limits {
        self.limits[dialect as usize]
    }

    /// What a host leads to; wildcards stand for one level.
    pub(crate) fn host(&self, host: &str) -> Option<&HostEntry> {
        self.hosts.get(host).or_else(|| {
            let (_, parent) = host.split_once('.')?;
            self.hosts.get(format!("*.{parent}").as_str())
        })
    }

    /// What the placeholder of this name stands for in a host in lower case: by the first pattern of its domain that fits.
    pub(crate) fn host_part<'h>(&self, host: &'h str, name: &str) -> Option<&'h str> {
        let patterns = self.host(host)?.patterns.as_ref()?;
        let (label, _) = host.split_once('.')?;
        patterns.iter().filter(|pattern| pattern.name() == name).find_map(|pattern| pattern.part(label))
    }

    /// What answers a handshake that asks for this name; none: nothing can.
    pub(crate) fn tls(&self, name: Option<&str>) -> Option<&TlsServer> {
        match name.and_then(|name| self.host(name)).and_then(|entry| entry.tls.as_ref()) {
            Some(tls) => tls.server.as_ref(),
            None => self.own_tls.as_ref(),
        }
    }

    /// Whether backends are told the subject of the clients that ask for this name.
    pub(crate) fn tells_subject(&self, name: Option<&str>) -> bool {
        let tls = name.and_then(|name| self.host(name)).and_then(|entry| entry.tls.as_ref());
        tls.is_some_and(|tls| tls.clients == ClientCertificates::RequiredAndPassedOn)
    }

    /// A group.
    pub(crate) fn group(&self, id: GroupId) -> Option<&Arc<GroupEntry>> {
        self.groups.get(&id)
    }

    /// The stage of this name, as the dialect matches names; without a name, the one that is meant then.
    pub(crate) fn stage(&self, dialect: Dialect, name: Option<&str>) -> Option<StageId> {
        self.stages.find(dialect, name)
    }

    /// An app.
    pub(crate) fn app(&self, id: AppId) -> Option<&Arc<AppFacts>> {
        self.apps.get(&id)
    }

    /// The key with this public text.
    pub(crate) fn key(&self, key: &str) -> Option<&Arc<KeyEntry>> {
        self.keys.get(&key_name(key))
    }

    /// The app that a code speaks for.
    pub(crate) fn code(&self, code: CodeDigest) -> Option<AppId> {
        self.codes.get(&code).map(|entry| entry.app)
    }

    /// When the app's grant ends; none: there is no grant.
    pub(crate) fn grant(&self, app: AppId, api: ApiId, stage: StageId) -> Option<Until> {
        self.grants.get(&grant_name(app, api, stage)).map(|until| until.get())
    }

    /// Who is kept out of the APIs of an account.
    pub(crate) fn blacked(&self, account: AccountId) -> Option<&Blacked> {
        self.black_lists.as_ref()?.of_account(account)
    }

    /// A backend access.
    pub(crate) fn access(&self, id: BackendAccessId) -> Option<&Arc<BackendAccess>> {
        self.accesses.get(&id)
    }

    /// The backend access with a name.
    pub(crate) fn access_named(&self, name: &str) -> Option<&Arc<BackendAccess>> {
        self.access(*self.access_names.get(name)?)
    }

    /// The name of a backend service.
    pub(crate) fn service_name(&self, id: BackendServiceId) -> Option<&str> {
        self.service_names.get(&id).map(Arc::as_ref)
    }

    /// A channel.
    pub(crate) fn channel(&self, id: ChannelId) -> Option<&Arc<ChannelEntry>> {
        self.channels.get(&id)
    }

    /// All channels.
    pub(crate) fn channels(&self) -> impl Iterator<Item = &Arc<ChannelEntry>> {
        self.channels.values()
    }

    /// Whether another snapshot has the very same channels.
    pub(crate) fn has_channels_of(&self, other: &Self) -> bool {
        self.channels.is_same(&other.channels)
    }

    /// What could not be served.
    pub(crate) fn set_aside(&self) -> &[SetAside] {
        &self.set_aside
    }
}

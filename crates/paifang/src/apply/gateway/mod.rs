//! What is on the gateway, read by native REST and told in the terms of the files.

mod apis;
mod apps;
mod entries;
mod policies;
mod variables;
mod view;

pub(crate) use entries::Made;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::{Context as _, Result};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use paifang_model::limits::{Limits, Profile};
use paifang_model::{
    AccessList, AppQuota, BackendAccess, BackendInstance, BackendService, CertificateFacts, Channel, Dialect,
    Domain, Group, Kind, Policy, Quota, QuotaName, Stage,
};
use serde::Deserialize;
use serde_json::Value;

use super::noun;
use super::object::{Found, Identity};
use super::reader::Rules;
use crate::management::Rest;
use view::Seen;

/// Requests that are under way at the same time.
pub(crate) const AT_ONCE: usize = 16;

/// Objects by their names, as far as they were asked for.
pub(crate) struct Gateway {
    pub(crate) rules: Rules,
    pub(crate) found: BTreeMap<Identity, Found>,
    by_id: HashMap<(Kind, String), Identity>,
    /// What settings of policies may name by number.
    by_number: HashMap<(Kind, String), Identity>,
    /// Policies with the ids of what they name, for those whose settings nobody has asked for yet.
    policies: BTreeMap<Identity, Policy>,
    /// What certificates say of themselves.
    pub(crate) facts: BTreeMap<Identity, CertificateFacts>,
}

/// How much is read of what may be a lot.
pub(crate) struct Scope {
    /// The groups whose APIs are read; none: all.
    pub(crate) groups: Option<BTreeSet<Identity>>,
    /// The deployments whose definitions are wanted; none: all.
    pub(crate) deployments: Option<BTreeSet<Identity>>,
}

#[derive(Deserialize)]
struct Status {
    limits: Profile,
    base_domain: String,
}

#[derive(Deserialize)]
struct Quotas {
    items: Vec<Number>,
}

#[derive(Deserialize)]
struct Number {
    name: QuotaName,
    value: Option<u64>,
}

impl Gateway {
    /// Reads what there is little of: groups, stages, accesses, instances, channels, backend services, certificates, domains, app
    /// quotas, lists and policies.
    pub(crate) async fn read(rest: &Rest) -> Result<Self> {
        let (found, policies, facts) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let (by_id, by_number) = (HashMap::new(), HashMap::new());
        let rules = read_rules(rest).await?;
        let mut gateway = Self { rules, found, by_id, by_number, policies, facts };
        for Seen { id, revision, noun } in view::all::<Group>(rest, "/groups").await? {
            let identity = Identity::group(noun.dialect, &noun.name);
            gateway.add(identity, Found { id, revision, body: noun::group::canonical(noun) });
        }
        for Seen { id, revision, noun } in view::all::<Stage>(rest, "/stages").await? {
            let identity = Identity::stage(noun.dialect, &noun.name);
            gateway.add(identity, Found { id, revision, body: noun::stage::canonical(&noun) });
        }
        for Seen { id, revision, noun } in view::all::<BackendAccess>(rest, "/backend-accesses").await? {
            let body = noun::backend_access::canonical(&noun);
            gateway.add(Identity::backend_access(&noun.name), Found { id, revision, body });
        }
        for Seen { id, revision, noun } in view::all::<BackendInstance>(rest, "/backend-instances").await? {
            let identity = Identity::backend_instance(noun.network.as_deref(), &noun.instance);
            let body = noun::backend_instance::canonical(&noun);
            gateway.add(identity, Found { id, revision, body });
        }
        for Seen { id, revision, noun } in view::all::<Channel>(rest, "/channels").await? {
            let body = noun::channel::canonical(&noun);
            gateway.add(Identity::channel(&noun.name), Found { id, revision, body });
        }
        for Seen { id, revision, noun } in
            view::all::<noun::certificate::Shown>(rest, "/certificates").await?
        {
            let identity = Identity::certificate(&noun.name);
            gateway.facts.insert(identity.clone(), noun.facts.clone());
            gateway.add(identity, Found { id, revision, body: noun::certificate::canonical(&noun) });
        }
        for Seen { id, revision, noun } in view::all::<BackendService>(rest, "/backend-services").await? {
            let body = noun::backend_service::canonical(&noun, |kind, id| gateway.name(kind, id));
            gateway.add(Identity::backend_service(&noun.name), Found { id, revision, body });
        }
        for Seen { id, revision, noun } in view::all::<Domain>(rest, "/domains").await? {
            gateway.add_domain(id, revision, &noun);
        }
        for Seen { id, revision, noun } in view::all::<AppQuota>(rest, "/app-quotas").await? {
            let body = noun::app_quota::canonical(&noun);
            gateway.add(Identity::app_quota(&noun.name), Found { id, revision, body });
        }
        for Seen { id, revision, noun } in view::all::<AccessList>(rest, "/access-lists").await? {
            let identity = Identity::outermost(Kind::AccessList, &noun.name);
            gateway.add(identity, Found { id, revision, body: noun::access_list::canonical(&noun) });
        }
        gateway.read_policies(rest).await?;
        gateway.read_black_lists(rest).await?;
        Ok(gateway)
    }

    fn add_domain(&mut self, id: String, revision: u64, domain: &Domain) {
        let stage = domain.stage.and_then(|stage| self.named(Kind::Stage, &stage.to_string())).cloned();
        let certificate =
            domain.tls.certificate.and_then(|id| self.named(Kind::Certificate, &id.to_string()));
        let Some(group) = self.named(Kind::Group, &domain.group.to_string()) else { return };
        let body = noun::domain::canonical(group, stage.as_ref(), &domain.tls, certificate, &domain.patterns);
        self.add(Identity::domain(&domain.host), Found { id, revision, body });
    }

    fn add(&mut self, identity: Identity, found: Found) {
        self.by_id.insert((identity.kind, found.id.clone()), identity.clone());
        self.found.insert(identity, found);
    }

    /// The object with this id, if it has been read.
    pub(crate) fn named(&self, kind: Kind, id: &str) -> Option<&Identity> {
        self.by_id.get(&(kind, id.to_owned()))
    }

    /// Notes the number of an object.
    fn add_number(&mut self, identity: Identity, number: &impl ToString) {
        self.by_number.insert((identity.kind, number.to_string()), identity);
    }

    /// The number of an object, if it has one and has been read.
    pub(crate) fn number(&self, identity: &Identity) -> Option<&str> {
        let mut all = self.by_number.iter();
        all.find(|(_, numbered)| *numbered == identity).map(|((_, number), _)| number.as_str())
    }

    /// The name of the object with this id, if it has been read.
    fn name(&self, kind: Kind, id: &str) -> Option<String> {
        self.named(kind, id).map(|identity| identity.name().to_owned())
    }

    /// The id of an object, if it has been read.
    pub(crate) fn id(&self, identity: &Identity) -> Option<&str> {
        self.found.get(identity).map(|found| found.id.as_str())
    }

    /// Everything of a kind that has been read.
    pub(crate) fn of_kind(&self, kind: Kind) -> impl Iterator<Item = (&Identity, &Found)> {
        self.found.iter().filter(move |(identity, _)| identity.kind == kind)
    }
}

/// The gateway's own settings, as far as files are judged by them.
async fn read_rules(rest: &Rest) -> Result<Rules> {
    let status: Status = rest.get("/status").await?.context("the gateway does not say how it is")?;
    let quotas: Quotas = rest.get("/quotas").await?.context("the gateway does not say its limits")?;
    let quota =
        |Number { name, value }: Number| Quota { id: Quota::id_of(name), name, value, by: String::new() };
    let quotas: Vec<Quota> = quotas.items.into_iter().map(quota).collect();
    let limits = |dialect| (dialect, Limits::of(status.limits, dialect).changed(dialect, quotas.iter()));
    Ok(Rules { limits: Dialect::ALL.into_iter().map(limits).collect(), base_domain: status.base_domain })
}

/// The paths of a list as a whole, or of what it has about each of some groups.
fn of_groups(gateway: &Gateway, list: &str, groups: Option<&BTreeSet<Identity>>) -> Vec<String> {
    let Some(groups) = groups else { return vec![list.to_owned()] };
    groups.iter().filter_map(|group| gateway.id(group)).map(|id| format!("{list}?group={id}")).collect()
}

/// Asks many things, some at the same time; the answers come in any order.
async fn ask_all<I, T, F>(what: impl IntoIterator<Item = I>, ask: impl Fn(I) -> F) -> Result<Vec<T>>
where
    F: Future<Output = Result<T>>,
{
    stream::iter(what).map(ask).buffer_unordered(AT_ONCE).try_collect().await
}

/// A value in a query.
fn quoted(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// The text of a member.
fn text(value: &Value, member: &str) -> String {
    value.get(member).and_then(Value::as_str).unwrap_or_default().to_owned()
}

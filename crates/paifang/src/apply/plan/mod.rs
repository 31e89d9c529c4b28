//! What has to be done so that the gateway is as the files want it. Nothing here asks or changes anything.

mod check;
mod routes;
mod show;

pub(crate) use check::check;
pub(crate) use show::{json, text};

use std::collections::{BTreeMap, BTreeSet};

use paifang_control::{Difference, differences};
use paifang_model::Kind;

use super::gateway::Made;
use super::object::{Found, Identity};
use super::reader::Desired;

/// One step.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) identity: Identity,
    pub(crate) change: Change,
    /// Steps of one turn may be made in any order; those of the next one need them.
    pub(crate) turn: u8,
}

/// What a step does to its object.
#[derive(Debug)]
pub(crate) enum Change {
    /// Makes it.
    Create,
    /// Changes it where it differs.
    Update(Vec<Difference>),
    /// Deletes it.
    Delete,
}

/// The steps, in the order in which they are made.
pub(crate) type Plan = Vec<Step>;

/// What has to be done. `made`, where given, is what may be deleted: what is not wanted any more and was made by the
/// same manifest.
pub(crate) fn plan(desired: &Desired, found: &BTreeMap<Identity, Found>, made: Option<&Made>) -> Plan {
    let mut steps = Vec::new();
    for (identity, wanted) in desired {
        let change = match found.get(identity) {
            None => Change::Create,
            Some(there) => match differences(&there.body, &wanted.body) {
                same if same.is_empty() => continue,
                differences => Change::Update(differences),
            },
        };
        steps.push(Step { identity: identity.clone(), change, turn: AFTER_EARLY + rank(identity.kind) });
    }
    let deleted = deleted(desired, found, made);
    let in_the_way = routes::in_the_way(desired, found, &deleted);
    for identity in &deleted {
        if dropped_along(identity, &deleted) {
            continue;
        }
        let early = api_of(identity).is_some_and(|api| in_the_way.contains(&api));
        let first = if early { 0 } else { AFTER_EARLY + LATE };
        let turn = first + (LAST_RANK - rank(identity.kind));
        steps.push(Step { identity: identity.clone(), change: Change::Delete, turn });
    }
    steps.sort_by(|a, b| (a.turn, &a.identity).cmp(&(b.turn, &b.identity)));
    steps
}

const LAST_RANK: u8 = 9;
/// Where turns begin after those that make room.
const AFTER_EARLY: u8 = LAST_RANK + 1;
/// Where deletions begin after that.
const LATE: u8 = LAST_RANK + 1;

/// What needs what: an object is made after those of lower rank, and deleted before them.
const fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Group => 0,
        Kind::Stage | Kind::BackendInstance => 1,
        Kind::Variable
        | Kind::BackendAccess
        | Kind::Channel
        | Kind::Certificate
        | Kind::AppQuota
        | Kind::AccessList => 2,
        Kind::BackendService => 3,
        Kind::Api => 4,
        Kind::Deployment => 5,
        Kind::App => 6,
        Kind::AppKey | Kind::AppCode | Kind::Policy | Kind::BlackList => 7,
        Kind::Grant | Kind::Binding | Kind::GroupBinding => 8,
        _ => LAST_RANK,
    }
}

fn deleted(desired: &Desired, found: &BTreeMap<Identity, Found>, made: Option<&Made>) -> BTreeSet<Identity> {
    let Some(made) = made else { return BTreeSet::new() };
    let gone = found.iter().filter(|(identity, found)| {
        !desired.contains_key(identity) && made.contains(&(identity.kind, found.id.clone()))
    });
    gone.map(|(identity, _)| identity.clone()).collect()
}

/// The API that an object is, or is about.
fn api_of(identity: &Identity) -> Option<Identity> {
    match identity.kind {
        Kind::Api | Kind::Deployment | Kind::Binding => Some(identity.api_of()),
        Kind::Grant => Some(identity.granted_api()),
        _ => None,
    }
}

/// What goes with its app: the last key could not be deleted by itself.
fn dropped_along(identity: &Identity, deleted: &BTreeSet<Identity>) -> bool {
    matches!(identity.kind, Kind::AppKey | Kind::AppCode) && deleted.contains(&identity.app_of())
}

#[cfg(test)]
mod tests;

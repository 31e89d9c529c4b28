//! APIs of a group that answer the same requests cannot be there side by side.

use std::collections::{BTreeMap, BTreeSet};

use paifang_model::Kind;
use paifang_model::definition::RequestDefinition;
use serde_json::Value;

use crate::apply::object::{Found, Identity};
use crate::apply::place::Complaints;
use crate::apply::reader::Desired;

/// Which requests an API answers, and in which group.
type Route = (Identity, String);

/// APIs that have to go before those that are wanted in their place can come.
pub(super) fn in_the_way(
    desired: &Desired,
    found: &BTreeMap<Identity, Found>,
    deleted: &BTreeSet<Identity>,
) -> BTreeSet<Identity> {
    let wanted: BTreeSet<Route> =
        desired.iter().filter_map(|(identity, wanted)| route(identity, &wanted.body)).collect();
    let taken = |identity: &&Identity| {
        found
            .get(identity)
            .and_then(|found| route(identity, &found.body))
            .is_some_and(|route| wanted.contains(&route))
    };
    deleted.iter().filter(taken).cloned().collect()
}

/// Complains about wanted APIs whose route another one has that stays.
pub(super) fn check(
    desired: &Desired,
    found: &BTreeMap<Identity, Found>,
    goes: impl Fn(&Identity) -> bool,
    complaints: &mut Complaints,
) {
    let mut held = BTreeMap::<Route, String>::new();
    for (identity, there) in found {
        if !desired.contains_key(identity)
            && !goes(identity)
            && let Some(route) = route(identity, &there.body)
        {
            held.insert(route, format!("{identity}, which is not in the files"));
        }
    }
    for (identity, wanted) in desired {
        let Some(route) = route(identity, &wanted.body) else { continue };
        let document = &wanted.document;
        let holder = format!("{identity}, at {}", document.place("/request/path"));
        if let Some(holder) = held.insert(route, holder) {
            document.complain("/request/path", format!("the route is that of {holder}"), complaints);
        }
    }
}

fn route(identity: &Identity, body: &Value) -> Option<Route> {
    if identity.kind != Kind::Api {
        return None;
    }
    let request: RequestDefinition = serde_json::from_value(body.get("request")?.clone()).ok()?;
    Some((identity.group_of(), request.route()))
}

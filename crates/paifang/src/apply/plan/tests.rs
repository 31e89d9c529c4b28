//! Plans against a model of a gateway: once the steps are made, nothing is left to do, and nobody else's object is gone.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use paifang_model::{Dialect, Kind, PolicyKind};
use proptest::prelude::*;
use serde_json::json;

use super::{Change, plan, routes};
use crate::apply::files::Document;
use crate::apply::gateway::Made;
use crate::apply::object::{Found, Identity, Wanted};
use crate::apply::place::Complaints;
use crate::apply::reader::Desired;

/// What may be in the files and on the gateway: of each kind something, with parents and children.
fn universe() -> Vec<Identity> {
    let mut all = vec![
        Identity::channel("pool"),
        Identity::backend_access("vault"),
        Identity::backend_instance(Some("vpc-1"), "i-1"),
        Identity::app_quota("gold"),
        Identity::outermost(Kind::AccessList, "office"),
        Identity::outermost(Kind::BlackList, "scrapers"),
        Identity::backend_service("stock"),
        wild(),
    ];
    let test = Identity::stage(Dialect::Alibaba, "BETA");
    let apps = ["shop", "bank"].map(Identity::app);
    for app in &apps {
        all.extend([app.clone(), Identity::app_key(app.name(), "key"), Identity::app_code(app.name(), "00")]);
    }
    for group in ["pets", "cars"] {
        let group = Identity::group(Dialect::Alibaba, group);
        for api in ["one", "two"] {
            let api = group.api(api);
            let throttled = api.binding(&test, PolicyKind::Throttle);
            all.extend([api.deployment(&test), api.grant(&apps[0], &test), throttled, api]);
        }
        all.extend([
            group.variable(&test, "Host"),
            group.group_binding(&test, PolicyKind::Throttle),
            Identity::domain(&format!("{}.example.com", group.name())),
            group,
        ]);
    }
    all.extend([test, Identity::policy(Dialect::Alibaba, PolicyKind::Throttle, "gold")]);
    all
}

fn wild() -> Identity {
    Identity::certificate("wild")
}

/// What an object is: wanted with one of two bodies or not, there with one of two or not, and if so made by us or not.
type Fate = (Option<bool>, Option<(bool, bool)>);

fn world(fates: &[Fate]) -> (Desired, BTreeMap<Identity, Found>, Made) {
    let (mut desired, mut found, mut made) = (Desired::new(), BTreeMap::new(), Made::new());
    for (index, (identity, (wanted, there))) in universe().into_iter().zip(fates).enumerate() {
        if let Some(body) = wanted {
            desired.insert(identity.clone(), self::wanted(json!({ "is": body })));
        }
        if let Some((body, ours)) = there {
            let id = index.to_string();
            if *ours {
                made.insert((identity.kind, id.clone()));
            }
            found.insert(identity, Found { id, revision: 1, body: json!({ "is": body }) });
        }
    }
    // A key or a code is wanted by the document that wants its app.
    let apps: HashSet<Identity> =
        desired.keys().filter(|identity| identity.kind == Kind::App).cloned().collect();
    desired.retain(|identity, _| !is_of_an_app(identity) || apps.contains(&identity.app_of()));
    (desired, found, made)
}

fn is_of_an_app(identity: &Identity) -> bool {
    matches!(identity.kind, Kind::AppKey | Kind::AppCode)
}

fn wanted(body: serde_json::Value) -> Wanted {
    let document = Arc::new(Document::nothing());
    Wanted { body, secret: None, needs: Vec::new(), document, pointer: String::new() }
}

fn parents(identity: &Identity) -> Vec<Identity> {
    match identity.kind {
        Kind::Api => vec![identity.group_of()],
        Kind::Variable => vec![identity.group_of(), identity.stage_of()],
        Kind::Deployment => vec![identity.api_of(), identity.stage_of()],
        Kind::Binding => {
            let gold = Identity::policy(Dialect::Alibaba, PolicyKind::Throttle, "gold");
            vec![identity.api_of().deployment(&identity.stage_of()), gold]
        }
        Kind::GroupBinding => {
            let gold = Identity::policy(Dialect::Alibaba, PolicyKind::Throttle, "gold");
            vec![identity.group_of(), identity.stage_of(), gold]
        }
        // Any domain may have it.
        Kind::Domain => vec![wild()],
        Kind::AppKey | Kind::AppCode => vec![identity.app_of()],
        Kind::Grant => vec![identity.app_of(), identity.granted_api(), identity.stage_of()],
        _ => Vec::new(),
    }
}

fn fates() -> impl Strategy<Value = Vec<Fate>> {
    let fate = (prop::option::of(any::<bool>()), prop::option::of((any::<bool>(), any::<bool>())));
    prop::collection::vec(fate, universe().len())
}

proptest! {
    #[test]
    fn nothing_is_left_to_do(fates in fates(), prune in any::<bool>()) {
        let (desired, mut found, mut made) = world(&fates);
        let before = found.clone();
        let foreign: HashSet<Identity> = found
            .iter()
            .filter(|(identity, found)| !made.contains(&(identity.kind, found.id.clone())))
            .map(|(identity, _)| identity.clone())
            .collect();
        for step in plan(&desired, &found, prune.then_some(&made)) {
            let identity = step.identity;
            match step.change {
                Change::Create => {
                    prop_assert!(!found.contains_key(&identity));
                    for parent in parents(&identity) {
                        let later = desired.contains_key(&parent) && !found.contains_key(&parent);
                        prop_assert!(!later, "{identity} is made before {parent}");
                    }
                    let id = format!("made {identity}");
                    made.insert((identity.kind, id.clone()));
                    let body = desired[&identity].body.clone();
                    found.insert(identity, Found { id, revision: 2, body });
                }
                Change::Update(differences) => {
                    prop_assert!(!differences.is_empty());
                    found.get_mut(&identity).unwrap().body = desired[&identity].body.clone();
                }
                Change::Delete => {
                    prop_assert!(prune && !desired.contains_key(&identity) && !foreign.contains(&identity));
                    found.remove(&identity).unwrap();
                    found.retain(|other, _| !is_of_an_app(other) || other.app_of() != identity);
                }
            }
        }
        prop_assert!(plan(&desired, &found, prune.then_some(&made)).is_empty());
        for identity in &foreign {
            let along = is_of_an_app(identity) && !found.contains_key(&identity.app_of());
            prop_assert!(found.contains_key(identity) || along, "{identity} was somebody else's");
        }
        for (identity, wanted) in &desired {
            prop_assert!(found[identity].body == wanted.body);
        }
        prop_assert!(prune || before.keys().all(|identity| found.contains_key(identity)));
    }

    #[test]
    fn children_are_deleted_before_their_parents(fates in fates()) {
        let (desired, found, made) = world(&fates);
        let plan = plan(&desired, &found, Some(&made));
        let turn = |of: &Identity| {
            let mut deletions = plan.iter().filter(|step| matches!(step.change, Change::Delete));
            deletions.find(|step| step.identity == *of).map(|step| step.turn)
        };
        for step in plan.iter().filter(|step| matches!(step.change, Change::Delete)) {
            for parent in parents(&step.identity) {
                prop_assert!(turn(&parent).is_none_or(|turn| turn > step.turn), "{} goes after {parent}", step.identity);
            }
        }
    }
}

fn api_body(path: &str) -> serde_json::Value {
    json!({ "request": { "method": "GET", "path": path } })
}

#[test]
fn an_api_makes_room_for_the_one_that_takes_its_route() {
    let group = Identity::group(Dialect::Alibaba, "pets");
    let stage = Identity::stage(Dialect::Alibaba, "RELEASE");
    let (old, new) = (group.api("old"), group.api("new"));
    let mut found = BTreeMap::new();
    for (identity, id) in [(old.clone(), "1"), (old.deployment(&stage), "2")] {
        found.insert(identity, Found { id: id.to_owned(), revision: 1, body: api_body("/pets/[id]") });
    }
    let desired = Desired::from([(new.clone(), wanted(api_body("/pets/[name]")))]);
    let made = Made::from([(Kind::Api, "1".to_owned()), (Kind::Deployment, "2".to_owned())]);
    let order: Vec<Identity> =
        plan(&desired, &found, Some(&made)).into_iter().map(|step| step.identity).collect();
    assert_eq!(order, [old.deployment(&stage), old, new]);
    let mut complaints = Complaints::default();
    routes::check(&desired, &found, |_| false, &mut complaints);
    let told = complaints.to_string();
    assert!(
        told.contains("/request/path: the route is that of api alibaba/pets/old, which is not in the files"),
        "{told}"
    );
    let mut complaints = Complaints::default();
    routes::check(&desired, &found, |identity| identity.name() == "old", &mut complaints);
    assert!(complaints.or(()).is_ok());
}

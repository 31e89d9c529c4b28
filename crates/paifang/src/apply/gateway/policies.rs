//! Policies, where they are bound, and the account that their settings may name.

use std::collections::BTreeSet;

use anyhow::Result;
use paifang_model::{Account, App, Binding, Kind, Policy};

use super::view::{self, Seen};
use super::{Gateway, Made, ask_all, of_groups};
use crate::apply::noun;
use crate::apply::object::{Found, Identity};
use crate::management::Rest;

impl Gateway {
    /// Reads every policy. What their settings say is left for [`Self::read_settings`].
    pub(super) async fn read_policies(&mut self, rest: &Rest) -> Result<()> {
        if let Some(account) = rest.get("/account").await? {
            let Seen { id, revision, noun } = view::read::<Account>(account)?;
            let identity = Identity::outermost(Kind::Account, &noun.name);
            self.add(identity, Found { id, revision, ..Found::default() });
        }
        for Seen { id, revision, noun } in view::all::<Policy>(rest, "/policies").await? {
            let identity = Identity::policy(noun.dialect, noun.kind, &noun.name);
            self.add(identity.clone(), Found { id, revision, ..Found::default() });
            self.policies.insert(identity, noun);
        }
        Ok(())
    }

    /// Understands the settings of some policies, for which it reads the apps that they name.
    pub(crate) async fn read_settings(&mut self, rest: &Rest, policies: &BTreeSet<Identity>) -> Result<()> {
        let wanted = || self.policies.iter().filter(|(identity, _)| policies.contains(identity));
        let named = wanted().filter_map(|(_, policy)| policy.read().ok());
        let named = named.flat_map(|settings| settings.named()).filter(|(_, key)| key.kind == Kind::App);
        let apps: Made = named.map(|(_, key)| (key.kind, key.id.to_string())).collect();
        for view in self.missing(rest, &apps, Kind::App, "/apps").await? {
            self.add_app(view::read::<App>(view)?);
        }
        for identity in policies {
            let Some(policy) = self.policies.get(identity) else { continue };
            let body = noun::policy::canonical(policy, |key| {
                self.named(key.kind, &key.id.to_string()).map(|named| named.name().to_owned())
            });
            if let Some(found) = self.found.get_mut(identity) {
                found.body = body;
            }
        }
        Ok(())
    }

    /// Reads all bindings, or those to APIs of some groups; for APIs that have been read.
    pub(crate) async fn read_bindings(
        &mut self,
        rest: &Rest,
        groups: Option<&BTreeSet<Identity>>,
    ) -> Result<()> {
        let of_one = async |path: String| view::all::<Binding>(rest, &path).await;
        let bindings = ask_all(of_groups(self, "/bindings", groups), of_one).await?;
        bindings.into_iter().flatten().for_each(|seen| self.add_binding(seen));
        Ok(())
    }

    pub(super) fn add_binding(&mut self, seen: Seen<Binding>) {
        let Seen { id, revision, noun } = seen;
        let policy = self.named(Kind::Policy, &noun.policy.to_string());
        let api = self.named(Kind::Api, &noun.api.to_string());
        let stage = self.named(Kind::Stage, &noun.stage.to_string());
        if let (Some(policy), Some(api), Some(stage)) = (policy, api, stage) {
            let body = noun::binding::canonical(policy);
            self.add(api.binding(stage, noun.kind), Found { id, revision, body });
        }
    }
}

//! Policies, where they are bound, and the account that their settings may name.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result};
use paifang_model::{Account, App, Binding, GroupBinding, Kind, Policy, Secret};
use serde_json::json;

use super::apps::Checked;
use super::view::{self, Seen};
use super::{Gateway, Made, ask_all, of_groups};
use crate::apply::noun;
use crate::apply::noun::policy::Secrecy;
use crate::apply::object::{Found, Identity};
use crate::management::Rest;

impl Gateway {
    /// Reads every policy. What their settings say is left for [`Self::read_settings`].
    pub(super) async fn read_policies(&mut self, rest: &Rest) -> Result<()> {
        if let Some(account) = rest.get("/account").await? {
            let Seen { id, revision, noun } = view::read::<Account>(account)?;
            let identity = Identity::outermost(Kind::Account, &noun.name);
            self.add_number(identity.clone(), &noun.number);
            self.add(identity, Found { id, revision, ..Found::default() });
        }
        for Seen { id, revision, noun } in view::all::<Policy>(rest, "/policies").await? {
            let identity = Identity::policy(noun.dialect, noun.kind, &noun.name);
            self.add(identity.clone(), Found { id, revision, ..Found::default() });
            self.policies.insert(identity, noun);
        }
        Ok(())
    }

    /// Understands the settings of some policies, for which it reads the apps that they name, and asks whether they have
    /// the secrets that they are wanted to have.
    pub(crate) async fn read_settings(
        &mut self,
        rest: &Rest,
        policies: &BTreeSet<Identity>,
        secrets: &BTreeMap<Identity, Secret>,
    ) -> Result<()> {
        let wanted = || self.policies.iter().filter(|(identity, _)| policies.contains(identity));
        let named = wanted().filter_map(|(_, policy)| policy.read().ok());
        let named = named.flat_map(|settings| settings.named()).filter(|(_, key)| key.kind == Kind::App);
        let numbered: Vec<_> = wanted().flat_map(|(_, policy)| noun::policy::numbered(policy)).collect();
        let apps: Made = named.map(|(_, key)| (key.kind, key.id.to_string())).collect();
        for view in self.missing(rest, &apps, Kind::App, "/apps").await? {
            self.add_app(view::read::<App>(view)?);
        }
        let unknown = |named: &(Kind, String)| named.0 == Kind::App && !self.by_number.contains_key(named);
        // Nobody can be asked for one of them.
        if numbered.iter().any(unknown) {
            self.read_all_apps(rest).await?;
        }
        let others = self.other_secrets(rest, policies, secrets).await?;
        for identity in policies {
            let Some(policy) = self.policies.get(identity) else { continue };
            let mut body = noun::policy::canonical(policy, |kind, text| {
                let named = self.named(kind, text);
                let named = named.or_else(|| self.by_number.get(&(kind, text.to_owned())));
                named.map(|named| named.name().to_owned())
            });
            if policy.kind.has_secret() {
                let another = others.contains(identity);
                let secrecy = if another { Secrecy::Another } else { Secrecy::AsInTheFiles };
                body = noun::policy::with_secret(body, secrecy);
            }
            if let Some(found) = self.found.get_mut(identity) {
                found.body = body;
            }
        }
        Ok(())
    }

    /// Those of some policies whose secret is not the wanted one.
    async fn other_secrets(
        &self,
        rest: &Rest,
        policies: &BTreeSet<Identity>,
        secrets: &BTreeMap<Identity, Secret>,
    ) -> Result<BTreeSet<Identity>> {
        let wanted =
            policies.iter().filter_map(|policy| Some((policy, self.id(policy)?, secrets.get(policy)?)));
        let other = async |(policy, id, secret): (&Identity, &str, &Secret)| {
            let guess = json!({ "secret": secret.expose() });
            let checked: Checked = rest
                .post(&format!("/policies/{id}/check"), &guess)
                .await
                .context("asking whether a policy has the secret that the files give")?;
            Ok((!checked.matches).then(|| policy.clone()))
        };
        Ok(ask_all(wanted.collect::<Vec<_>>(), other).await?.into_iter().flatten().collect())
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
    /// Reads all bindings to groups, or those to some.
    pub(crate) async fn read_group_bindings(
        &mut self,
        rest: &Rest,
        groups: Option<&BTreeSet<Identity>>,
    ) -> Result<()> {
        let of_one = async |path: String| view::all::<GroupBinding>(rest, &path).await;
        let bindings = ask_all(of_groups(self, "/group-bindings", groups), of_one).await?;
        bindings.into_iter().flatten().for_each(|seen| self.add_group_binding(seen));
        Ok(())
    }

    pub(super) fn add_group_binding(&mut self, seen: Seen<GroupBinding>) {
        let Seen { id, revision, noun } = seen;
        let policy = self.named(Kind::Policy, &noun.policy.to_string());
        let group = self.named(Kind::Group, &noun.group.to_string());
        let stage = self.named(Kind::Stage, &noun.stage.to_string());
        if let (Some(policy), Some(group), Some(stage)) = (policy, group, stage) {
            let body = noun::binding::canonical(policy);
            self.add(group.group_binding(stage, noun.kind), Found { id, revision, body });
        }
    }
}

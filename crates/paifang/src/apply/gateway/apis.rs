//! APIs of some groups, and what is deployed of them.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use paifang_model::{Api, Definition, Deployment, Dialect, Kind, Version};
use serde_json::Value;

use super::view::{self, Seen};
use super::{Gateway, Scope, ask_all};
use crate::apply::noun;
use crate::apply::object::{Found, Identity};
use crate::management::Rest;

/// Drafts and deployments.
type Read = (Vec<Seen<Api>>, Vec<Seen<Deployment>>);

impl Gateway {
    /// Reads drafts and deployments. What does not serve is not deployed.
    pub(crate) async fn read_apis(&mut self, rest: &Rest, scope: &Scope) -> Result<()> {
        let (apis, deployments) = match &scope.groups {
            None => (
                view::all::<Api>(rest, "/apis").await?,
                view::all::<Deployment>(rest, "/deployments?online=true").await?,
            ),
            Some(groups) => self.of_groups(rest, groups).await?,
        };
        for Seen { id, revision, noun } in apis {
            let Some(group) = self.named(Kind::Group, &noun.group.to_string()).cloned() else { continue };
            let identity = group.api(&noun.definition.name);
            let body = self.body(noun.definition, &group);
            self.add(identity, Found { id, revision, body });
        }
        let definitions = self.deployed(rest, &deployments, scope).await?;
        for Seen { id, revision, noun } in deployments {
            let Some(identity) = self.deployment(&noun) else { continue };
            let body = definitions.get(&identity).cloned().unwrap_or_default();
            self.add(identity, Found { id, revision, body });
        }
        Ok(())
    }

    async fn of_groups(&self, rest: &Rest, groups: &BTreeSet<Identity>) -> Result<Read> {
        let ids: Vec<&str> = groups.iter().filter_map(|group| self.id(group)).collect();
        let of_one = async |id: &str| -> Result<Read> {
            let deployments = format!("/deployments?group={id}&online=true");
            Ok((view::all(rest, &format!("/groups/{id}/apis")).await?, view::all(rest, &deployments).await?))
        };
        let of_each = ask_all(ids, of_one).await?;
        let (mut apis, mut deployments) = (Vec::new(), Vec::new());
        for (more_apis, more_deployments) in of_each {
            apis.extend(more_apis);
            deployments.extend(more_deployments);
        }
        Ok((apis, deployments))
    }

    /// What serves, for those deployments whose definitions are wanted: one question per API.
    async fn deployed(
        &self,
        rest: &Rest,
        deployments: &[Seen<Deployment>],
        scope: &Scope,
    ) -> Result<BTreeMap<Identity, Value>> {
        let mut by_api = BTreeMap::<String, Vec<(Identity, String)>>::new();
        for Seen { noun, .. } in deployments {
            let wanted = |identity: &Identity| {
                scope.deployments.as_ref().is_none_or(|deployments| deployments.contains(identity))
            };
            if let Some(identity) = self.deployment(noun).filter(wanted) {
                by_api.entry(noun.api.to_string()).or_default().push((identity, noun.version.to_string()));
            }
        }
        let of_one = async |(api, wanted): (String, Vec<(Identity, String)>)| {
            let versions = view::all::<Version>(rest, &format!("/apis/{api}/versions")).await?;
            let mut found = Vec::new();
            for (identity, id) in wanted {
                let version = versions.iter().find(|version| version.id == id);
                let definition = version.map(|version| version.noun.definition.clone());
                found.extend(
                    definition.map(|definition| (self.body(definition, &identity.group_of()), identity)),
                );
            }
            Ok(found)
        };
        let found = ask_all(by_api, of_one).await?;
        Ok(found.into_iter().flatten().map(|(body, identity)| (identity, body)).collect())
    }

    fn deployment(&self, deployment: &Deployment) -> Option<Identity> {
        let api = self.named(Kind::Api, &deployment.api.to_string())?;
        Some(api.deployment(self.named(Kind::Stage, &deployment.stage.to_string())?))
    }

    fn body(&self, definition: Definition, group: &Identity) -> Value {
        let dialect = group.dialect().unwrap_or(Dialect::Alibaba);
        noun::api::canonical(definition, dialect, |kind, id| self.name(kind, id))
    }
}

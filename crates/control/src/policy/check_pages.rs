//! Whether a policy about pages of other origins fits the APIs that it is to be bound to. A preflight names a path, and the
//! gateway answers it for all methods of that path (spec: huawei/plugins.md, cors).

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use paifang_model::definition::MethodRule;
use paifang_model::id::{ApiId, GroupId, StageId};
use paifang_model::policy::Settings;
use paifang_model::policy::alibaba::Cors;
use paifang_model::{Binding, Deployment, Policy, Rule, Version, Violations};
use paifang_store::{Query, Stored};

use crate::control::Context;
use crate::error::Error;

impl Context {
    /// All complaints at once; they point into the list of bindings.
    pub(super) async fn check_pages(&self, policy: &Policy, bindings: &[Binding]) -> Result<(), Error> {
        let Ok(Settings::Cors(cors)) = policy.read() else { return Ok(()) };
        if !policy.dialect.rules().one_cors_per_path {
            return Ok(());
        }
        let bound: HashSet<ApiId> = bindings.iter().map(|binding| binding.api).collect();
        let mut online = HashMap::new();
        let mut violations = Violations::new();
        for (index, binding) in bindings.iter().enumerate() {
            let place = (binding.group, binding.stage);
            let online: &Vec<_> = match online.entry(place) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(unknown) => unknown.insert(self.online_in(place).await?),
            };
            let complaints = self.check_pages_of(&cors, binding, &bound, online).await?;
            violations.nest(&format!("/{index}"), complaints);
        }
        Ok(violations.or(())?)
    }

    async fn online_in(&self, (group, stage): (GroupId, StageId)) -> Result<Vec<Stored<Deployment>>, Error> {
        let online = Query::of::<Deployment>().within(group).eq("stage", stage.0).eq("online", "yes");
        self.documents().all(online).await
    }

    async fn check_pages_of(
        &self,
        cors: &Cors,
        binding: &Binding,
        bound: &HashSet<ApiId>,
        online: &[Stored<Deployment>],
    ) -> Result<Violations, Error> {
        let mut violations = Violations::new();
        let online = || online.iter().map(|deployment| &deployment.value);
        let Some(own) = online().find(|deployment| deployment.api == binding.api) else {
            return Ok(violations);
        };
        self.check_method(cors, own, &mut violations).await?;
        for neighbour in online().filter(|deployment| deployment.path() == own.path()) {
            let api = neighbour.api;
            if self.method(neighbour).await? == MethodRule::Options {
                let message =
                    format!("the api `{api}` has the method OPTIONS at this path: it answers preflights");
                violations.add("/api", Rule::Conflict, message);
            }
            if bound.contains(&api) {
                continue;
            }
            let place = Binding::place(binding.kind, api, binding.stage);
            let there = self.documents().all(Query::of::<Binding>().eq("place", place)).await?;
            for other in there.iter().filter(|there: &&Stored<Binding>| there.value.policy != binding.policy)
            {
                let message = format!(
                    "the api `{api}` has this path, too, and the policy `{}`: APIs of one path have one policy of this \
                     kind, so that it is to be bound to all of them at once",
                    other.value.policy
                );
                violations.add("/api", Rule::Conflict, message);
            }
        }
        Ok(violations)
    }

    /// An API of any method has those that are allowed.
    async fn check_method(
        &self,
        cors: &Cors,
        own: &Deployment,
        violations: &mut Violations,
    ) -> Result<(), Error> {
        let (Some(allowed), Some(method)) = (&cors.methods, self.method(own).await?.as_str()) else {
            return Ok(());
        };
        if !allowed.split(',').any(|one| one == method) {
            let message = format!(
                "the api `{}` has the method {method}, and the policy allows pages {allowed}",
                own.api
            );
            violations.add("/api", Rule::Conflict, message);
        }
        Ok(())
    }

    async fn method(&self, deployment: &Deployment) -> Result<MethodRule, Error> {
        Ok(self.documents().find::<Version>(deployment.version).await?.value.definition.request.method)
    }
}

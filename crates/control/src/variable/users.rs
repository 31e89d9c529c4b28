//! The APIs that are online and name a variable.

use paifang_model::{Api, Deployment, Key, Kind, Rule, Variable, Version, Violations};
use paifang_store::Query;

use crate::control::Context;
use crate::error::Error;

/// Complaints that are told; whoever breaks more learns enough from these.
const TOLD_AT_MOST: usize = 10;

impl Context {
    /// Whether every API that is online with a variable could run with this value of it.
    pub(super) async fn check_users(&self, variable: &Variable) -> Result<(), Error> {
        let query =
            Query::of::<Deployment>().within(variable.group).linked::<Variable>("variable", variable.id);
        let mut told = Violations::new();
        for deployment in self.documents().all::<Deployment>(query).await? {
            let version = self.documents().look::<Version>(deployment.value.version).await?;
            let Some(version) = version.map(|version| version.value) else { continue };
            let mut values = self.control.values(&version.definition, variable.group, variable.stage).await?;
            values.insert(variable.name.clone(), variable.value.clone());
            let mut unfit = Violations::new();
            match version.definition.resolve(|name| values.get(name).map(String::as_str)) {
                Ok(resolved) => self.control.check_named_accesses(&resolved, &mut unfit).await?,
                Err(unresolved) => unfit = unresolved,
            }
            for violation in unfit.iter() {
                let name = &version.definition.name;
                let message =
                    format!("the API `{name}`, which is online, could not run: {}", violation.message);
                told.add("/value", Rule::Conflict, message);
            }
            if told.iter().count() >= TOLD_AT_MOST {
                break;
            }
        }
        Ok(told.or(())?)
    }

    /// The APIs that are meant by their deployments, which nobody knows by id.
    pub(super) async fn apis_of(&self, keys: Vec<Key>) -> Result<Vec<Key>, Error> {
        let mut apis = Vec::with_capacity(keys.len());
        for key in keys {
            let deployment = match key.kind {
                Kind::Deployment => self.documents().look::<Deployment>(key.id).await?,
                _ => None,
            };
            apis.push(deployment.map_or(key, |deployment| Key::of::<Api>(deployment.value.api)));
        }
        Ok(apis)
    }
}

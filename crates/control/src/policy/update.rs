//! Changes a policy, and with it what is done to the calls of every API that it is bound to.

use paifang_model::id::PolicyId;
use paifang_model::{Policy, Secret};
use paifang_store::Stored;
use serde::Deserialize;
use serde_json::Value;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::difference::changed;
use crate::error::Error;
use crate::patch::set;

/// What is to change; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct PolicyPatch {
    /// Its name.
    pub name: Option<String>,
    /// Its settings, all of them.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub settings: Option<Value>,
    /// What it is for.
    pub remark: Option<String>,
    /// Its secret.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub secret: Option<Secret>,
}

impl Context {
    /// Changes a policy; with `expected`, only as it was at that revision.
    ///
    /// # Errors
    /// When the caller may not, there is no such policy, rules are broken, the name is taken, or someone else changed
    /// it.
    pub async fn update_policy(
        &self,
        id: PolicyId,
        patch: PolicyPatch,
        expected: Option<u64>,
    ) -> Result<Stored<Policy>, Error> {
        let old = self.documents().find::<Policy>(id).await?;
        let mut policy = old.value.clone();
        set(&mut policy.name, patch.name);
        set(&mut policy.settings, patch.settings);
        set(&mut policy.remark, patch.remark);
        if patch.secret.is_some() {
            policy.secret = patch.secret;
        }
        self.replace_policy(old, policy, expected).await
    }

    pub(super) async fn replace_policy(
        &self,
        old: Stored<Policy>,
        policy: Policy,
        expected: Option<u64>,
    ) -> Result<Stored<Policy>, Error> {
        let permission = self.authorize(Action::UpdatePolicy, &super::path(policy.id)).await?;
        self.check_policy(&policy, Some(&old.value)).await?;
        let change = Change::new()
            .replace(&old, expected, &policy)
            .given("family_name", "/name", &policy.name)
            .detail(changed(&old.value, &policy));
        let changed = permission.commit(&self.control, change).await?.changed(old.created_at, policy);
        Ok(super::without_secret(changed))
    }
}

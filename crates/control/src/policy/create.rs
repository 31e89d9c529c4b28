//! Makes a policy.

use paifang_model::id::{AccountId, PolicyId};
use paifang_model::{Dialect, Policy, PolicyKind, Secret};
use paifang_store::Stored;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

/// What a new policy is to be.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PolicyDraft {
    /// Whose settings it has, and whose groups it is for; never changed.
    pub dialect: Dialect,
    /// What it does; never changed.
    pub kind: PolicyKind,
    /// Its name, unique among policies of its dialect and kind.
    pub name: String,
    /// Its settings, with the vendor's members.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub settings: Value,
    /// What it is for.
    #[serde(default)]
    pub remark: String,
    /// Its secret, where the kind has one.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub secret: Option<Secret>,
}

impl PolicyDraft {
    fn build(self, account: AccountId) -> Policy {
        let Self { dialect, kind, name, settings, remark, secret } = self;
        Policy { id: PolicyId::random(), account, dialect, kind, name, settings, remark, secret }
    }
}

impl Context {
    /// Makes a policy, which does nothing until it is bound.
    ///
    /// # Errors
    /// When the caller may not, rules are broken, what the settings name is not there, the name is taken, or the quota
    /// is used up.
    pub async fn create_policy(&self, draft: PolicyDraft) -> Result<Stored<Policy>, Error> {
        let policy = draft.build(self.principal.account);
        let permission = self.authorize(Action::CreatePolicy, &super::path(policy.id)).await?;
        self.check_policy(&policy, None).await?;
        let quota = self.control.policy_quota(policy.dialect, policy.kind).await?;
        let change = Change::new()
            .create(&policy)
            .cap(quota)
            .given("family_name", "/name", &policy.name)
            .detail(json!({ "name": policy.name, "dialect": policy.dialect, "kind": policy.kind }));
        Ok(super::without_secret(permission.commit(&self.control, change).await?.made(policy)))
    }
}

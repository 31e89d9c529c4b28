//! Lists, shows and takes away bindings to groups.

use paifang_model::id::{GroupBindingId, GroupId, PolicyId, StageId};
use paifang_model::{GroupBinding, Key, PolicyKind};
use paifang_store::{Page, Query, Stored};
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::paging::Paging;
use crate::resource::ResourcePath;

/// Which bindings to groups are wanted; all that is set must hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GroupBindingFilter {
    /// Of this policy.
    pub policy: Option<PolicyId>,
    /// Of policies of this kind.
    pub kind: Option<PolicyKind>,
    /// To this group.
    pub group: Option<GroupId>,
    /// In this stage.
    pub stage: Option<StageId>,
}

impl Context {
    /// Bindings to groups, by the time they were made.
    ///
    /// # Errors
    /// When the caller may not, or the page cannot be given.
    pub async fn list_group_bindings(
        &self,
        filter: GroupBindingFilter,
        paging: &Paging,
    ) -> Result<Page<Stored<GroupBinding>>, Error> {
        let path = filter.policy.map_or_else(|| ResourcePath::all(Noun::Policy), super::path);
        self.may(Action::ListBindings, &path).await?;
        self.documents().list(&paging.apply(filter.query())).await
    }

    /// One binding to a group.
    ///
    /// # Errors
    /// When the caller may not, or there is no such binding.
    pub async fn read_group_binding(&self, id: GroupBindingId) -> Result<Stored<GroupBinding>, Error> {
        let binding = self.documents().find::<GroupBinding>(id).await?;
        self.may(Action::ListBindings, &super::path(binding.value.policy)).await?;
        Ok(binding)
    }

    /// Unbinds a policy from a group.
    ///
    /// # Errors
    /// When the caller may not, or there is no such binding.
    pub async fn unbind_policy_from_group(&self, id: GroupBindingId) -> Result<(), Error> {
        let binding = self.documents().find::<GroupBinding>(id).await?.value;
        let permission = self.authorize(Action::UnbindPolicy, &super::path(binding.policy)).await?;
        let change = Change::new()
            .delete(Key::of::<GroupBinding>(id), None)
            .detail(json!({ "group": binding.group, "stage": binding.stage }));
        permission.commit(&self.control, change).await.map(|_| ())
    }
}

impl GroupBindingFilter {
    fn query(self) -> Query {
        let mut query = Query::of::<GroupBinding>();
        if let Some(policy) = self.policy {
            query = query.within(policy);
        }
        if let Some(kind) = self.kind {
            query = query.eq("kind", kind.name());
        }
        if let Some(group) = self.group {
            query = query.eq("group", group.0);
        }
        if let Some(stage) = self.stage {
            query = query.eq("stage", stage.0);
        }
        query
    }
}

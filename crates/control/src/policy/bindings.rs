//! Lists and shows bindings.

use paifang_model::id::{ApiId, BindingId, GroupId, PolicyId, StageId};
use paifang_model::{Binding, PolicyKind};
use paifang_store::{Page, Query, Stored};

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::paging::Paging;
use crate::resource::ResourcePath;

/// Which bindings are wanted; all that is set must hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BindingFilter {
    /// Of this policy.
    pub policy: Option<PolicyId>,
    /// Of policies of this kind.
    pub kind: Option<PolicyKind>,
    /// To this API.
    pub api: Option<ApiId>,
    /// To APIs of this group.
    pub group: Option<GroupId>,
    /// In this stage.
    pub stage: Option<StageId>,
}

impl Context {
    /// Bindings, sleeping ones too, by the time they were made.
    ///
    /// # Errors
    /// When the caller may not, or the page cannot be given.
    pub async fn list_bindings(
        &self,
        filter: BindingFilter,
        paging: &Paging,
    ) -> Result<Page<Stored<Binding>>, Error> {
        let path = filter.policy.map_or_else(|| ResourcePath::all(Noun::Policy), super::path);
        self.may(Action::ListBindings, &path).await?;
        self.documents().list(&paging.apply(filter.query())).await
    }

    /// One binding.
    ///
    /// # Errors
    /// When the caller may not, or there is no such binding.
    pub async fn read_binding(&self, id: BindingId) -> Result<Stored<Binding>, Error> {
        let binding = self.documents().find::<Binding>(id).await?;
        self.may(Action::ListBindings, &super::path(binding.value.policy)).await?;
        Ok(binding)
    }
}

impl BindingFilter {
    fn query(self) -> Query {
        let mut query = Query::of::<Binding>();
        if let Some(policy) = self.policy {
            query = query.within(policy);
        }
        if let Some(kind) = self.kind {
            query = query.eq("kind", kind.name());
        }
        if let Some(api) = self.api {
            query = query.eq("api", api.0);
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

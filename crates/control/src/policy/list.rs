//! Lists policies.

use paifang_model::{Dialect, Policy, PolicyKind};
use paifang_store::{Filter, Page, Query, Stored};

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::paging::{By, Paging};
use crate::resource::ResourcePath;

/// Which policies are wanted; all that is set must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PolicyFilter {
    /// Of this dialect.
    pub dialect: Option<Dialect>,
    /// Of this kind.
    pub kind: Option<PolicyKind>,
    /// Of this kind, or of one that is shown as one with it.
    pub family: Option<PolicyKind>,
    /// With exactly this name.
    pub name: Option<String>,
    /// With this in their name, in upper or lower case.
    pub name_contains: Option<String>,
}

impl Context {
    /// Policies, by the time they were made or by name.
    ///
    /// # Errors
    /// When the caller may not, or the page cannot be given.
    pub async fn list_policies(
        &self,
        filter: &PolicyFilter,
        paging: &Paging<impl By>,
    ) -> Result<Page<Stored<Policy>>, Error> {
        self.may(Action::ListPolicies, &ResourcePath::all(Noun::Policy)).await?;
        let mut page = self.documents().list(&paging.apply_named(filter.query(), "name")).await?;
        page.items = page.items.into_iter().map(|item| item.map(super::without_secret)).collect();
        Ok(page)
    }
}

impl PolicyFilter {
    fn query(&self) -> Query {
        let mut query = Query::of::<Policy>();
        match (self.dialect, self.family.or(self.kind)) {
            (Some(dialect), Some(kind)) => query = query.eq("family", Policy::family(dialect, kind)),
            (Some(dialect), None) => query = query.eq("dialect", dialect.name()),
            (None, _) => {}
        }
        if let Some(kind) = self.kind {
            query = query.eq("kind", kind.name());
        }
        if let Some(name) = &self.name {
            query = query.eq("name", name);
        }
        if let Some(part) = &self.name_contains {
            query = query.filter(Filter::Contains("name", part.clone()));
        }
        query
    }
}

//! Lists variables.

use paifang_model::Variable;
use paifang_model::id::{GroupId, StageId};
use paifang_store::{Filter, Page, Query, Stored};

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::paging::{By, Paging};

/// Which variables of a group are wanted; all that is set must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VariableFilter {
    /// In this stage.
    pub stage: Option<StageId>,
    /// With exactly this name.
    pub name: Option<String>,
    /// With this in their name, in either case.
    pub name_contains: Option<String>,
}

impl Context {
    /// Variables of a group, by the time they were made or by name.
    ///
    /// # Errors
    /// When the caller may not, or the page cannot be given.
    pub async fn list_variables(
        &self,
        group: GroupId,
        filter: &VariableFilter,
        paging: &Paging<impl By>,
    ) -> Result<Page<Stored<Variable>>, Error> {
        self.may(Action::ListVariables, &crate::group::path(group).then_all(Noun::Variable)).await?;
        self.documents().list(&paging.apply_named(filter.query(group), "name")).await
    }
}

impl VariableFilter {
    fn query(&self, group: GroupId) -> Query {
        let mut query = Query::of::<Variable>();
        query = match self.stage {
            Some(stage) => query.within(Variable::scope_of(group, stage)),
            None => query.eq("group", group.0),
        };
        if let Some(name) = &self.name {
            query = query.eq("name", name);
        }
        if let Some(part) = &self.name_contains {
            query = query.filter(Filter::Contains("name", part.clone()));
        }
        query
    }
}

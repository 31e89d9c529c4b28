//! Lists stages.

use paifang_model::{Dialect, Stage};
use paifang_store::{Filter, Page, Query, Stored};

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::paging::{By, Paging};
use crate::resource::ResourcePath;

/// Which stages are wanted; all that is set must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StageFilter {
    /// Of this dialect.
    pub dialect: Option<Dialect>,
    /// With this in their name, in upper or lower case.
    pub name_contains: Option<String>,
}

impl Context {
    /// Stages, by the time they were made or by name.
    ///
    /// # Errors
    /// When the caller may not, or the page cannot be given.
    pub async fn list_stages(
        &self,
        filter: &StageFilter,
        paging: &Paging<impl By>,
    ) -> Result<Page<Stored<Stage>>, Error> {
        self.may(Action::ListStages, &ResourcePath::all(Noun::Stage)).await?;
        let mut query = Query::of::<Stage>();
        if let Some(dialect) = filter.dialect {
            query = query.eq("dialect", dialect.name());
        }
        if let Some(part) = &filter.name_contains {
            query = query.filter(Filter::Contains("name", part.clone()));
        }
        self.documents().list(&paging.apply_named(query, "name")).await
    }
}

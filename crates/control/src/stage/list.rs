//! Lists stages.

use paifang_model::{Dialect, Stage};
use paifang_store::{Page, Query, Stored};

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::paging::Paging;
use crate::resource::ResourcePath;

impl Context {
    /// Stages of a dialect or of all, by the time they were made.
    ///
    /// # Errors
    /// When the caller may not, or the page cannot be given.
    pub async fn list_stages(
        &self,
        dialect: Option<Dialect>,
        paging: &Paging,
    ) -> Result<Page<Stored<Stage>>, Error> {
        self.may(Action::ListStages, &ResourcePath::all(Noun::Stage)).await?;
        let mut query = Query::of::<Stage>();
        if let Some(dialect) = dialect {
            query = query.eq("dialect", dialect.name());
        }
        self.documents().list(&paging.apply(query)).await
    }
}

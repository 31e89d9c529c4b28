//! Lists the versions of an API.

use paifang_model::id::{ApiId, StageId};
use paifang_model::{Api, Version};
use paifang_store::{Page, Query, Stored};

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::paging::Paging;

/// Which versions are wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HistoryFilter {
    /// Made for this stage.
    pub stage: Option<StageId>,
}

/// A version and where it serves.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryEntry {
    /// The version.
    pub version: Stored<Version>,
    /// The stages in which it serves.
    pub serves: Vec<StageId>,
}

impl Context {
    /// Versions of an API, by their numbers and so by the time they were made.
    ///
    /// # Errors
    /// When the caller may not, there is no such API, or the page cannot be given.
    pub async fn history(
        &self,
        id: ApiId,
        filter: HistoryFilter,
        paging: &Paging,
    ) -> Result<Page<HistoryEntry>, Error> {
        let api = self.documents().find::<Api>(id).await?.value;
        self.may(Action::ReadHistory, &super::path_of(&api)).await?;
        let mut query = paging.apply(Query::of::<Version>().within(id)).by("number");
        if let Some(stage) = filter.stage {
            query = query.eq("stage", stage.0);
        }
        let Page { items, next, total, revision } = self.documents().list::<Version>(&query).await?;
        let mut serving = self.deployments_of(id).await?;
        serving.retain(|deployment| deployment.value.online);
        let entry = |version: Stored<Version>| {
            let here = serving.iter().filter(|deployment| deployment.value.version == version.value.id);
            let serves = here.map(|deployment| deployment.value.stage).collect();
            HistoryEntry { version, serves }
        };
        let items = items.into_iter().map(|item| item.map(entry)).collect();
        Ok(Page { items, next, total, revision })
    }
}

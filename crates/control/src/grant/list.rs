//! Lists grants.

use paifang_model::Grant;
use paifang_model::id::{ApiId, AppId, GrantId, GroupId, StageId};
use paifang_store::{Page, Query, Stored};

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::paging::Paging;
use crate::resource::ResourcePath;

/// Which grants are wanted; all that is set must hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GrantFilter {
    /// To this app.
    pub app: Option<AppId>,
    /// For this API.
    pub api: Option<ApiId>,
    /// In this stage.
    pub stage: Option<StageId>,
    /// For APIs of this group.
    pub group: Option<GroupId>,
}

impl Context {
    /// Grants, ended ones too, by the time they were made.
    ///
    /// # Errors
    /// When the caller may not, or the page cannot be given.
    pub async fn list_grants(
        &self,
        filter: GrantFilter,
        paging: &Paging,
    ) -> Result<Page<Stored<Grant>>, Error> {
        let path = match filter.app {
            Some(app) => crate::app::path(app).then_all(Noun::Grant),
            None => ResourcePath::all(Noun::Grant),
        };
        self.may(Action::ListGrants, &path).await?;
        self.documents().list(&paging.apply(filter.query())).await
    }

    /// One grant.
    ///
    /// # Errors
    /// When the caller may not, or there is no such grant.
    pub async fn read_grant(&self, id: GrantId) -> Result<Stored<Grant>, Error> {
        let grant = self.documents().find::<Grant>(id).await?;
        self.may(Action::ListGrants, &super::path_of(&grant.value)).await?;
        Ok(grant)
    }
}

impl GrantFilter {
    fn query(self) -> Query {
        let mut query = Query::of::<Grant>();
        if let Some(api) = self.api {
            query = query.within(api);
        }
        if let Some(app) = self.app {
            query = query.eq("app", app.0);
        }
        if let Some(stage) = self.stage {
            query = query.eq("stage", stage.0);
        }
        if let Some(group) = self.group {
            query = query.eq("group", group.0);
        }
        query
    }
}

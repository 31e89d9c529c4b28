//! Lists users.

use paifang_model::User;
use paifang_store::{Filter, Page, Query, Stored};

use super::UserInfo;
use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::paging::{By, Paging};
use crate::resource::ResourcePath;

impl Context {
    /// Users, by the time they were made or by name; with `name_contains`, only those with this in their name.
    ///
    /// # Errors
    /// When the caller may not, or the page cannot be given.
    pub async fn list_users(
        &self,
        name_contains: Option<&str>,
        paging: &Paging<impl By>,
    ) -> Result<Page<Stored<UserInfo>>, Error> {
        self.may(Action::ListUsers, &ResourcePath::all(Noun::User)).await?;
        let mut query = paging.apply_named(Query::of::<User>(), "name");
        if let Some(part) = name_contains {
            query = query.filter(Filter::Contains("name", part.to_owned()));
        }
        Ok(crate::paging::map(self.documents().list::<User>(&query).await?, UserInfo::of))
    }
}

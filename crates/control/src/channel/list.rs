//! Lists channels.

use paifang_model::Channel;
use paifang_store::{Filter, Page, Query, Stored};

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::paging::{By, Paging};
use crate::resource::ResourcePath;

impl Context {
    /// Channels, by the time they were made or by name; with `name_contains`, only those with this in their name.
    ///
    /// # Errors
    /// When the caller may not, or the page cannot be given.
    pub async fn list_channels(
        &self,
        name_contains: Option<&str>,
        paging: &Paging<impl By>,
    ) -> Result<Page<Stored<Channel>>, Error> {
        self.may(Action::ListChannels, &ResourcePath::all(Noun::Channel)).await?;
        let mut query = Query::of::<Channel>();
        if let Some(part) = name_contains {
            query = query.filter(Filter::Contains("name", part.to_owned()));
        }
        self.documents().list(&paging.apply_named(query, "name")).await
    }
}

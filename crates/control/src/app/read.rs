//! Shows an app, by id or by number.

use paifang_model::App;
use paifang_model::id::AppId;
use paifang_model::record::Sortable;
use paifang_store::Stored;

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::resource::ResourcePath;

impl Context {
    /// One app.
    ///
    /// # Errors
    /// When the caller may not, or there is no such app.
    pub async fn read_app(&self, id: AppId) -> Result<Stored<App>, Error> {
        self.may(Action::ReadApp, &super::path(id)).await?;
        self.documents().find(id).await
    }

    /// The app with this number.
    ///
    /// # Errors
    /// When the caller may not, or there is no such app.
    pub async fn find_app(&self, number: i64) -> Result<Stored<App>, Error> {
        self.may(Action::ReadApp, &ResourcePath::of(Noun::App, number)).await?;
        self.documents().find_by("number", number.sortable(), &number.to_string()).await
    }
}

//! Finds the app that holds a key, by its text, from which the key's id is derived.

use paifang_model::{App, AppKey};
use paifang_store::Stored;

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;

impl Context {
    /// The app that signs with this key. Only who may list an app's keys may ask who holds one.
    ///
    /// # Errors
    /// When the caller may not, or no app has such a key.
    pub async fn find_app_of_key(&self, key: &str) -> Result<Stored<App>, Error> {
        let app = self.documents().find::<AppKey>(AppKey::id_of(key)).await?.value.app;
        self.may(Action::ListAppKeys, &super::path(app).then_all(Noun::AppKey)).await?;
        self.read_app(app).await
    }
}

//! Gives a number back to its profile.

use paifang_model::{Key, Quota};
use paifang_store::Expectation;
use serde_json::json;

use super::QuotaState;
use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Lets a number be as its profile says; it may be so already. With `expected`, only as it was changed at that
    /// revision.
    ///
    /// # Errors
    /// When the caller may not, there is no such number, or someone else changed it.
    pub async fn reset_quota(&self, name: &str, expected: Option<u64>) -> Result<QuotaState, Error> {
        let name = super::named(name)?;
        let permission = self.authorize(Action::ResetQuota, &super::path(name)).await?;
        let before = self.quota_state(name).await?.value;
        let key = Key::of::<Quota>(Quota::id_of(name));
        let to = name.default_in(self.control.settings().profile);
        let change = Change::new()
            .drop(key)
            .expect(expected.map(|revision| Expectation::Revision(key, revision)))
            .detail(json!({ "from": before, "to": to }));
        permission.commit(&self.control, change).await?;
        self.quota_state(name).await
    }
}

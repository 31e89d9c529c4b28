//! Changes a number. Nothing that is there is taken away: a number below its use refuses what would come in addition.

use paifang_model::{Key, Quota};
use paifang_store::Expectation;
use serde_json::json;

use super::QuotaState;
use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Sets a number, by its name; none: off. With `expected`, only as it was changed at that revision. Management
    /// calls meet it from now on, calls to APIs once the revision is served.
    ///
    /// # Errors
    /// When the caller may not, there is no such number, it is out of its range, or someone else changed it.
    pub async fn set_quota(
        &self,
        name: &str,
        value: Option<u64>,
        expected: Option<u64>,
    ) -> Result<QuotaState, Error> {
        let name = super::named(name)?;
        let permission = self.authorize(Action::SetQuota, &super::path(name)).await?;
        let quota = Quota { id: Quota::id_of(name), name, value, by: self.principal.name.clone() };
        quota.check()?;
        let before = self.quota_state(name).await?.value;
        let key = Key::of::<Quota>(quota.id);
        let change = Change::new()
            .put(&quota)
            .expect(expected.map(|revision| Expectation::Revision(key, revision)))
            .detail(json!({ "from": before, "to": value }));
        permission.commit(&self.control, change).await?;
        self.quota_state(name).await
    }
}

//! Changes when a grant ends.

use paifang_model::id::GrantId;
use paifang_model::{Grant, Violations};
use paifang_store::Stored;
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Changes when a grant ends, in milliseconds since 1970; none: never. With `expected`, only as it was at that
    /// revision.
    ///
    /// # Errors
    /// When the caller may not, there is no such grant, the end has passed, or someone else changed it.
    pub async fn extend_grant(
        &self,
        id: GrantId,
        until: Option<i64>,
        expected: Option<u64>,
    ) -> Result<Stored<Grant>, Error> {
        let old = self.documents().find::<Grant>(id).await?;
        let permission = self.authorize(Action::ExtendGrant, &super::path_of(&old.value)).await?;
        let mut violations = Violations::new();
        violations.at("/until", super::check_until(until, self.control.now()));
        violations.or(())?;
        let grant = Grant { until, ..old.value.clone() };
        let change = Change::new().replace(&old, expected, &grant).detail(json!({ "until": until }));
        Ok(permission.commit(&self.control, change).await?.changed(old.created_at, grant))
    }
}

//! Edits an API's draft. What is published stays as it is until the next deployment.

use paifang_model::id::ApiId;
use paifang_model::{Api, Definition, Group};
use paifang_store::Stored;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::difference::changed;
use crate::error::Error;

impl Context {
    /// Replaces the definition of a draft; with `expected`, only as it was at that revision.
    ///
    /// # Errors
    /// When the caller may not, there is no such API, the definition breaks rules, its name or its route is taken in
    /// the group, or someone else changed the draft.
    pub async fn edit_api(
        &self,
        id: ApiId,
        definition: Definition,
        expected: Option<u64>,
    ) -> Result<Stored<Api>, Error> {
        let old = self.documents().find::<Api>(id).await?;
        let permission = self.authorize(Action::EditApi, &super::path_of(&old.value)).await?;
        let dialect = self.documents().find::<Group>(old.value.group).await?.value.dialect;
        self.control.check_definition(&definition, Some(&old.value.definition), dialect).await?;
        let api = Api { definition: definition.in_dialect(dialect), ..old.value };
        let change = Change::new()
            .replace(&old, expected, &api)
            .detail(changed(&old.value.definition, &api.definition));
        let done = permission.commit(&self.control, placed(change, &api)).await?;
        Ok(done.changed(old.created_at, api))
    }
}

/// Where a definition gives what may be taken or missing.
pub(super) fn placed(change: Change, api: &Api) -> Change {
    let Definition { name, request, .. } = &api.definition;
    let service = api.definition.service().map(|service| service.to_string()).unwrap_or_default();
    let mut change = change
        .given("name", "/name", name)
        .given("route", "/request/path", request.path.as_str())
        .given("service", "/backend/service", &service);
    for (pointer, access) in api.definition.accesses() {
        change = change.given("access", pointer, &access.to_string());
    }
    for (pointer, channel) in api.definition.channels() {
        change = change.given("channel", pointer, &channel.to_string());
    }
    change
}

//! Makes an API: its draft.

use paifang_model::id::{ApiId, GroupId};
use paifang_model::{Api, Definition, Group, Kind};
use paifang_store::Stored;
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Makes an API in a group. It serves nothing until it is deployed.
    ///
    /// # Errors
    /// When the caller may not, there is no such group, the definition breaks rules, its name or its route is taken in
    /// the group, or the quota is used up.
    pub async fn create_api(&self, group: GroupId, definition: Definition) -> Result<Stored<Api>, Error> {
        let id = ApiId::random();
        let permission = self.authorize(Action::CreateApi, &super::path(group, id)).await?;
        let dialect = self.documents().find::<Group>(group).await?.value.dialect;
        self.control.check_definition(&definition, None, dialect).await?;
        let api = Api { id, group, definition: definition.in_dialect(dialect) };
        let change = Change::new()
            .create(&api)
            .cap(self.control.quota(Kind::Api, Some(dialect), group.into()).await?)
            .detail(json!({ "name": api.definition.name }));
        let change = super::edit::placed(change, &api);
        Ok(permission.commit(&self.control, change).await?.made(api))
    }
}

//! Gives a variable a value in a stage.

use paifang_model::id::{GroupId, StageId};
use paifang_model::{Group, Kind, Stage, Variable};
use paifang_store::Stored;
use serde::Deserialize;
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

/// What a new variable is to be.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct VariableDraft {
    /// Its name, unique in the group and stage; never changed. Letters of either case differ.
    pub name: String,
    /// What stands in its places: at most 255 letters, digits and `_-/.:`.
    pub value: String,
}

impl Context {
    /// Makes a variable of a group in a stage.
    ///
    /// # Errors
    /// When the caller may not, there is no such group, or no such stage in its dialect, rules are broken, the name is
    /// taken, or the quota is used up.
    pub async fn create_variable(
        &self,
        group: GroupId,
        stage: StageId,
        draft: VariableDraft,
    ) -> Result<Stored<Variable>, Error> {
        let VariableDraft { name, value } = draft;
        let id = Variable::id_of(group, stage, &name);
        let permission = self.authorize(Action::CreateVariable, &super::path(group, id)).await?;
        let dialect = self.documents().find::<Group>(group).await?.value.dialect;
        if self.documents().find::<Stage>(stage).await?.value.dialect != dialect {
            return Err(Error::not_found(Kind::Stage, stage));
        }
        let variable = Variable { id, group, stage, name, value };
        variable.check(dialect)?;
        let scope = Variable::scope_of(group, stage);
        let change = Change::new()
            .create(&variable)
            .cap(self.control.quota(Kind::Variable, Some(dialect), scope).await?)
            .given("variable", "/name", &variable.name)
            .detail(json!({ "stage": stage, "name": variable.name, "value": variable.value }));
        Ok(permission.commit(&self.control, change).await?.made(variable))
    }
}

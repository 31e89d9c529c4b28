//! Gives a variable another value.

use paifang_model::id::VariableId;
use paifang_model::{Group, Variable};
use paifang_store::Stored;
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Changes the value of a variable; with `expected`, only as it was at that revision. What is deployed follows at
    /// once.
    ///
    /// # Errors
    /// When the caller may not, there is no such variable, rules are broken, an API that is online names the variable
    /// where the value does not fit, or someone else changed it.
    pub async fn update_variable(
        &self,
        id: VariableId,
        value: String,
        expected: Option<u64>,
    ) -> Result<Stored<Variable>, Error> {
        let old = self.documents().find::<Variable>(id).await?;
        let permission = self.authorize(Action::UpdateVariable, &super::path_of(&old.value)).await?;
        let dialect = self.documents().find::<Group>(old.value.group).await?.value.dialect;
        let variable = Variable { value, ..old.value.clone() };
        variable.check(dialect)?;
        self.check_users(&variable).await?;
        let change = Change::new().replace(&old, expected, &variable).detail(json!({
            "stage": variable.stage, "name": variable.name, "value": variable.value, "before": old.value.value,
        }));
        Ok(permission.commit(&self.control, change).await?.changed(old.created_at, variable))
    }
}

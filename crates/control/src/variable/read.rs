//! Shows a variable.

use paifang_model::Variable;
use paifang_model::id::VariableId;
use paifang_store::Stored;

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// One variable; [`Variable::id_of`] gives the id of one that is known by its name.
    ///
    /// # Errors
    /// When the caller may not, or there is no such variable.
    pub async fn read_variable(&self, id: VariableId) -> Result<Stored<Variable>, Error> {
        let variable = self.documents().find::<Variable>(id).await?;
        self.may(Action::ReadVariable, &super::path_of(&variable.value)).await?;
        Ok(variable)
    }
}

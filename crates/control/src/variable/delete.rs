//! Deletes a variable.

use paifang_model::id::VariableId;
use paifang_model::{Key, Variable};
use serde_json::json;

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Deletes a variable that no API needs which is online in its stage.
    ///
    /// # Errors
    /// When the caller may not, there is no such variable, APIs need it ([`Error::InUse`] names them), or someone else
    /// changed it.
    pub async fn delete_variable(&self, id: VariableId, expected: Option<u64>) -> Result<(), Error> {
        let variable = self.documents().find::<Variable>(id).await?.value;
        let permission = self.authorize(Action::DeleteVariable, &super::path_of(&variable)).await?;
        let change = Change::new()
            .delete(Key::of::<Variable>(id), expected)
            .detail(json!({ "stage": variable.stage, "name": variable.name }));
        match permission.commit(&self.control, change).await {
            Err(Error::InUse { key, by, count }) => {
                Err(Error::InUse { key, by: self.apis_of(by).await?, count })
            }
            done => done.map(drop),
        }
    }
}

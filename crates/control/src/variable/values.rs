//! The values of the variables that a definition names.

use std::collections::BTreeMap;

use paifang_model::id::{GroupId, StageId};
use paifang_model::{Definition, Variable};

use crate::control::Control;
use crate::error::Error;

impl Control {
    /// By name, those that have a value for a group in a stage.
    pub(crate) async fn values(
        &self,
        definition: &Definition,
        group: GroupId,
        stage: StageId,
    ) -> Result<BTreeMap<String, String>, Error> {
        let mut values = BTreeMap::new();
        for place in definition.variables() {
            if values.contains_key(place.name) {
                continue;
            }
            let id = Variable::id_of(group, stage, place.name);
            if let Some(variable) = self.documents().look::<Variable>(id).await? {
                values.insert(variable.value.name, variable.value.value);
            }
        }
        Ok(values)
    }
}

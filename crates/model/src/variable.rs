//! Variables: what stands for `#Name#` in the backends of a group's APIs, stage by stage.

use serde::{Deserialize, Serialize};

use crate::dialect::Dialect;
use crate::group::Group;
use crate::id::{GroupId, Id, StageId, VariableId};
use crate::kind::Kind;
use crate::record::{Fields, Links, Record};
use crate::stage::Stage;
use crate::violation::Violations;

/// The value of a name for a group in a stage. It is live: what is deployed follows a new value at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Variable {
    /// Its id; see [`Variable::id_of`].
    pub id: VariableId,
    /// The group.
    pub group: GroupId,
    /// The stage.
    pub stage: StageId,
    /// Its name, which never changes; letters of either case differ.
    pub name: String,
    /// What stands in its places.
    pub value: String,
}

impl Variable {
    /// The id of the variable with this name of a group in a stage.
    #[must_use]
    pub fn id_of(group: GroupId, stage: StageId, name: &str) -> VariableId {
        VariableId(Id::derived("variable", &[group.0.as_bytes(), stage.0.as_bytes(), name.as_bytes()]))
    }

    /// What variables are counted and listed within: a group in a stage.
    #[must_use]
    pub fn scope_of(group: GroupId, stage: StageId) -> Id {
        Id::derived("variables", &[group.0.as_bytes(), stage.0.as_bytes()])
    }

    /// Checks what its owner may choose.
    ///
    /// # Errors
    /// All complaints.
    pub fn check(&self, dialect: Dialect) -> Result<(), Violations> {
        let rules = dialect.rules();
        let mut violations = Violations::new();
        violations.at("/name", rules.names.variable.check(&self.name));
        violations.at("/value", rules.variable_value.check(&self.value));
        violations.or(())
    }
}

impl Record for Variable {
    const KIND: Kind = Kind::Variable;

    fn id(&self) -> Id {
        self.id.0
    }

    fn scope(&self) -> Id {
        Self::scope_of(self.group, self.stage)
    }

    fn fields(&self, fields: &mut Fields) {
        fields.lookup("name", &self.name).lookup("group", self.group.0).lookup("stage", self.stage.0);
    }

    fn links(&self, links: &mut Links) {
        links.drop::<Group>("group", self.group).drop::<Stage>("stage", self.stage);
    }
}

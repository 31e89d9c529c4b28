//! Stages (environments): where an API is published to.

use serde::{Deserialize, Serialize};

use crate::dialect::Dialect;
use crate::id::{Id, StageId};
use crate::kind::Kind;
use crate::name::check_length;
use crate::record::{Fields, Record};
use crate::violation::Violations;

/// A stage, shared by all groups of its dialect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Its id.
    pub id: StageId,
    /// The dialect whose groups use it.
    pub dialect: Dialect,
    /// Its name, unique within the dialect.
    pub name: String,
    /// What it is for.
    #[serde(default)]
    pub description: String,
}

impl Stage {
    /// The id of a stage that exists from the start.
    #[must_use]
    pub fn built_in_id(dialect: Dialect, name: &str) -> StageId {
        StageId(Id::derived("stage", &[dialect.name().as_bytes(), name.as_bytes()]))
    }

    /// The stages that exist from the start.
    pub fn built_in(dialect: Dialect) -> impl Iterator<Item = Self> {
        dialect.rules().built_in_stages.iter().map(move |name| Self {
            id: Self::built_in_id(dialect, name),
            dialect,
            name: (*name).to_owned(),
            description: String::new(),
        })
    }

    /// Whether it exists from the start, and so can be neither renamed nor deleted.
    #[must_use]
    pub fn is_built_in(&self) -> bool {
        self.dialect
            .rules()
            .built_in_stages
            .iter()
            .any(|name| self.id == Self::built_in_id(self.dialect, name))
    }

    /// The name as calls are matched with it: in upper case where the dialect compares without regard to case.
    #[must_use]
    pub fn matched_name(dialect: Dialect, name: &str) -> String {
        if dialect.rules().stages_ignore_case { name.to_ascii_uppercase() } else { name.to_owned() }
    }

    /// Checks what its owner may choose.
    ///
    /// # Errors
    /// All complaints.
    pub fn check(&self) -> Result<(), Violations> {
        let rules = self.dialect.rules();
        let mut violations = Violations::new();
        if !self.is_built_in() {
            violations.at("/name", rules.names.stage.check(&self.name));
        }
        violations.at("/description", check_length(&self.description, 0, rules.texts.stage_description));
        violations.or(())
    }
}

impl Record for Stage {
    const KIND: Kind = Kind::Stage;

    fn id(&self) -> Id {
        self.id.0
    }

    fn fields(&self, fields: &mut Fields) {
        let matched = Self::matched_name(self.dialect, &self.name);
        fields
            .unique("dialect_name", format!("{}/{matched}", self.dialect))
            .lookup("name", &self.name)
            .lookup("dialect", self.dialect.name());
    }
}

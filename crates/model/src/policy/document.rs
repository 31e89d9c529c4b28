//! A policy as it is kept.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{PolicyKind, Settings};
use crate::account::Account;
use crate::dialect::Dialect;
use crate::id::{AccountId, Id, PolicyId};
use crate::kind::Kind;
use crate::name::check_length;
use crate::record::{Fields, Links, Record};
use crate::secret::{Secret, at_rest};
use crate::violation::{Rule, Violations};

/// Something that is done to the calls of the APIs that it is bound to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Its id.
    pub id: PolicyId,
    /// Whose it is.
    pub account: AccountId,
    /// Whose settings it has, and whose groups it is for; never changed.
    pub dialect: Dialect,
    /// What it does; never changed.
    pub kind: PolicyKind,
    /// Its name, unique among policies of its dialect and of kinds that a vendor shows as one.
    pub name: String,
    /// Its settings as they were given: an object with the vendor's members.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub settings: Value,
    /// What it is for.
    #[serde(default)]
    pub remark: String,
    /// Its secret, where the kind has one. Interfaces show it only where somebody asks for it.
    #[serde(default, with = "at_rest::option", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    pub secret: Option<Secret>,
}

impl Policy {
    /// Checks what its owner may choose, and reads the settings.
    ///
    /// # Errors
    /// All complaints.
    pub fn check(&self) -> Result<Settings, Violations> {
        let rules = self.dialect.rules();
        let mut violations = Violations::new();
        violations.at("/name", rules.names.policy.check(&self.name));
        violations.at("/remark", check_length(&self.remark, 0, rules.texts.policy_remark));
        let size = self.settings.to_string().len();
        let most = rules.texts.policy_settings;
        if size > most {
            let message = format!("it has {size} bytes, but at most {most} are allowed");
            violations.add("/settings", Rule::Range, message);
        }
        match self.read() {
            Ok(settings) => {
                violations.at("/secret", settings.check_secret(self.secret.as_ref()));
                violations.or(settings)
            }
            Err(complaints) => {
                violations.nest("/settings", complaints);
                Err(violations)
            }
        }
    }

    /// Reads the settings.
    ///
    /// # Errors
    /// All complaints, with pointers into the settings.
    pub fn read(&self) -> Result<Settings, Violations> {
        Settings::read(self.dialect, self.kind, &self.settings)
    }

    /// Dialect and the kind's family, in which names are unique and quotas are counted.
    #[must_use]
    pub fn family(dialect: Dialect, kind: PolicyKind) -> String {
        format!("{dialect}/{}", kind.family(dialect))
    }
}

impl Record for Policy {
    const KIND: Kind = Kind::Policy;
    const SECRETS: &'static [&'static str] = &["/secret"];

    fn id(&self) -> Id {
        self.id.0
    }

    fn fields(&self, fields: &mut Fields) {
        let family = Self::family(self.dialect, self.kind);
        fields
            .unique("family_name", format!("{family}/{}", self.name))
            .lookup("family", family)
            .lookup("name", &self.name)
            .lookup("dialect", self.dialect.name())
            .lookup("kind", self.kind.name());
    }

    fn links(&self, links: &mut Links) {
        links.refuse::<Account>("account", self.account);
    }
}

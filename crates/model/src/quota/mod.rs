//! Quotas and limits, number by number: what each is called, what it may be, what it is in each profile, and the noun
//! that says that somebody changed one.

mod item;
mod name;
mod profile;

pub use item::{Counted, Item, Unit, Within};
pub use name::{QuotaName, UnknownQuota};

use serde::{Deserialize, Serialize};

use crate::id::{Id, QuotaId};
use crate::kind::Kind;
use crate::limits::Profile;
use crate::name::check_length;
use crate::record::{Fields, Record};
use crate::violation::{Complaint, Violations};

/// A number that somebody changed. One that nobody changed has no document: it is as its profile says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Quota {
    /// Its id; derived from the name.
    pub id: QuotaId,
    /// Which number.
    pub name: QuotaName,
    /// What it is now, in its unit; null: off.
    pub value: Option<u64>,
    /// The name of the user who changed it.
    pub by: String,
}

impl Quota {
    /// The id of the change of a number.
    #[must_use]
    pub fn id_of(name: QuotaName) -> QuotaId {
        QuotaId(Id::derived("quota", &[name.to_string().as_bytes()]))
    }

    /// Checks that the number may be what it is.
    ///
    /// # Errors
    /// All complaints.
    pub fn check(&self) -> Result<(), Violations> {
        let mut violations = Violations::new();
        violations.at("/value", self.name.check(self.value));
        violations.at("/by", check_length(&self.by, 1, 64));
        violations.or(())
    }
}

impl QuotaName {
    /// What the number is in a profile; none: off.
    #[must_use]
    pub fn default_in(self, profile: Profile) -> Option<u64> {
        profile::default(self, profile)
    }

    /// Whether the number may be that.
    ///
    /// # Errors
    /// When it is out of range, or off and may not be.
    pub fn check(self, value: Option<u64>) -> Result<(), Complaint> {
        let (range, unit) = (self.item.range(), self.item.unit());
        match value {
            None if self.item.may_be_off() => Ok(()),
            None => Err(Complaint::range(format!("`{self}` cannot be off"))),
            Some(value) if range.contains(&value) => Ok(()),
            Some(value) => {
                let (least, most) = range.into_inner();
                Err(Complaint::range(format!(
                    "`{self}` cannot be {value}: {least} to {most} {unit} are allowed"
                )))
            }
        }
    }
}

impl Record for Quota {
    const KIND: Kind = Kind::Quota;

    fn id(&self) -> Id {
        self.id.0
    }

    fn fields(&self, fields: &mut Fields) {
        fields.unique("name", self.name.to_string());
    }
}

//! App quotas: how many calls an app may make in a period, whichever APIs it calls (spec: huawei/throttling-and-access.md
//! §2).

use serde::{Deserialize, Serialize};

use crate::account::Account;
use crate::id::{AccountId, AppQuotaId, Id};
use crate::kind::Kind;
use crate::name::{Characters, NameRule, check_length};
use crate::policy::{Period, TimeUnit};
use crate::record::{Fields, Links, Record};
use crate::violation::{Complaint, Violations};

/// What an app quota may be called.
pub const APP_QUOTA_NAME: NameRule =
    NameRule { min: 3, max: 255, first: Characters::LETTERS, rest: Characters::ALPHANUMERIC.or("_") };

/// The largest number of calls, and of units in a period.
const AT_MOST: u32 = i32::MAX as u32;

/// How many calls each of the apps that have it may make in a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AppQuota {
    /// Its id.
    pub id: AppQuotaId,
    /// Whose it is.
    pub account: AccountId,
    /// Its name, unique in the account.
    pub name: String,
    /// Calls of one app in a period: 1 to 2,147,483,647.
    pub calls: u32,
    /// Units in a period: 1 to 2,147,483,647. Longer than 2,147,483,647 seconds is as long as that.
    pub interval: u32,
    /// The unit.
    pub unit: TimeUnit,
    /// When a period begins, in milliseconds since 1970, a whole second; others follow it and came before it. Absent: an
    /// app's period begins with its first call, and the next one with the first call after that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_reset: Option<i64>,
    /// What it is for.
    #[serde(default)]
    pub description: String,
}

impl AppQuota {
    /// The period in which calls are counted.
    #[must_use]
    pub const fn period(&self) -> Period {
        Period { interval: self.interval, unit: self.unit }
    }

    /// Checks what its owner may choose.
    ///
    /// # Errors
    /// All complaints.
    pub fn check(&self) -> Result<(), Violations> {
        let mut violations = Violations::new();
        violations.at("/name", APP_QUOTA_NAME.check(&self.name));
        violations.at("/calls", check_number(self.calls));
        violations.at("/interval", check_number(self.interval));
        violations.at("/first_reset", check_reset(self.first_reset));
        violations.at("/description", check_length(&self.description, 0, 255));
        violations.or(())
    }
}

fn check_number(number: u32) -> Result<(), Complaint> {
    if (1..=AT_MOST).contains(&number) {
        return Ok(());
    }
    Err(Complaint::range(format!("{number} is out of range: 1 to {AT_MOST} are allowed")))
}

fn check_reset(at: Option<i64>) -> Result<(), Complaint> {
    /// The first millisecond of the year 10000.
    const END: i64 = 253_402_300_800_000;
    match at {
        Some(at) if !(0..END).contains(&at) => {
            Err(Complaint::range(format!("{at} is not a time between 1970 and 9999")))
        }
        Some(at) if at % 1_000 != 0 => Err(Complaint::format(format!("{at} is not a whole second"))),
        _ => Ok(()),
    }
}

impl Record for AppQuota {
    const KIND: Kind = Kind::AppQuota;

    fn id(&self) -> Id {
        self.id.0
    }

    fn scope(&self) -> Id {
        self.account.0
    }

    fn fields(&self, fields: &mut Fields) {
        fields.unique_in_scope("name", &self.name);
    }

    fn links(&self, links: &mut Links) {
        links.refuse::<Account>("account", self.account);
    }
}

//! Request throttling: how many calls an API takes in a period, all in all and per user, app and address
//! (spec: huawei/throttling-and-access.md §1).

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use crate::id::{AccountId, AppId};
use crate::limits::Limits;
use crate::name::shown;
use crate::policy::members::Members;
use crate::policy::period::UNIT_WORDS;
use crate::policy::{Period, Special, SpecialObject, TimeUnit};
use crate::record::Key;
use crate::violation::{Rule, Violations};

/// Excluded apps of one policy, and likewise excluded users (spec: huawei/console-and-quotas.md).
pub const SPECIALS_AT_MOST: usize = 30;

/// The largest number that the interface takes.
pub(super) const MOST: u32 = i32::MAX.cast_unsigned();

/// What counts together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountedAs {
    /// Each API that the policy is bound to, in each stage, on its own.
    Each,
    /// All APIs that the policy is bound to.
    Together,
}

/// How many calls are taken in a period. A number that is absent limits nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Throttle {
    /// What counts together.
    pub counted_as: CountedAs,
    /// The period.
    pub period: Period,
    /// Calls of the API, or of all APIs together.
    pub api: u32,
    /// Calls of one user: the account that the calling app belongs to.
    pub user: Option<u32>,
    /// Calls of one app.
    pub app: Option<u32>,
    /// Calls from one address.
    pub address: Option<u32>,
    /// Apps and users with numbers of their own.
    pub specials: Vec<Special>,
}

impl Throttle {
    /// Reads settings as the vendor's interface gives them, with the excluded apps and users as `specials`.
    ///
    /// # Errors
    /// All complaints.
    pub fn read(given: &Value) -> Result<Self, Violations> {
        let mut members = Members::of(given)?;
        for name in ["api_call_limits", "time_interval", "time_unit"] {
            members.demand(name);
        }
        let counted_as = match members.number("type", 1, 2) {
            Some(2) => CountedAs::Together,
            _ => CountedAs::Each,
        };
        if members.word("enable_adaptive_control", &[("TRUE", true), ("FALSE", false)]) == Some(true) {
            let message = "throttling that adapts by itself is not offered: `FALSE` is";
            members.complain("enable_adaptive_control", Rule::Unsupported, message);
        }
        let interval = members.number("time_interval", 1, MOST).unwrap_or(1);
        let unit = members.word("time_unit", UNIT_WORDS).unwrap_or(TimeUnit::Second);
        let throttle = Self {
            counted_as,
            period: Period { interval, unit },
            // Where it is missing, nothing can be above it.
            api: members.number("api_call_limits", 1, MOST).unwrap_or(MOST),
            user: limit(&mut members, "user_call_limits"),
            app: limit(&mut members, "app_call_limits"),
            address: limit(&mut members, "ip_call_limits"),
            specials: specials(&mut members),
        };
        throttle.check_order(&mut members);
        members.finish().or(throttle)
    }

    /// Each number is at most the one that it is a part of.
    fn check_order(&self, members: &mut Members<'_>) {
        let (api, user) = (("api_call_limits", self.api), self.user.map(|user| ("user_call_limits", user)));
        let pairs = [
            ("user_call_limits", self.user, api),
            ("app_call_limits", self.app, user.unwrap_or(api)),
            ("ip_call_limits", self.address, api),
        ];
        for (name, limit, (above, bound)) in pairs {
            if let Some(limit) = limit.filter(|limit| *limit > bound) {
                let message = format!("{limit} is above {above}, which is {bound}");
                members.complain(name, Rule::Conflict, message);
            }
        }
        for (index, special) in
            self.specials.iter().enumerate().filter(|(_, special)| special.limit > self.api)
        {
            let message = format!("{} is above api_call_limits, which is {}", special.limit, self.api);
            members.complain(&format!("specials/{index}/call_limits"), Rule::Conflict, message);
        }
    }

    /// An API takes no more than the rate that it has without a policy.
    pub(in crate::policy) fn check_within(&self, limits: &Limits) -> Result<(), Violations> {
        self.check_within_as("/api_call_limits", limits)
    }

    /// The same, where the settings say the number elsewhere.
    pub(super) fn check_within_as(&self, pointer: &str, limits: &Limits) -> Result<(), Violations> {
        let Some(per_second) = limits.api_calls_per_second else { return Ok(()) };
        let most = u64::from(per_second).saturating_mul(self.period.seconds());
        if u64::from(self.api) <= most {
            return Ok(());
        }
        let message = format!(
            "{} in {} is above the system's limit of {per_second} calls per second: {most} are allowed",
            self.api, self.period
        );
        Err(Violations::one(pointer, Rule::Range, message))
    }

    pub(in crate::policy) fn named(&self) -> Vec<(String, Key)> {
        let place = |(index, special): (usize, &Special)| {
            (format!("/specials/{index}/object_id"), special.object.key())
        };
        self.specials.iter().enumerate().map(place).collect()
    }

    /// The settings as given, with these excluded apps and users in place of those that are there.
    pub(in crate::policy) fn with_specials(given: &Value, specials: &[Special]) -> Value {
        let mut members = given.as_object().cloned().unwrap_or_default();
        members.remove("specials");
        if !specials.is_empty() {
            members.insert("specials".to_owned(), specials.iter().map(written).collect());
        }
        Value::Object(members)
    }
}

/// 0 is the interface's other way to say that there is no limit.
fn limit(members: &mut Members<'_>, name: &'static str) -> Option<u32> {
    members.number(name, 0, MOST).filter(|limit| *limit > 0)
}

fn specials(members: &mut Members<'_>) -> Vec<Special> {
    let read = members.objects("specials", 2 * SPECIALS_AT_MOST, special);
    let mut seen = HashSet::new();
    let (mut apps, mut users) = (0, 0);
    for (index, (_, Special { object, .. })) in read.iter().enumerate() {
        if !seen.insert(*object) {
            let message = format!("`{}` is excluded twice", object.id());
            members.complain(&format!("specials/{index}/object_id"), Rule::Duplicate, message);
        }
        match object {
            SpecialObject::App(_) => apps += 1,
            SpecialObject::User(_) => users += 1,
        }
    }
    for (number, what) in [(apps, "apps"), (users, "users")] {
        if number > SPECIALS_AT_MOST {
            let message = format!("{number} excluded {what} are too many: {SPECIALS_AT_MOST} are allowed");
            members.complain("specials", Rule::Range, message);
        }
    }
    read.into_iter().map(|(_, special)| special).collect()
}

fn special(members: &mut Members<'_>) -> Option<Special> {
    for name in ["object_type", "object_id", "call_limits"] {
        members.demand(name);
    }
    let is_app = members.word("object_type", &[("APP", true), ("USER", false)]);
    let text = members.text("object_id");
    let id = text.and_then(|text| match text.parse() {
        Ok(id) => Some(id),
        Err(error) => {
            members.complain("object_id", Rule::Format, format!("`{}`: {error}", shown(text)));
            None
        }
    });
    let limit = members.number("call_limits", 1, MOST);
    let applied_at = members.time("applied_at");
    let (is_app, id) = (is_app?, id?);
    let object = if is_app { SpecialObject::App(AppId(id)) } else { SpecialObject::User(AccountId(id)) };
    Some(Special { object, limit: limit?, applied_at })
}

fn written(special: &Special) -> Value {
    let object_type = match special.object {
        SpecialObject::App(_) => "APP",
        SpecialObject::User(_) => "USER",
    };
    let mut members = Map::new();
    members.insert("object_type".to_owned(), json!(object_type));
    members.insert("object_id".to_owned(), json!(special.object.id()));
    members.insert("call_limits".to_owned(), json!(special.limit));
    if let Some(applied_at) = special.applied_at {
        members.insert("applied_at".to_owned(), json!(applied_at));
    }
    Value::Object(members)
}

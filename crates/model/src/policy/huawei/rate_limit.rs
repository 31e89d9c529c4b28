//! The plug-in `rate_limit`, which the vendor calls throttling 2.0 (spec: huawei/plugins.md). What it says per API, app, user
//! and address is what a throttling policy says in other words; its rules count the calls for which an expression holds.

use std::collections::HashSet;
use std::str::FromStr as _;

use serde_json::Value;

use super::expression::{expression, ignore_front_ends, parameters};
use super::throttle::{CountedAs, MOST, Throttle};
use crate::id::{AccountId, AppId, Id};
use crate::limits::Limits;
use crate::name::shown;
use crate::policy::alibaba::{Condition, Variables};
use crate::policy::members::Members;
use crate::policy::{Period, Special, SpecialObject, TimeUnit};
use crate::record::Key;
use crate::violation::{Complaint, Rule, Violations};

/// Apps with limits of their own in one plug-in, and likewise users.
const SPECIALS_AT_MOST: usize = 30;
/// Rules of one plug-in (spec: huawei/plugins.md).
const RULES_AT_MOST: usize = 100;
/// Characters of a rule's name. The vendor tells no number; a rule of the gateway's own.
const RULE_NAME_AT_MOST: usize = 64;

const UNITS: &[(&str, TimeUnit)] = &[
    ("second", TimeUnit::Second),
    ("minute", TimeUnit::Minute),
    ("hour", TimeUnit::Hour),
    ("day", TimeUnit::Day),
];

/// How many calls are taken in a period.
#[derive(Debug, Clone, PartialEq)]
pub struct RateLimit {
    /// What it says, as a throttling policy says it.
    pub throttle: Throttle,
    /// What the expressions of its rules name.
    pub parameters: Variables,
    /// Its rules. Every one counts the calls for which it holds.
    pub rules: Vec<RateRule>,
    /// Where the settings name each of its special callers.
    named_at: Vec<String>,
}

/// A limit for the calls for which an expression holds.
#[derive(Debug, Clone, PartialEq)]
pub struct RateRule {
    /// Its name; one of the plug-in's has it.
    pub name: String,
    /// Which calls it counts; none: all.
    pub condition: Option<Condition>,
    /// Calls allowed in a period.
    pub limit: u32,
    /// The period.
    pub period: Period,
}

/// A caller with a limit of its own, and where the settings say so.
struct Placed {
    at: String,
    special: Special,
}

impl RateLimit {
    /// Reads a plug-in's content.
    ///
    /// # Errors
    /// All complaints.
    pub(in crate::policy) fn read(given: &Value) -> Result<Self, Violations> {
        let mut members = Members::of(given)?;
        for name in ["scope", "default_interval", "default_time_unit", "api_limit"] {
            members.demand(name);
        }
        let scope = [("basic", CountedAs::Each), ("share", CountedAs::Together)];
        let counted_as = members.word("scope", &scope).unwrap_or(CountedAs::Each);
        // One process counts exactly, whatever is asked for.
        members.word("algorithm", &[("counter", ())]);
        let interval = members.number("default_interval", 1, MOST).unwrap_or(1);
        let unit = members.word("default_time_unit", UNITS).unwrap_or(TimeUnit::Second);
        // Where it is missing, nothing can be above it.
        let api = members.number("api_limit", 1, MOST).unwrap_or(MOST);
        let [user, app, address] =
            ["user_limit", "app_limit", "ip_limit"].map(|name| part(&mut members, name, api));
        let specials = specials(&mut members, api);
        let named_at = specials.iter().map(|one| format!("{}/key", one.at)).collect();
        let specials = specials.into_iter().map(|one| one.special).collect();
        let period = Period { interval, unit };
        let throttle = Throttle { counted_as, period, api, user, app, address, specials };
        let parameters = parameters(&mut members);
        let rules = rules(&mut members, &parameters, period);
        members.finish().or(Self { throttle, parameters, rules, named_at })
    }

    /// An API takes no more than the rate that it has without a policy.
    pub(in crate::policy) fn check_within(&self, limits: &Limits) -> Result<(), Violations> {
        self.throttle.check_within_as("/api_limit", limits)
    }

    pub(in crate::policy) fn named(&self) -> Vec<(String, Key)> {
        let keys = self.throttle.specials.iter().map(|special| special.object.key());
        self.named_at.iter().cloned().zip(keys).collect()
    }
}

/// A limit that is a part of the API's. 0 is the interface's other way to say that there is none.
fn part(members: &mut Members<'_>, name: &'static str, api: u32) -> Option<u32> {
    let limit = members.number(name, 0, MOST).filter(|limit| *limit > 0)?;
    if limit > api {
        members.complain(name, Rule::Conflict, format!("{limit} is above api_limit, which is {api}"));
    }
    Some(limit)
}

fn rules(members: &mut Members<'_>, parameters: &Variables, default: Period) -> Vec<RateRule> {
    let read = members.objects("rules", RULES_AT_MOST, |given| rule(given, parameters, default));
    members.distinct(read, "rule", "rule_name", |rule| &rule.name)
}

/// Without a period of its own a rule has the plug-in's.
fn rule(given: &mut Members<'_>, parameters: &Variables, default: Period) -> Option<RateRule> {
    ignore_front_ends(given);
    given.demand("rule_name");
    given.demand("limit");
    let name = given.text("rule_name");
    if name.is_some_and(|name| !(1..=RULE_NAME_AT_MOST).contains(&name.chars().count())) {
        given.complain("rule_name", Rule::Range, format!("1 to {RULE_NAME_AT_MOST} characters are allowed"));
    }
    let condition = expression(given, "match_regex", parameters);
    let (interval, unit) = (given.number("interval", 1, MOST), given.word("time_unit", UNITS));
    let period =
        Period { interval: interval.unwrap_or(default.interval), unit: unit.unwrap_or(default.unit) };
    let limit = given.number("limit", 1, MOST)?;
    Some(RateRule { name: name?.to_owned(), condition, limit, period })
}

fn specials(members: &mut Members<'_>, api: u32) -> Vec<Placed> {
    let groups = members.objects("specials", 2, |group| {
        group.demand("type");
        let is_app = group.word("type", &[("app", true), ("user", false)]);
        let policies = group.objects("policies", SPECIALS_AT_MOST, |policy| {
            policy.demand("key");
            policy.demand("limit");
            let (key, limit) = (id(policy), policy.number("limit", 1, MOST));
            Some((key?, limit?))
        });
        Some((is_app?, policies))
    });
    let mut all: Vec<Placed> = Vec::new();
    for (_, (is_app, policies)) in groups {
        for (at, (id, limit)) in policies {
            let object =
                if is_app { SpecialObject::App(AppId(id)) } else { SpecialObject::User(AccountId(id)) };
            all.push(Placed { at, special: Special { object, limit, applied_at: None } });
        }
    }
    let mut seen = HashSet::new();
    for Placed { at, special: Special { object, limit, .. } } in &all {
        if !seen.insert(*object) {
            members.complain_at(
                format!("{at}/key"),
                Rule::Duplicate,
                format!("`{}` is there twice", object.id()),
            );
        }
        if *limit > api {
            let message = format!("{limit} is above api_limit, which is {api}");
            members.complain_at(format!("{at}/limit"), Rule::Conflict, message);
        }
    }
    all
}

fn id(policy: &mut Members<'_>) -> Option<Id> {
    policy.parsed("key", |text| {
        Id::from_str(text).map_err(|error| Complaint::format(format!("`{}`: {error}", shown(text))))
    })
}

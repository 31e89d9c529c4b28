//! Limits on calls that carry the same: rules with conditions, and a default for what no rule counts.

use super::{MOST, period};
use crate::name::shown;
use crate::policy::Period;
use crate::policy::alibaba::{Condition, Variables};
use crate::policy::members::Members;
use crate::violation::Rule;

/// The most rules of one plug-in.
const RULES_AT_MOST: usize = 64;

/// The longest time that callers are told to wait, in seconds.
const RETRY_AFTER_AT_MOST: u32 = 86_400;

/// A limit on calls that carry the same.
#[derive(Debug, Clone, PartialEq)]
pub struct ParameterRule {
    /// Its name, unique in the plug-in.
    pub name: String,
    /// The variables whose values count apart, by their places; a call in which one of them is absent is not counted.
    pub by: Vec<usize>,
    /// Which calls it counts; none: all.
    pub condition: Option<Condition>,
    /// Calls allowed in a period.
    pub limit: u32,
    /// The period.
    pub period: Period,
}

/// The limit on calls that no rule counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DefaultLimit {
    /// Calls allowed in a period.
    pub limit: u32,
    /// The period.
    pub period: Period,
    /// Seconds that callers are told to wait; none: until the period ends.
    pub retry_after_s: Option<u32>,
}

pub(super) fn default(members: &mut Members<'_>) -> Option<DefaultLimit> {
    let limit = members.number("defaultLimit", 1, MOST);
    let period = period(members, "defaultPeriod", "defaultTimeUnit");
    let retry_after_s = members.number("defaultRetryAfter", 1, RETRY_AFTER_AT_MOST);
    limit.map(|limit| DefaultLimit { limit, period, retry_after_s })
}

pub(super) fn rules(members: &mut Members<'_>, variables: &mut Variables) -> Vec<ParameterRule> {
    let read = members.objects("rules", RULES_AT_MOST, |rule| {
        for name in ["name", "byParameters", "limit"] {
            rule.demand(name);
        }
        let name = rule.text("name").map(str::to_owned);
        let by = by(rule, variables);
        let condition = rule.condition("condition", variables);
        let limit = rule.number("limit", 1, MOST);
        let period = period(rule, "period", "timeUnit");
        Some(ParameterRule { name: name?, by: by?, condition, limit: limit?, period })
    });
    members.distinct(read, "rule", "name", |rule| &rule.name)
}

fn by(rule: &mut Members<'_>, variables: &mut Variables) -> Option<Vec<usize>> {
    let text = rule.text("byParameters")?;
    let mut by = Vec::new();
    for name in text.split(',').map(str::trim) {
        match variables.position(name) {
            Some(place) => by.push(place),
            None => {
                let message = format!("`{}` is not declared in `parameters`", shown(name));
                rule.complain("byParameters", Rule::Unknown, message);
            }
        }
    }
    Some(by)
}

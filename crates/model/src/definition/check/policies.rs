//! Backend policies: conditions that can be met, and backends like the default one (spec: huawei/api-model.md §7).

use std::collections::HashSet;
use std::mem::discriminant;

use super::backend;
use super::parameters::check_pattern;
use crate::definition::policy::{anchored, at};
use crate::definition::{BackendMethod, BackendPolicy, Comparison, Condition, Definition};
use crate::dialect::Dialect;
use crate::name::{Characters, NameRule, check_length, shown};
use crate::policy::AddressRange;
use crate::violation::{Complaint, Rule, Violations};

/// The most policies of an API; the quota is less.
const POLICIES_AT_MOST: usize = 20;
/// The most conditions of a policy, as the cloud's own tools have it.
const CONDITIONS_AT_MOST: usize = 5;
/// The most entries of a list within a condition, and the most characters of each.
const ENTRIES_AT_MOST: usize = 100;
const TEXT_AT_MOST: usize = 1_024;

/// Spec: huawei/console-and-quotas.md.
const NAME: NameRule =
    NameRule { min: 3, max: 64, first: Characters::LETTERS, rest: Characters::ALPHANUMERIC.or("_") };

/// A token (RFC 6265 §4.1.1), of as many characters as the cloud's interface takes.
const COOKIE_NAME: NameRule = NameRule {
    min: 1,
    max: 255,
    first: Characters::ALPHANUMERIC.or("!#$%&'*+-.^_`|~"),
    rest: Characters::ALPHANUMERIC.or("!#$%&'*+-.^_`|~"),
};

pub(super) fn check(definition: &Definition, dialect: Dialect, violations: &mut Violations) {
    let policies = &definition.backend_policies;
    if policies.is_empty() {
        return;
    }
    if !dialect.rules().backend_policies {
        let message = format!("APIs of {dialect} have no backend policies");
        return violations.add("/backend_policies", Rule::Conflict, message);
    }
    if policies.len() > POLICIES_AT_MOST {
        let message = format!("{} policies are too many: {POLICIES_AT_MOST} are allowed", policies.len());
        // What so many hold is not looked at.
        return violations.add("/backend_policies", Rule::Range, message);
    }
    let mut seen = HashSet::new();
    for (index, policy) in policies.iter().enumerate() {
        let mut inner = Violations::new();
        inner.at("/name", NAME.check(&policy.name));
        if !seen.insert(&policy.name) {
            let message = format!("the name `{}` is there twice", shown(&policy.name));
            inner.add("/name", Rule::Duplicate, message);
        }
        check_conditions(definition, policy, &mut inner);
        if discriminant(&policy.backend) == discriminant(&definition.backend) {
            backend::check(&definition.under(index), dialect, &mut inner);
        } else {
            let message = "a policy's backend is of the same kind as the default backend";
            inner.add("/backend/kind", Rule::Conflict, message);
        }
        violations.nest(&at(index), inner);
    }
}

fn check_conditions(definition: &Definition, policy: &BackendPolicy, violations: &mut Violations) {
    let conditions = &policy.conditions;
    if conditions.is_empty() {
        violations.add("/conditions", Rule::Required, "name at least one condition");
    }
    if conditions.len() > CONDITIONS_AT_MOST {
        let message =
            format!("{} conditions are too many: {CONDITIONS_AT_MOST} are allowed", conditions.len());
        return violations.add("/conditions", Rule::Range, message);
    }
    for (index, condition) in conditions.iter().enumerate() {
        let mut inner = Violations::new();
        check_condition(definition, condition, &mut inner);
        violations.nest(&format!("/conditions/{index}"), inner);
    }
}

fn check_condition(definition: &Definition, condition: &Condition, violations: &mut Violations) {
    match condition {
        Condition::Source { addresses } => {
            check_count("/addresses", addresses, violations);
            for (index, address) in addresses.iter().take(ENTRIES_AT_MOST).enumerate() {
                violations.at(&format!("/addresses/{index}"), address.parse::<AddressRange>());
            }
        }
        Condition::Parameter { name, is } => {
            if !definition.parameters.iter().any(|declared| declared.name == *name) {
                let message = format!("`{}` is not among the request parameters", shown(name));
                violations.add("/name", Rule::Unknown, message);
            }
            check_comparison(is, violations);
        }
        Condition::Path { is } => check_comparison(is, violations),
        Condition::Method { is } => check_method(is, violations),
        Condition::Cookie { name, is } => {
            violations.at("/name", COOKIE_NAME.check(name));
            check_comparison(is, violations);
        }
    }
}

fn check_comparison(comparison: &Comparison, violations: &mut Violations) {
    match comparison {
        Comparison::Exact { value } => drop(violations.at("/is/value", check_length(value, 0, TEXT_AT_MOST))),
        Comparison::Enum { values } => {
            check_count("/is/values", values, violations);
            for (index, value) in values.iter().take(ENTRIES_AT_MOST).enumerate() {
                violations.at(&format!("/is/values/{index}"), check_length(value, 0, TEXT_AT_MOST));
            }
        }
        Comparison::Pattern { pattern } => {
            let checked = check_length(pattern, 1, TEXT_AT_MOST)
                .and_then(|()| check_pattern(pattern))
                .and_then(|()| check_pattern(&anchored(pattern)));
            violations.at("/is/pattern", checked);
        }
    }
}

fn check_count(pointer: &str, entries: &[String], violations: &mut Violations) {
    if entries.is_empty() {
        violations.add(pointer, Rule::Required, "name at least one");
    }
    if entries.len() > ENTRIES_AT_MOST {
        let message = format!("{} are too many: {ENTRIES_AT_MOST} are allowed", entries.len());
        violations.add(pointer, Rule::Range, message);
    }
}

/// A method is one of those that an API may answer; a pattern is not offered for it.
fn check_method(comparison: &Comparison, violations: &mut Violations) {
    match comparison {
        Comparison::Exact { value } => drop(violations.at("/is/value", check_method_name(value))),
        Comparison::Enum { values } => {
            check_count("/is/values", values, violations);
            for (index, value) in values.iter().take(ENTRIES_AT_MOST).enumerate() {
                violations.at(&format!("/is/values/{index}"), check_method_name(value));
            }
        }
        Comparison::Pattern { .. } => {
            violations.add("/is/kind", Rule::Conflict, "a method is compared as `exact` or `enum`");
        }
    }
}

fn check_method_name(name: &str) -> Result<(), Complaint> {
    const METHODS: [BackendMethod; 7] = [
        BackendMethod::Get,
        BackendMethod::Post,
        BackendMethod::Put,
        BackendMethod::Delete,
        BackendMethod::Head,
        BackendMethod::Patch,
        BackendMethod::Options,
    ];
    if METHODS.iter().any(|method| method.as_str() == Some(name)) {
        return Ok(());
    }
    let allowed: Vec<&str> = METHODS.iter().filter_map(|method| method.as_str()).collect();
    Err(Complaint::format(format!("`{}` is none of: {}", shown(name), allowed.join(", "))))
}

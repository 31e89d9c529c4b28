//! Request parameters: names, bounds that fit the type, and the path's own parameters.

use std::collections::HashSet;

use crate::definition::{Definition, Location, MethodRule, Parameter, ParameterType, RequestMode};
use crate::dialect::Dialect;
use crate::name::shown;
use crate::violation::{Complaint, Rule, Violations};

const PARAMETERS_AT_MOST: usize = 100;
const PATTERN_SIZE_AT_MOST: usize = 1 << 20;

pub(super) fn check(definition: &Definition, dialect: Dialect, violations: &mut Violations) {
    let parameters = &definition.parameters;
    if parameters.len() > PARAMETERS_AT_MOST {
        let message =
            format!("{} parameters are too many: {PARAMETERS_AT_MOST} are allowed", parameters.len());
        violations.add("/parameters", Rule::Range, message);
    }
    let mut seen = HashSet::new();
    for (index, parameter) in parameters.iter().enumerate() {
        let mut inner = Violations::new();
        inner.at("/name", dialect.rules().names.parameter.check(&parameter.name));
        inner.at("/name", (dialect.rules().parameter_allowed)(parameter));
        if !seen.insert(parameter.name.to_ascii_lowercase()) {
            inner.add(
                "/name",
                Rule::Duplicate,
                format!("the name `{}` is there twice", shown(&parameter.name)),
            );
        }
        check_one(definition, parameter, &mut inner);
        violations.nest(&format!("/parameters/{index}"), inner);
    }
    check_path(definition, violations);
}

fn check_path(definition: &Definition, violations: &mut Violations) {
    for name in definition.request.path.parameters() {
        let declared = |parameter: &Parameter| parameter.location == Location::Path && parameter.name == name;
        if !definition.parameters.iter().any(declared) {
            let message = format!("the path names `{name}`, which is not among the path parameters");
            violations.add("/request/path", Rule::Unknown, message);
        }
    }
}

fn check_one(definition: &Definition, parameter: &Parameter, violations: &mut Violations) {
    if parameter.location == Location::Path {
        if !definition.request.path.parameters().any(|name| name == parameter.name) {
            let message = format!("the path `{}` does not name it", definition.request.path);
            violations.add("/location", Rule::Unknown, message);
        }
        if !parameter.required {
            violations.add("/required", Rule::Conflict, "a path parameter is always required");
        }
    }
    check_body_fits(definition, parameter, violations);
    check_bounds(parameter, violations);
    check_lengths(parameter, violations);
    check_texts(parameter, violations);
    check_default(parameter, violations);
}

fn check_body_fits(definition: &Definition, parameter: &Parameter, violations: &mut Violations) {
    let passthrough = definition.request.mode == RequestMode::Passthrough;
    if parameter.location == Location::Body && passthrough {
        violations.add("/location", Rule::Conflict, "in pass-through mode the body goes through unread");
    }
    let in_parts = parameter.location == Location::Body && definition.request.method == MethodRule::Multipart;
    if parameter.kind == ParameterType::File && !in_parts {
        violations.add("/type", Rule::Conflict, "a file is a body parameter of a MULTIPART API");
    }
    if parameter.item_type.is_some() && parameter.kind != ParameterType::Array {
        violations.add("/item_type", Rule::Conflict, "only an array has items");
    }
    if matches!(parameter.item_type, Some(ParameterType::Array | ParameterType::File)) {
        violations.add("/item_type", Rule::Unsupported, "items are plain values");
    }
}

fn check_bounds(parameter: &Parameter, violations: &mut Violations) {
    let kind = parameter.kind;
    let mut bound = |pointer: &str, text: &Option<String>| -> Option<String> {
        let text = text.as_deref()?;
        if !kind.is_number() {
            violations.add(pointer, Rule::Conflict, "only a number has a smallest and a largest value");
            return None;
        }
        if let Err(expected) = kind.check(text) {
            violations.add(pointer, Rule::Format, format!("`{}` is not {expected}", shown(text)));
            return None;
        }
        Some(text.to_owned())
    };
    let (minimum, maximum) = (bound("/minimum", &parameter.minimum), bound("/maximum", &parameter.maximum));
    if let (Some(minimum), Some(maximum)) = (minimum, maximum)
        && is_larger(&minimum, &maximum)
    {
        let message = format!("`{}` is larger than the largest value `{}`", shown(&minimum), shown(&maximum));
        violations.add("/minimum", Rule::Range, message);
    }
}

/// Whole numbers are compared as such: beyond 2⁵³ floating point no longer tells neighbours apart.
fn is_larger(one: &str, other: &str) -> bool {
    match (one.parse::<i64>(), other.parse::<i64>()) {
        (Ok(one), Ok(other)) => one > other,
        _ => one.parse::<f64>().ok() > other.parse::<f64>().ok(),
    }
}

fn check_lengths(parameter: &Parameter, violations: &mut Violations) {
    if let (Some(shortest), Some(longest)) = (parameter.min_length, parameter.max_length)
        && shortest > longest
    {
        violations.add(
            "/min_length",
            Rule::Range,
            format!("{shortest} is larger than the largest length {longest}"),
        );
    }
}

fn check_texts(parameter: &Parameter, violations: &mut Violations) {
    refuse_rules_for_text(parameter, violations);
    if let Some(pattern) = &parameter.pattern {
        violations.at("/pattern", check_pattern(pattern));
    }
    if let Some(schema) = &parameter.json_schema
        && let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(schema)
    {
        violations.add("/json_schema", Rule::Format, format!("it is not JSON: {error}"));
    }
    for (index, value) in parameter.enumeration.iter().enumerate() {
        // The values of an array are those of its items.
        if let Err(expected) = parameter.item_type.unwrap_or(parameter.kind).check(value) {
            let message = format!("`{}` is not {expected}", shown(value));
            violations.add(format!("/enumeration/{index}"), Rule::Format, message);
        }
    }
}

/// Lengths, patterns and schemas are about texts (spec: aliyun/api-model.md §4), as the items of an array may be and a
/// JSON document is.
fn refuse_rules_for_text(parameter: &Parameter, violations: &mut Violations) {
    let kind = parameter.kind;
    if !kind.is_number() && !matches!(kind, ParameterType::Boolean | ParameterType::File) {
        return;
    }
    let rules = [
        ("/min_length", parameter.min_length.is_some()),
        ("/max_length", parameter.max_length.is_some()),
        ("/pattern", parameter.pattern.is_some()),
        ("/json_schema", parameter.json_schema.is_some()),
    ];
    for (pointer, _) in rules.iter().filter(|(_, there)| *there) {
        violations.add(*pointer, Rule::Conflict, "only a text has such a rule");
    }
}

/// Only linear-time expressions: look-around and back-references are not offered.
pub(super) fn check_pattern(pattern: &str) -> Result<(), Complaint> {
    match regex::RegexBuilder::new(pattern).size_limit(PATTERN_SIZE_AT_MOST).build() {
        Ok(_) => Ok(()),
        Err(regex::Error::CompiledTooBig(_)) => {
            Err(Complaint::range(format!("the expression `{}` is too large when compiled", shown(pattern))))
        }
        Err(_) => Err(Complaint::format(format!(
            "`{}` is not a regular expression that runs in linear time (look-around and back-references are not offered)",
            shown(pattern)
        ))),
    }
}

fn check_default(parameter: &Parameter, violations: &mut Violations) {
    let Some(default) = &parameter.default else { return };
    if let Err(expected) = parameter.kind.check(default) {
        violations.add("/default", Rule::Format, format!("`{}` is not {expected}", shown(default)));
    }
    if !parameter.enumeration.is_empty() && !parameter.enumeration.contains(default) {
        let message = format!("`{}` is not among the values allowed", shown(default));
        violations.add("/default", Rule::Conflict, message);
    }
}

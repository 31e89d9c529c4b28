//! Expressions of plug-ins, `["AND",["Host","==","www.abc.com"],["reqPath","~~","^/pets"]]`, and the parameters that they name
//! (spec: huawei/plugins.md, "Rule expressions"). They stand as text in a plug-in's content.

use regex::RegexBuilder;
use serde_json::Value;

use crate::dialect::{Dialect, SystemValue};
use crate::name::shown;
use crate::policy::alibaba::condition::{Number, Operator};
use crate::policy::alibaba::{Condition, Place, Variable, Variables};
use crate::policy::members::Members;
use crate::violation::{Complaint, Rule};

/// Parameters of one plug-in. The vendor tells no number; a rule of the gateway's own.
const PARAMETERS_AT_MOST: usize = 50;
/// Characters of a parameter's name.
const NAME_AT_MOST: usize = 32;
/// Characters of one expression.
const EXPRESSION_AT_MOST: usize = 4096;
/// How deep expressions may lie in each other.
const DEPTH_AT_MOST: usize = 8;
/// Bytes of one compiled regular expression.
const REGEX_AT_MOST: usize = 256 * 1024;

/// Where a parameter is found.
#[derive(Clone, Copy)]
enum Location {
    Path,
    Method,
    Header,
    Query,
    System,
}

/// Reads the member `parameters`: names for something of a call.
pub(super) fn parameters(members: &mut Members<'_>) -> Variables {
    let read = members.objects("parameters", PARAMETERS_AT_MOST, parameter);
    Variables::declared(members.distinct(read, "parameter", "name", |variable| &variable.name))
}

fn parameter(given: &mut Members<'_>) -> Option<Variable> {
    ignore_front_ends(given);
    given.demand("type");
    given.demand("name");
    let locations = [
        ("path", Location::Path),
        ("method", Location::Method),
        ("header", Location::Header),
        ("query", Location::Query),
        ("system", Location::System),
    ];
    let (location, name, value) = (
        given.word("type", &locations),
        given.text("name"),
        given.text("value").filter(|value| !value.is_empty()),
    );
    let name = name.filter(|name| check_name(given, name))?;
    let place = match location? {
        Location::Path => Place::Path,
        Location::Method => Place::Method,
        Location::Header => Place::Header(value.unwrap_or(name).to_owned()),
        Location::Query => Place::Query(value.unwrap_or(name).to_owned()),
        Location::System => Place::System(system(given, value.unwrap_or(name))?),
    };
    Some(Variable { name: name.to_owned(), place })
}

fn check_name(given: &mut Members<'_>, name: &str) -> bool {
    let fits = (1..=NAME_AT_MOST).contains(&name.chars().count());
    if !fits {
        given.complain(
            "name",
            Rule::Range,
            format!("`{}` has not 1 to {NAME_AT_MOST} characters", shown(name)),
        );
    }
    fits
}

/// `serverName` and `$context.serverName` are the same.
fn system(given: &mut Members<'_>, name: &str) -> Option<SystemValue> {
    let whole = if name.starts_with('$') { name.to_owned() } else { format!("$context.{name}") };
    let found = SystemValue::parse(Dialect::Huawei, &whole);
    if found.is_none() {
        given.complain("value", Rule::Format, format!("`{}` is not a system parameter", shown(name)));
    }
    found
}

/// What front-ends keep beside a parameter and a rule for themselves.
pub(super) fn ignore_front_ends(given: &mut Members<'_>) {
    for name in ["id", "disabled", "focused"] {
        given.ignore(name);
    }
}

/// Reads a member that is an expression, if there is one.
pub(super) fn expression(
    given: &mut Members<'_>,
    name: &'static str,
    parameters: &Variables,
) -> Option<Condition> {
    let parse = |text: &str| (!text.is_empty()).then(|| parse(text, parameters)).transpose();
    given.parsed(name, parse).flatten()
}

fn parse(text: &str, parameters: &Variables) -> Result<Condition, Complaint> {
    let characters = text.chars().count();
    if characters > EXPRESSION_AT_MOST {
        let message = format!("{characters} characters are too many: {EXPRESSION_AT_MOST} are allowed");
        return Err(Complaint::range(message));
    }
    let value = serde_json::from_str(text)
        .map_err(|error| Complaint::format(format!("`{}` is not JSON: {error}", shown(text))))?;
    node(&value, parameters, DEPTH_AT_MOST)
}

fn node(value: &Value, parameters: &Variables, depth: usize) -> Result<Condition, Complaint> {
    let wrong = |why: &str| Complaint::format(format!("`{}` {why}", shown(&value.to_string())));
    if depth == 0 {
        return Err(Complaint::range(format!("expressions lie in each other {DEPTH_AT_MOST} deep at most")));
    }
    let Value::Array(items) = value else { return Err(wrong("is not a list")) };
    match items.as_slice() {
        [Value::String(word), parts @ ..] if word == "AND" || word == "OR" => {
            if parts.is_empty() {
                return Err(wrong("joins nothing"));
            }
            let parts =
                parts.iter().map(|part| node(part, parameters, depth - 1)).collect::<Result<Vec<_>, _>>()?;
            Ok(if word == "AND" { Condition::all(parts) } else { Condition::any(parts) })
        }
        [Value::String(name), Value::String(operator), operand] => {
            let variable = parameters.as_slice().iter().position(|variable| variable.name == *name);
            let variable = variable.ok_or_else(|| wrong("names none of the parameters"))?;
            leaf(variable, operator, operand).map_err(|why| wrong(&why))
        }
        _ => Err(wrong("is neither `[parameter, operator, value]` nor `[\"AND\" or \"OR\", …]`")),
    }
}

fn leaf(variable: usize, operator: &str, operand: &Value) -> Result<Condition, String> {
    let text = match operand {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return Err("compares with neither a text nor a number".to_owned()),
    };
    let numeric = |operator| {
        let number = Number::parse(text.trim()).ok_or("compares with no number")?;
        Ok(Condition::with_number(variable, operator, number))
    };
    match operator {
        "==" => Ok(Condition::with_text(variable, Operator::Equal, text)),
        "~=" => Ok(Condition::with_text(variable, Operator::NotEqual, text)),
        "in" => {
            let one = |text: &str| Condition::with_text(variable, Operator::Equal, text.trim().to_owned());
            Ok(Condition::any(text.split(',').map(one).collect()))
        }
        "~~" => {
            let regex = RegexBuilder::new(&text).size_limit(REGEX_AT_MOST).build();
            let regex = regex.map_err(|_| "holds no regular expression that runs in linear time")?;
            Ok(Condition::matching(variable, regex))
        }
        ">" => numeric(Operator::Greater),
        ">=" => numeric(Operator::AtLeast),
        "<" => numeric(Operator::Less),
        "<=" => numeric(Operator::AtMost),
        _ => Err("has none of the operators ==, ~=, ~~, in, >, >=, <, <=".to_owned()),
    }
}

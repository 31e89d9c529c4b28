//! Request parameters and backend parameters. Spec: huawei/api-model.md §3, §6.

use paifang_model::definition::{BackendParameter, Location, Origin, Parameter, ParameterType};
use serde_json::{Map, Value, json};

use super::words::{From, LOCATIONS, ORIGINS, PARAMETER_TYPES, word};
use crate::answer::members;
use crate::ask::Fields;
use crate::fault::codes;

pub(super) fn read_request(given: &mut Fields<'_, '_>) -> Parameter {
    given.refuse("orchestrations", "orchestration rules are not offered yet");
    let name = given.required("name").to_owned();
    let location = given.required_word("location", LOCATIONS, Location::Query);
    let kind = given.required_word("type", PARAMETER_TYPES, ParameterType::String);
    let required = given.one_or_two("required").unwrap_or_default();
    let numbers = (number(given, "min_num"), number(given, "max_num"));
    let sizes = (size(given, "min_size"), size(given, "max_size"));
    // Clients send bounds of the other type too, and zeros for none: they are kept and judge nothing (inferred).
    let (minimum, maximum) = if kind.is_number() { numbers } else { (None, None) };
    let bounded = !kind.is_number() && sizes.1 != Some(0);
    let (min_length, max_length) = if bounded { sizes } else { (None, None) };
    Parameter {
        kind,
        // The path is not there without it.
        required: required || location == Location::Path,
        default: filled(given.short_text("default_value", 255)),
        minimum,
        maximum,
        min_length,
        max_length,
        enumeration: filled(given.text("enumerations"))
            .map(|values| values.split(',').map(str::to_owned).collect())
            .unwrap_or_default(),
        validate: given.one_or_two("valid_enable").unwrap_or_default(),
        pass_through: given.one_or_two("pass_through").unwrap_or_default(),
        description: given.short_text("remark", 255).unwrap_or_default().to_owned(),
        example: given.short_text("sample_value", 255).unwrap_or_default().to_owned(),
        ..Parameter::new(name, location)
    }
}

fn filled(text: Option<&str>) -> Option<String> {
    text.filter(|text| !text.is_empty()).map(str::to_owned)
}

fn number(given: &mut Fields<'_, '_>, name: &str) -> Option<String> {
    given.integer(name).map(|number| number.to_string())
}

fn size(given: &mut Fields<'_, '_>, name: &str) -> Option<u32> {
    let number = given.integer(name)?;
    let size = u32::try_from(number).ok();
    if size.is_none() {
        given.complain(codes::INVALID_VALUE, name, format!("{number} is not a size"));
    }
    size
}

/// A parameter as the interface shows it; none where it has no words for it.
pub(super) fn write_request(parameter: &Parameter) -> Option<Map<String, Value>> {
    let kind = if parameter.kind.is_number() { ParameterType::Number } else { ParameterType::String };
    let number = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<i64>().ok());
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Some(members(json!({
        "name": parameter.name,
        "type": word(PARAMETER_TYPES, kind),
        "location": word(LOCATIONS, parameter.location)?,
        "default_value": parameter.default,
        "sample_value": text(&parameter.example),
        "required": one_or_two(parameter.required),
        "valid_enable": one_or_two(parameter.validate),
        "remark": text(&parameter.description),
        "enumerations": text(&parameter.enumeration.join(",")),
        "min_num": number(&parameter.minimum),
        "max_num": number(&parameter.maximum),
        "min_size": parameter.min_length,
        "max_size": parameter.max_length,
        "pass_through": one_or_two(parameter.pass_through),
    })))
}

fn one_or_two(yes: bool) -> u8 {
    if yes { 1 } else { 2 }
}

pub(super) fn read_backend(given: &mut Fields<'_, '_>, parameters: &[Parameter]) -> BackendParameter {
    let name = given.required("name").to_owned();
    let location = given.required_word("location", LOCATIONS, Location::Query);
    let value = given.required("value").to_owned();
    let origin = match given.required_word("origin", ORIGINS, From::Constant) {
        From::Request => {
            let value = declared(parameters, &value).to_owned();
            if !parameters.iter().any(|parameter| parameter.name == value) {
                let shown = paifang_model::name::shown(&value);
                let message = format!("`{shown}` is not among the request parameters");
                given.complain(codes::MAPPED_PARAMETER_UNDEFINED, "value", message);
            }
            Origin::Parameter { name: value }
        }
        From::Constant => Origin::Constant { value },
        From::System => Origin::System { name: value },
    };
    let description = given.short_text("remark", 255).unwrap_or_default().to_owned();
    BackendParameter { name, location, origin, description }
}

/// A request parameter's name as it is declared: names are compared without case (spec: huawei/api-model.md §3). One that is
/// not declared stays as it is.
pub(super) fn declared<'n>(parameters: &'n [Parameter], name: &'n str) -> &'n str {
    let mut names = parameters.iter().map(|parameter| parameter.name.as_str());
    let exactly = names.clone().any(|declared| declared == name);
    let alike = names.find(|declared| declared.eq_ignore_ascii_case(name));
    alike.filter(|_| !exactly).unwrap_or(name)
}

/// A backend parameter as the interface shows it; none where it has no words for it.
pub(super) fn write_backend(parameter: &BackendParameter) -> Option<Map<String, Value>> {
    let (origin, value) = match &parameter.origin {
        Origin::Parameter { name } => (From::Request, name),
        Origin::Constant { value } => (From::Constant, value),
        Origin::System { name } => (From::System, name),
    };
    let remark = (!parameter.description.is_empty()).then_some(&parameter.description);
    Some(members(json!({
        "name": parameter.name,
        "location": word(LOCATIONS, parameter.location)?,
        "origin": word(ORIGINS, origin),
        "value": value,
        "remark": remark,
    })))
}

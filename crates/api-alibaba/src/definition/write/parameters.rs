//! The lists of parameters.

use paifang_model::Definition;
use paifang_model::definition::{BackendParameter, Origin, Parameter};
use serde_json::{Map, Value, json};

use crate::definition::kept;
use crate::definition::words::{LOCATIONS, REQUIRED, TYPES, word};

pub(super) fn write(definition: &Definition) -> Map<String, Value> {
    let extra = &definition.extra;
    let (mut service, mut map, mut constants, mut system) = (vec![], vec![], vec![], vec![]);
    for parameter in &definition.backend_parameters {
        match &parameter.origin {
            Origin::Parameter { name } => {
                service.push(service_parameter(definition, parameter, name));
                map.push(json!({ "ServiceParameterName": parameter.name, "RequestParameterName": name }));
            }
            Origin::Constant { value } => constants.push(constant(parameter, value)),
            Origin::System { name } => system.push(system_parameter(parameter, name, extra)),
        }
    }
    let request: Vec<Value> =
        definition.parameters.iter().map(|parameter| request_parameter(parameter, extra)).collect();
    let named = |outer: &str, inner: &str, items: Vec<Value>| (outer.to_owned(), json!({ inner: items }));
    Map::from_iter([
        named("RequestParameters", "RequestParameter", request),
        named("ServiceParameters", "ServiceParameter", service),
        named("ServiceParametersMap", "ServiceParameterMap", map),
        named("ConstantParameters", "ConstantParameter", constants),
        named("SystemParameters", "SystemParameter", system),
        named("CustomSystemParameters", "CustomSystemParameter", vec![]),
    ])
}

fn request_parameter(parameter: &Parameter, extra: &Map<String, Value>) -> Value {
    let mut out = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        out.extend(value.map(|value| (name.to_owned(), value)));
    };
    let text = |text: &str| (!text.is_empty()).then(|| json!(text));
    put("ApiParameterName", Some(json!(parameter.name)));
    put("Location", word(LOCATIONS, &parameter.location).map(Value::from));
    put("ParameterType", Some(json!(word(TYPES, &parameter.kind).unwrap_or("String"))));
    put("ArrayItemsType", parameter.item_type.and_then(|kind| word(TYPES, &kind)).map(Value::from));
    put("Required", word(REQUIRED, &parameter.required).map(Value::from));
    put("DefaultValue", parameter.default.as_deref().map(Value::from));
    put("MinValue", parameter.minimum.as_deref().map(number));
    put("MaxValue", parameter.maximum.as_deref().map(number));
    put("MinLength", parameter.min_length.map(Value::from));
    put("MaxLength", parameter.max_length.map(Value::from));
    put("RegularExpression", parameter.pattern.as_deref().map(Value::from));
    put("JsonScheme", parameter.json_schema.as_deref().map(Value::from));
    put("EnumValue", text(&parameter.enumeration.join(",")));
    put("Description", text(&parameter.description));
    put("DemoValue", text(&parameter.example));
    kept::fill(&mut out, kept::members_of_item(extra, "RequestParameters", &parameter.name));
    Value::Object(out)
}

/// Bounds of numbers that are no whole ones stay numbers.
fn number(text: &str) -> Value {
    match text.parse::<i64>() {
        Ok(whole) => json!(whole),
        Err(_) => text.parse::<f64>().map_or_else(|_| json!(text), |number| json!(number)),
    }
}

fn service_parameter(definition: &Definition, parameter: &BackendParameter, source: &str) -> Value {
    let mut out = placed(parameter);
    let key = kept::place(parameter.location, &parameter.name);
    kept::fill(&mut out, kept::members_of_item(&definition.extra, "ServiceParameters", &key));
    let declared = definition.parameters.iter().find(|declared| declared.name == source);
    let kind = declared.and_then(|declared| word(TYPES, &declared.kind)).unwrap_or("String");
    out.entry("ParameterType").or_insert_with(|| json!(kind));
    Value::Object(out)
}

fn constant(parameter: &BackendParameter, value: &str) -> Value {
    let mut out = placed(parameter);
    out.insert("ConstantValue".to_owned(), json!(value));
    out.insert("Description".to_owned(), json!(parameter.description));
    Value::Object(out)
}

fn system_parameter(parameter: &BackendParameter, name: &str, extra: &Map<String, Value>) -> Value {
    let mut out = placed(parameter);
    out.insert("ParameterName".to_owned(), json!(name));
    out.insert("Description".to_owned(), json!(parameter.description));
    let key = kept::place(parameter.location, &parameter.name);
    kept::fill(&mut out, kept::members_of_item(extra, "SystemParameters", &key));
    Value::Object(out)
}

fn placed(parameter: &BackendParameter) -> Map<String, Value> {
    Map::from_iter([
        ("ServiceParameterName".to_owned(), json!(parameter.name)),
        ("Location".to_owned(), json!(word(LOCATIONS, &parameter.location))),
    ])
}

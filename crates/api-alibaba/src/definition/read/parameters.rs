//! The request's parameters, and the backend's from three lists: mapped, constant and system ones.
//!
//! Some clients declare constants and system parameters among the mapped ones, with a `ParameterCatalog`, and expect to
//! read them from the other two lists: they are folded into those (spec: aliyun/api-model.md §5).

use std::collections::HashSet;

use paifang_model::Definition;
use paifang_model::definition::{BackendParameter, Location, Origin, Parameter};
use serde_json::{Map, Value};

use crate::definition::kept;
use crate::definition::words::{LOCATIONS, REQUIRED, TYPES, meaning};
use crate::fault::Fault;
use crate::params::{Fields, Params, document};

pub(super) fn read(
    params: &Params,
    before: Option<&Definition>,
    extra: &mut Map<String, Value>,
) -> Result<(Vec<Parameter>, Vec<BackendParameter>), Fault> {
    let mut parameters = request(params, before, extra)?;
    let mut backend = mapped(params, &mut parameters, extra)?;
    backend.extend(constants(params)?);
    backend.extend(system(params, extra)?);
    Ok((parameters, backend))
}

fn list(params: &Params, name: &'static str) -> Result<Vec<Fields>, Fault> {
    Fields::each(name, document(params, name)?)
}

fn location(fields: &mut Fields) -> Result<Location, Fault> {
    meaning(LOCATIONS, "Location", &fields.required("Location")?)
}

fn request(
    params: &Params,
    before: Option<&Definition>,
    extra: &mut Map<String, Value>,
) -> Result<Vec<Parameter>, Fault> {
    let mut kept = Map::new();
    let mut parameters = Vec::new();
    for mut fields in list(params, "RequestParameters")? {
        let mut parameter = parameter(&mut fields)?;
        let known =
            before.and_then(|before| before.parameters.iter().find(|known| known.name == parameter.name));
        if let Some(known) = known {
            (parameter.validate, parameter.pass_through) = (known.validate, known.pass_through);
        }
        kept::keep(&mut kept, &parameter.name, fields.rest(kept::REQUEST_PARAMETER));
        parameters.push(parameter);
    }
    kept::keep(extra, "RequestParameters", kept);
    Ok(parameters)
}

fn parameter(fields: &mut Fields) -> Result<Parameter, Fault> {
    let kind = |name, text: Option<String>| text.map(|text| meaning(TYPES, name, &text)).transpose();
    let mut parameter = Parameter::new(fields.required("ApiParameterName")?, location(fields)?);
    parameter.kind = kind("ParameterType", fields.text("ParameterType")?)?.unwrap_or_default();
    parameter.item_type = kind("ArrayItemsType", fields.text("ArrayItemsType")?)?;
    let required = fields.text("Required")?;
    let required = required.map(|required| meaning(REQUIRED, "Required", &required)).transpose()?;
    // A path without it is another path.
    parameter.required = required.unwrap_or_default() || parameter.location == Location::Path;
    parameter.default = fields.text("DefaultValue")?;
    parameter.minimum = fields.text("MinValue")?;
    parameter.maximum = fields.text("MaxValue")?;
    parameter.min_length = fields.number("MinLength")?;
    parameter.max_length = fields.number("MaxLength")?;
    parameter.pattern = fields.text("RegularExpression")?;
    parameter.json_schema = fields.text("JsonScheme")?;
    let values = fields.text("EnumValue")?.unwrap_or_default();
    parameter.enumeration =
        values.split(',').map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned).collect();
    parameter.description = fields.text("Description")?.unwrap_or_default();
    parameter.example = fields.text("DemoValue")?.unwrap_or_default();
    Ok(parameter)
}

/// `ServiceParameters` joined with `ServiceParametersMap` by name; a catalog may make it something else.
fn mapped(
    params: &Params,
    parameters: &mut Vec<Parameter>,
    extra: &mut Map<String, Value>,
) -> Result<Vec<BackendParameter>, Fault> {
    let mut map = mapping(params)?;
    let (mut kept, mut mapped, mut folded) = (Map::new(), Vec::new(), HashSet::new());
    for mut fields in list(params, "ServiceParameters")? {
        let name = fields.required("ServiceParameterName")?;
        let location = location(&mut fields)?;
        let source = source(&mut map, &name)?;
        let declared = parameters.iter().find(|parameter| parameter.name == source);
        let catalog = fields.text("ParameterCatalog")?.unwrap_or_default();
        let origin = origin(&catalog, &source, declared)?;
        let mut description = String::new();
        if matches!(origin, Origin::Parameter { .. }) {
            let members = fields.rest(kept::SERVICE_PARAMETER);
            kept::keep(&mut kept, &kept::place(location, &name), members);
        } else {
            description = declared.map(|declared| declared.description.clone()).unwrap_or_default();
            folded.insert(source);
        }
        mapped.push(BackendParameter { name, location, origin, description });
    }
    if let Some((service, _)) = map.first() {
        return Err(Fault::unmapped(&format!("`{service}` is not among ServiceParameters")));
    }
    parameters.retain(|parameter| !folded.contains(&parameter.name));
    kept::keep(extra, "ServiceParameters", kept);
    Ok(mapped)
}

/// The request parameter that a backend parameter is mapped from; each is mapped once.
fn source(map: &mut Vec<(String, String)>, name: &str) -> Result<String, Fault> {
    let at = map.iter().position(|(service, _)| service == name).ok_or_else(|| {
        Fault::unmapped(&format!("ServiceParametersMap does not say what `{name}` of ServiceParameters is"))
    })?;
    Ok(map.remove(at).1)
}

/// What a catalog makes of a request parameter: itself, the constant that its default is, or the system's of its name.
fn origin(catalog: &str, source: &str, declared: Option<&Parameter>) -> Result<Origin, Fault> {
    match catalog.to_ascii_uppercase().as_str() {
        "" | "REQUEST" if declared.is_some() => Ok(Origin::Parameter { name: source.to_owned() }),
        "" | "REQUEST" => Err(Fault::unmapped(&format!("`{source}` is not among RequestParameters"))),
        "CONSTANT" => {
            let value = declared.and_then(|declared| declared.default.clone()).unwrap_or_default();
            Ok(Origin::Constant { value })
        }
        "SYSTEM" => Ok(Origin::System { name: source.to_owned() }),
        other => Err(Fault::invalid("ParameterCatalog", other, "REQUEST, CONSTANT and SYSTEM are allowed")),
    }
}

fn mapping(params: &Params) -> Result<Vec<(String, String)>, Fault> {
    let mut map = Vec::new();
    for mut fields in list(params, "ServiceParametersMap")? {
        map.push((fields.required("ServiceParameterName")?, fields.required("RequestParameterName")?));
    }
    Ok(map)
}

fn constants(params: &Params) -> Result<Vec<BackendParameter>, Fault> {
    let mut constants = Vec::new();
    for mut fields in list(params, "ConstantParameters")? {
        constants.push(BackendParameter {
            name: fields.required("ServiceParameterName")?,
            location: location(&mut fields)?,
            origin: Origin::Constant { value: fields.given("ConstantValue")?.unwrap_or_default() },
            description: fields.text("Description")?.unwrap_or_default(),
        });
    }
    Ok(constants)
}

fn system(params: &Params, extra: &mut Map<String, Value>) -> Result<Vec<BackendParameter>, Fault> {
    let (mut kept, mut system) = (Map::new(), Vec::new());
    for mut fields in list(params, "SystemParameters")? {
        let parameter = BackendParameter {
            name: fields.required("ServiceParameterName")?,
            location: location(&mut fields)?,
            origin: Origin::System { name: fields.required("ParameterName")? },
            description: fields.text("Description")?.unwrap_or_default(),
        };
        let key = kept::place(parameter.location, &parameter.name);
        kept::keep(&mut kept, &key, fields.rest(kept::SYSTEM_PARAMETER));
        system.push(parameter);
    }
    kept::keep(extra, "SystemParameters", kept);
    Ok(system)
}

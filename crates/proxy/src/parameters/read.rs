//! Finds the declared parameters in a call. Nothing is judged here, except that text must be UTF-8.

use std::borrow::Cow;

use paifang_wire::{HeaderName, Headers};

use super::declared::{Declared, Place};
use super::encode::decode_form;
use super::error::ParameterError;
use super::form::{Content, Part, fields};
use super::names::Names;
use super::plan::{Input, Plan};
use super::value::{Value, Values, store};
use paifang_model::definition::ParameterType;

/// The values that a call carries, by declared parameter.
pub(super) fn read<'a>(plan: &'a Plan, input: &Input<'a>) -> Result<Values<'a>, ParameterError> {
    let mut values = Values::with_capacity(plan.declared.len());
    for declared in &plan.declared {
        values.push(match &declared.place {
            Place::Path(index) => input.captures.get(*index).map(|text| Value::Text(Cow::Borrowed(*text))),
            Place::Header(name) => read_header(declared, name, &input.head.headers)?,
            Place::Query | Place::Body | Place::Unread => None,
        });
    }
    if let Some(query) = input.head.target.query()
        && plan.reads_query()
    {
        read_fields(&plan.declared, &plan.query, query.as_bytes(), &mut values)?;
    }
    match input.form.map(|form| &form.0) {
        None => {}
        Some(Content::Fields(body)) => read_fields(&plan.declared, &plan.fields, body, &mut values)?,
        Some(Content::Parts(parts)) => read_parts(&plan.declared, &plan.fields, parts, &mut values)?,
    }
    Ok(values)
}

fn read_header<'a>(
    declared: &Declared,
    name: &HeaderName,
    headers: &'a Headers,
) -> Result<Option<Value<'a>>, ParameterError> {
    let mut place = None;
    for value in headers.get_all(name) {
        let text = std::str::from_utf8(value.as_bytes()).map_err(|_| not_utf8(declared))?;
        store(&mut place, Cow::Borrowed(text), declared.is_array());
        if !declared.is_array() {
            break;
        }
    }
    Ok(place)
}

fn read_fields<'a>(
    declared: &'a [Declared],
    names: &Names,
    text: &'a [u8],
    values: &mut Values<'a>,
) -> Result<(), ParameterError> {
    for field in fields(text) {
        let Ok(name) = decode_form(field.name) else { continue };
        let Some(index) = names.find(&name).and_then(|known| known.declared) else { continue };
        let (parameter, place) = (&declared[usize::from(index)], &mut values[usize::from(index)]);
        if place.is_none() || parameter.is_array() {
            let value = decode_form(field.value).map_err(|_| not_utf8(parameter))?;
            store(place, value, parameter.is_array());
        }
    }
    Ok(())
}

fn read_parts<'a>(
    declared: &'a [Declared],
    names: &Names,
    parts: &'a [Part],
    values: &mut Values<'a>,
) -> Result<(), ParameterError> {
    for part in parts {
        let Some(index) = names.find(&part.name).and_then(|known| known.declared) else { continue };
        let (parameter, place) = (&declared[usize::from(index)], &mut values[usize::from(index)]);
        if parameter.kind != ParameterType::File {
            let text = std::str::from_utf8(&part.content).map_err(|_| not_utf8(parameter))?;
            if parameter.is_array() {
                store(place, Cow::Borrowed(text), true);
                continue;
            }
        }
        place.get_or_insert(Value::Part(part));
    }
    Ok(())
}

fn not_utf8(declared: &Declared) -> ParameterError {
    ParameterError::invalid(&declared.name, "it is not UTF-8")
}

//! Choices whose parts allow no further members, as one object each: such parts refuse one another's members, and nothing
//! would match all of them.

use std::collections::BTreeMap;

use utoipa::openapi::schema::{AdditionalProperties, AllOf, Object};
use utoipa::openapi::{Components, RefOr, Schema};

type Schemas = BTreeMap<String, RefOr<Schema>>;

/// Puts one object in place of each choice that is put together of parts of which one allows no further members.
pub(crate) fn unite(components: &mut Components) {
    let parts = components.schemas.clone();
    for schema in components.schemas.values_mut() {
        let RefOr::T(Schema::OneOf(choices)) = schema else { continue };
        for choice in &mut choices.items {
            let RefOr::T(Schema::AllOf(all)) = choice else { continue };
            if let Some(object) = united(all, &parts) {
                *choice = RefOr::T(object.into());
            }
        }
    }
}

fn united(all: &AllOf, schemas: &Schemas) -> Option<Object> {
    let parts = all.items.iter().map(|part| object(part, schemas)).collect::<Option<Vec<_>>>()?;
    let closed = Some(Box::new(AdditionalProperties::FreeForm(false)));
    if parts.iter().all(|part| part.additional_properties != closed) {
        return None;
    }
    let mut united = Object::new();
    united.description.clone_from(&all.description);
    united.additional_properties = closed;
    for part in parts {
        united.properties.extend(part.properties.clone());
        united.required.extend(part.required.iter().cloned());
    }
    Some(united)
}

/// The object that a part is or refers to.
fn object<'s>(part: &'s RefOr<Schema>, schemas: &'s Schemas) -> Option<&'s Object> {
    let part = match part {
        RefOr::Ref(reference) => schemas.get(reference.ref_location.rsplit('/').next()?)?,
        part => part,
    };
    match part {
        RefOr::T(Schema::Object(object)) => Some(object),
        _ => None,
    }
}

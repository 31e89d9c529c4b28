//! An object and what the store knows about it.

use std::borrow::Cow;

use paifang_control::Stored;
use serde::Serialize;
use utoipa::openapi::{AllOfBuilder, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// An object and what is known about it. Routes name it by an alias, for what derives schemas cannot name one generic
/// type within another.
#[derive(Debug, Serialize)]
pub(crate) struct View<T> {
    /// The object itself.
    #[serde(flatten)]
    value: T,
    #[serde(flatten)]
    stamp: Stamp,
}

/// What is known about an object.
#[derive(Debug, Serialize, ToSchema)]
struct Stamp {
    /// The revision that last wrote it; its `ETag` is this after an `r`, in quotes.
    revision: u64,
    /// When it was made, in milliseconds since 1970.
    created_at: i64,
    /// When it was last written, in milliseconds since 1970.
    updated_at: i64,
}

impl<T> From<Stored<T>> for View<T> {
    fn from(stored: Stored<T>) -> Self {
        let Stored { value, revision, created_at, updated_at } = stored;
        Self { value, stamp: Stamp { revision, created_at, updated_at } }
    }
}

/// One flat object: a noun's own schema allows no further members, so it cannot be a part of another one.
impl<T: ToSchema> PartialSchema for View<T> {
    fn schema() -> RefOr<Schema> {
        match (T::schema(), Stamp::schema()) {
            (RefOr::T(Schema::Object(mut noun)), RefOr::T(Schema::Object(stamp))) => {
                noun.properties.extend(stamp.properties);
                noun.required.extend(stamp.required);
                noun.additional_properties = None;
                noun.into()
            }
            (noun, stamp) => Schema::AllOf(AllOfBuilder::new().item(noun).item(stamp).build()).into(),
        }
    }
}

impl<T: ToSchema> ToSchema for View<T> {
    fn name() -> Cow<'static, str> {
        format!("{}View", T::name()).into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        T::schemas(schemas);
    }
}

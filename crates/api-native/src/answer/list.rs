//! A page of a list. An object that cannot be read stands in its place and hides nobody else.

use std::borrow::Cow;

use paifang_control::{Page, Unreadable};
use serde::Serialize;
use utoipa::openapi::schema::{ArrayBuilder, SchemaType, Type};
use utoipa::openapi::{ObjectBuilder, OneOfBuilder, Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// A page of a list. Routes name it by an alias, as [`View`](super::View).
#[derive(Debug, Serialize)]
pub(crate) struct List<T> {
    /// What is on the page.
    pub(crate) items: Vec<Item<T>>,
    /// The `cursor` of the next page.
    pub(crate) next: Option<String>,
    /// How many there are on all pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) total: Option<u64>,
}

/// An object, or that it cannot be read.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum Item<T> {
    /// The object.
    Readable(T),
    /// It cannot be read.
    Unreadable(UnreadableItem),
}

/// An object that is there and that this version cannot read.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UnreadableItem {
    /// Its address, `kind/id`; null when that cannot be read either.
    unreadable: Option<String>,
    /// Why.
    reason: String,
}

impl<T> List<T> {
    pub(crate) fn of<S>(page: Page<S>, show: impl Fn(S) -> T) -> Self {
        let Page { items, next, total, .. } = page;
        let items = items.into_iter().map(|item| match item {
            Ok(item) => Item::Readable(show(item)),
            Err(unreadable) => Item::Unreadable(UnreadableItem::of(&unreadable)),
        });
        Self { items: items.collect(), next: next.map(|next| next.to_string()), total }
    }
}

impl UnreadableItem {
    /// The defect's own cause is not told: it may quote what is in the object.
    fn of(unreadable: &Unreadable) -> Self {
        Self { unreadable: unreadable.key.map(|key| key.to_string()), reason: unreadable.defect.to_string() }
    }
}

impl<T: ToSchema> PartialSchema for List<T> {
    fn schema() -> RefOr<Schema> {
        let item = OneOfBuilder::new()
            .item(Ref::from_schema_name(T::name()))
            .item(Ref::from_schema_name(UnreadableItem::name()));
        let next = ObjectBuilder::new()
            .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
            .description(Some("The `cursor` of the next page; null: this is the last one."));
        let total = ObjectBuilder::new()
            .schema_type(Type::Integer)
            .description(Some("How many there are on all pages, with `count=true`."));
        ObjectBuilder::new()
            .property("items", ArrayBuilder::new().items(item))
            .property("next", next)
            .property("total", total)
            .required("items")
            .required("next")
            .into()
    }
}

impl<T: ToSchema> ToSchema for List<T> {
    fn name() -> Cow<'static, str> {
        let name = T::name();
        format!("{}List", name.strip_suffix("View").unwrap_or(&name)).into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((T::name().into_owned(), T::schema()));
        schemas.push((UnreadableItem::name().into_owned(), UnreadableItem::schema()));
        T::schemas(schemas);
        UnreadableItem::schemas(schemas);
    }
}

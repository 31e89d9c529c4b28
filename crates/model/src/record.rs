//! What a noun tells the store about itself: its kind, its place, the fields it is found by, the links it holds.
//!
//! Each noun implements [`Record`] beside its definition. The store keeps field and link rows in the same
//! transaction as the document, so uniqueness and refused deletions never need a read before a write.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::id::Id;
use crate::kind::Kind;
use crate::secret::Secret;

/// A document that the store can keep.
pub trait Record: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Which family of documents this is.
    const KIND: Kind;

    /// The number of the layout that this binary writes; older ones are upgraded by [`Record::upgrade`] when read.
    const SCHEMA: u32 = 1;

    /// Where its secrets are: JSON pointers (RFC 6901) to whole values, which the store seals. What is not there in a
    /// document is passed over. A value may be text or anything else, such as an object that is a secret as a whole.
    const SECRETS: &'static [&'static str] = &[];

    /// Its own id.
    fn id(&self) -> Id;

    /// The document it belongs to ([`Id::ROOT`] when it belongs to nothing): lists and quotas count within it.
    fn scope(&self) -> Id {
        Id::ROOT
    }

    /// The values it is found, sorted and kept unique by.
    fn fields(&self, fields: &mut Fields);

    /// The documents it needs.
    fn links(&self, _links: &mut Links) {}

    /// Turns a document written with an older schema number into today's layout.
    ///
    /// # Errors
    /// A sentence, when the document cannot be understood.
    fn upgrade(schema: u32, document: serde_json::Value) -> Result<serde_json::Value, String> {
        let _ = schema;
        Ok(document)
    }
}

/// The address of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// The family.
    pub kind: Kind,
    /// The document within it.
    pub id: Id,
}

impl Key {
    /// The address of the document of type `R` with this id.
    #[must_use]
    pub fn of<R: Record>(id: impl Into<Id>) -> Self {
        Self { kind: R::KIND, id: id.into() }
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.kind, self.id)
    }
}

/// How far the uniqueness of a field reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uniqueness {
    /// Several documents may share the value.
    Shared,
    /// One document of the kind within a scope may hold it.
    InScope,
    /// One document of the kind may hold it.
    InKind,
}

/// One value that a document is found and sorted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name, as in a query.
    pub name: &'static str,
    /// Its value, encoded so that text order is the value's order.
    pub value: String,
    /// Who else may hold the value.
    pub uniqueness: Uniqueness,
}

/// One secret value that a document is found by. The store keeps a keyed digest of it: whole values are found and kept
/// unique, and nothing else can be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretField {
    /// Its name, as in a query.
    pub name: &'static str,
    /// Its value.
    pub value: Secret,
    /// Who else may hold the value.
    pub uniqueness: Uniqueness,
}

/// The fields of one document.
#[derive(Debug, Default)]
pub struct Fields(Vec<Field>, Vec<SecretField>);

#[expect(clippy::needless_pass_by_value, reason = "values are made on the spot")]
impl Fields {
    /// No fields.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A value by which documents are looked up and sorted.
    pub fn lookup(&mut self, name: &'static str, value: impl Sortable) -> &mut Self {
        self.push(name, value.sortable(), Uniqueness::Shared)
    }

    /// A value that no other document of the kind may hold.
    pub fn unique(&mut self, name: &'static str, value: impl Sortable) -> &mut Self {
        self.push(name, value.sortable(), Uniqueness::InKind)
    }

    /// A value that no other document of the kind in the same scope may hold.
    pub fn unique_in_scope(&mut self, name: &'static str, value: impl Sortable) -> &mut Self {
        self.push(name, value.sortable(), Uniqueness::InScope)
    }

    /// A secret that no other document of the kind may hold.
    pub fn unique_secret(&mut self, name: &'static str, value: &Secret) -> &mut Self {
        self.1.push(SecretField { name, value: value.clone(), uniqueness: Uniqueness::InKind });
        self
    }

    fn push(&mut self, name: &'static str, value: String, uniqueness: Uniqueness) -> &mut Self {
        self.0.push(Field { name, value, uniqueness });
        self
    }

    /// The fields in the order they were named, without those that are secret.
    #[must_use]
    pub fn into_vec(self) -> Vec<Field> {
        self.0
    }

    /// The fields and the secret fields, each in the order they were named.
    #[must_use]
    pub fn into_parts(self) -> (Vec<Field>, Vec<SecretField>) {
        (self.0, self.1)
    }
}

/// A value with a text form whose byte order is its own order.
pub trait Sortable {
    /// The text form.
    fn sortable(&self) -> String;
}

impl Sortable for &str {
    fn sortable(&self) -> String {
        (*self).to_owned()
    }
}

impl Sortable for String {
    fn sortable(&self) -> String {
        self.clone()
    }
}

impl Sortable for &String {
    fn sortable(&self) -> String {
        (*self).clone()
    }
}

impl Sortable for i64 {
    /// Sixteen hex digits with the sign bit flipped: negative numbers come before positive ones.
    fn sortable(&self) -> String {
        format!("{:016x}", self.cast_unsigned() ^ (1 << 63))
    }
}

impl Sortable for u64 {
    fn sortable(&self) -> String {
        format!("{self:016x}")
    }
}

impl Sortable for Id {
    fn sortable(&self) -> String {
        self.to_string()
    }
}

/// What happens to the holder of a link when its target is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnDelete {
    /// The deletion is refused while the link is there.
    Refuse,
    /// The holder is deleted with its target, and what hangs on the holder likewise.
    Drop,
}

/// A document's need for another one, which must exist when the document is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What the target is to the document, as in a query.
    pub edge: &'static str,
    /// The document needed.
    pub target: Key,
    /// What deleting the target does.
    pub on_delete: OnDelete,
}

/// The links of one document.
#[derive(Debug, Default)]
pub struct Links(Vec<Link>);

impl Links {
    /// No links.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A target that cannot be deleted while this document is there.
    pub fn refuse<R: Record>(&mut self, edge: &'static str, target: impl Into<Id>) -> &mut Self {
        self.push(edge, Key::of::<R>(target), OnDelete::Refuse)
    }

    /// A target whose deletion takes this document along.
    pub fn drop<R: Record>(&mut self, edge: &'static str, target: impl Into<Id>) -> &mut Self {
        self.push(edge, Key::of::<R>(target), OnDelete::Drop)
    }

    /// The same for a target whose family is known only when it runs.
    pub fn drop_key(&mut self, edge: &'static str, target: Key) -> &mut Self {
        self.push(edge, target, OnDelete::Drop)
    }

    fn push(&mut self, edge: &'static str, target: Key, on_delete: OnDelete) -> &mut Self {
        self.0.push(Link { edge, target, on_delete });
        self
    }

    /// The links in the order they were named.
    #[must_use]
    pub fn into_vec(self) -> Vec<Link> {
        self.0
    }
}

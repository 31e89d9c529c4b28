//! Manifests: what a folder of files made, remembered object by object.
//!
//! An entry is written in the transaction that makes its object and goes with it. So there is never an object that a
//! manifest made and does not know, nor an entry for something that somebody else made later.

use serde::{Deserialize, Serialize};

use crate::id::{Id, ManifestEntryId, ManifestId};
use crate::kind::Kind;
use crate::name::{Characters, NameRule};
use crate::record::{Fields, Key, Links, Record};
use crate::violation::Violations;

/// What a manifest may be called.
pub const MANIFEST_NAME: NameRule =
    NameRule { min: 1, max: 64, first: Characters::ALPHANUMERIC, rest: Characters::ALPHANUMERIC.or("_.-") };

/// A set of files that is applied as a whole, and remembers what it made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Its id; see [`Manifest::id_of`].
    pub id: ManifestId,
    /// Its name, unique.
    pub name: String,
}

impl Manifest {
    /// The manifest with this name.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        let name = name.into();
        Self { id: Self::id_of(&name), name }
    }

    /// The id of the manifest with this name.
    #[must_use]
    pub fn id_of(name: &str) -> ManifestId {
        ManifestId(Id::derived("manifest", &[name.as_bytes()]))
    }

    /// Checks what its owner may choose.
    ///
    /// # Errors
    /// All complaints.
    pub fn check(&self) -> Result<(), Violations> {
        let mut violations = Violations::new();
        violations.at("/name", MANIFEST_NAME.check(&self.name));
        violations.or(())
    }
}

impl Record for Manifest {
    const KIND: Kind = Kind::Manifest;

    fn id(&self) -> Id {
        self.id.0
    }

    fn fields(&self, fields: &mut Fields) {
        fields.unique("name", &self.name);
    }
}

/// That a manifest made an object. An object is made once, so it is in one manifest at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ManifestEntry {
    /// Its id, derived from the object.
    pub id: ManifestEntryId,
    /// The manifest.
    pub manifest: ManifestId,
    /// What kind of object it made.
    pub kind: Kind,
    /// The object's id.
    pub object: Id,
}

impl ManifestEntry {
    /// That a manifest made this object.
    #[must_use]
    pub fn of(manifest: ManifestId, object: Key) -> Self {
        let Key { kind, id } = object;
        let parts = [kind.name().as_bytes(), id.as_bytes().as_slice()];
        let entry = ManifestEntryId(Id::derived("manifest_entry", &parts));
        Self { id: entry, manifest, kind, object: id }
    }
}

impl Record for ManifestEntry {
    const KIND: Kind = Kind::ManifestEntry;

    fn id(&self) -> Id {
        self.id.0
    }

    fn scope(&self) -> Id {
        self.manifest.0
    }

    fn fields(&self, fields: &mut Fields) {
        fields.lookup("kind", self.kind.name()).lookup("object", self.object);
    }

    /// Forgetting the manifest leaves the object; deleting the object takes the entry along.
    fn links(&self, links: &mut Links) {
        links.drop::<Manifest>("manifest", self.manifest);
        links.drop_key("object", Key { kind: self.kind, id: self.object });
    }
}

//! A folder of old documents stays readable. See `tests/documents/README.md`.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::path::Path;

use paifang_model::record::{Fields, Links};
use paifang_model::{
    AccessKey, AccessList, Account, Api, App, AppCode, AppKey, AppQuota, Authority, BackendAccess,
    BackendInstance, BackendService, Binding, BlackList, Certificate, Channel, Deployment, Domain, Grant,
    Group, GroupBinding, Kind, Manifest, ManifestEntry, Policy, Quota, Record, Stage, User, Variable,
    Version,
};
use serde_json::Value;

/// What today's binary makes of a document: the document as it would write it, and the rows it would keep beside it.
pub(crate) struct Read {
    pub(crate) written: Value,
    pub(crate) key: (String, String),
    pub(crate) fields: Fields,
    pub(crate) links: Links,
    /// Where the noun says that its secrets are.
    pub(crate) secrets: &'static [&'static str],
    /// What `Debug` shows of it.
    pub(crate) debug: String,
}

/// Every document of schema 1 with the name of its file, in order of names.
pub(crate) fn schema_1() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents/v1");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let named = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
    files
        .iter()
        .map(|path| (named(path), serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()))
        .collect()
}

pub(crate) fn kind_of(name: &str) -> Kind {
    name.split('.').next().unwrap().parse().unwrap()
}

pub(crate) fn read(kind: Kind, document: Value) -> Result<Read, String> {
    match kind {
        Kind::Account => read_as::<Account>(document),
        Kind::User => read_as::<User>(document),
        Kind::AccessKey => read_as::<AccessKey>(document),
        Kind::Group => read_as::<Group>(document),
        Kind::Stage => read_as::<Stage>(document),
        Kind::Variable => read_as::<Variable>(document),
        Kind::Api => read_as::<Api>(document),
        Kind::Version => read_as::<Version>(document),
        Kind::Deployment => read_as::<Deployment>(document),
        Kind::App => read_as::<App>(document),
        Kind::AppKey => read_as::<AppKey>(document),
        Kind::AppCode => read_as::<AppCode>(document),
        Kind::Grant => read_as::<Grant>(document),
        Kind::AppQuota => read_as::<AppQuota>(document),
        Kind::Domain => read_as::<Domain>(document),
        Kind::Authority => read_as::<Authority>(document),
        Kind::Certificate => read_as::<Certificate>(document),
        Kind::BackendAccess => read_as::<BackendAccess>(document),
        Kind::BackendInstance => read_as::<BackendInstance>(document),
        Kind::BackendService => read_as::<BackendService>(document),
        Kind::Channel => read_as::<Channel>(document),
        Kind::Policy => read_as::<Policy>(document),
        Kind::Binding => read_as::<Binding>(document),
        Kind::GroupBinding => read_as::<GroupBinding>(document),
        Kind::AccessList => read_as::<AccessList>(document),
        Kind::BlackList => read_as::<BlackList>(document),
        Kind::Manifest => read_as::<Manifest>(document),
        Kind::ManifestEntry => read_as::<ManifestEntry>(document),
        Kind::Quota => read_as::<Quota>(document),
    }
}

fn read_as<R: Record + Debug>(document: Value) -> Result<Read, String> {
    let document = if R::SCHEMA == 1 { document } else { R::upgrade(1, document)? };
    let record: R = serde_json::from_value(document).map_err(|error| error.to_string())?;
    let (mut fields, mut links) = (Fields::new(), Links::new());
    record.fields(&mut fields);
    record.links(&mut links);
    let written = serde_json::to_value(&record).map_err(|error| error.to_string())?;
    let (key, debug) = ((record.id().to_string(), record.scope().to_string()), format!("{record:?}"));
    Ok(Read { written, key, fields, links, secrets: R::SECRETS, debug })
}

/// Whether everything that `old` says is said by `new` too; `new` may say more.
fn keeps(new: &Value, old: &Value) -> bool {
    match (new, old) {
        (Value::Object(new), Value::Object(old)) => {
            old.iter().all(|(name, old)| new.get(name).is_some_and(|new| keeps(new, old)))
        }
        (Value::Array(new), Value::Array(old)) => {
            new.len() == old.len() && new.iter().zip(old).all(|(new, old)| keeps(new, old))
        }
        (new, old) => new == old,
    }
}

#[test]
fn every_document_of_schema_1_is_read_and_loses_nothing() {
    for (name, document) in schema_1() {
        let read = read(kind_of(&name), document.clone()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(keeps(&read.written, &document), "{name}: {document} became {}", read.written);
    }
}

#[test]
fn what_is_written_today_is_read_as_the_same() {
    for (name, document) in schema_1() {
        let once = read(kind_of(&name), document).unwrap().written;
        let again = read(kind_of(&name), once.clone()).unwrap().written;
        assert_eq!(once, again, "{name}");
    }
}

#[test]
fn every_kind_has_a_document() {
    let there: BTreeSet<Kind> = schema_1().iter().map(|(name, _)| kind_of(name)).collect();
    assert_eq!(there, Kind::ALL.iter().copied().collect());
}

#[test]
fn unknown_fields_are_refused_with_their_name() {
    for (name, mut document) in schema_1() {
        document["surprise"] = 1.into();
        let error = read(kind_of(&name), document).err().unwrap_or_default();
        assert!(error.contains("unknown field `surprise`"), "{name}: {error}");
    }
}

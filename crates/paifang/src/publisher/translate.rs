//! From the store's documents to the data plane's, kind by kind. What calls do not need stays behind.

use std::sync::Arc;

use paifang_model::{Deployment, Key, Kind, Record, Version};
use paifang_proxy::config::{self, Change};
use paifang_store::{Defect, Document, Unreadable};

use super::defects::Defects;
use super::item::{Found, Item};

/// The kinds that calls need.
pub(super) const NEEDED: [Kind; 23] = [
    // First, so that groups are not compiled twice.
    Kind::Quota,
    Kind::AccessList,
    Kind::BlackList,
    Kind::Stage,
    Kind::Group,
    Kind::Variable,
    Kind::Authority,
    Kind::Certificate,
    Kind::Domain,
    // Before those that name them, so that these are laid out once.
    Kind::BackendInstance,
    Kind::BackendAccess,
    Kind::BackendService,
    Kind::Channel,
    // Before apps, which are told apart by their number too.
    Kind::Account,
    // Before the apps that have them.
    Kind::AppQuota,
    Kind::App,
    Kind::AppKey,
    Kind::AppCode,
    Kind::Grant,
    Kind::Policy,
    Kind::Binding,
    Kind::GroupBinding,
    Kind::Deployment,
];

/// Whether calls need a document.
pub(super) fn is_needed(key: Key) -> bool {
    NEEDED.contains(&key.kind)
}

/// What the data plane is told of what became of a document. One that cannot be read is taken from the data plane: it
/// would not be there after a start either.
pub(super) fn change(item: &Item, defects: &Defects) -> Option<Change> {
    match item {
        Item::There(found) => put(found, defects),
        Item::Gone(key) => {
            defects.clear(*key);
            Some(Change::Delete(*key))
        }
        Item::Unreadable(unreadable) => {
            let key = defects.note_unreadable(unreadable);
            key.filter(|key| is_needed(*key)).map(Change::Delete)
        }
    }
}

fn put(found: &Found, defects: &Defects) -> Option<Change> {
    let key = found.document.key;
    match document(found) {
        Ok(document) => {
            defects.clear(key);
            document.map(Change::Put)
        }
        Err(Unreadable { key: at, defect }) => {
            // Where a document that it needs is at fault, it is itself what cannot be served.
            let other = at.filter(|at| *at != key).map(|at| format!("{at}: "));
            defects.note(key, format!("{}{defect}", other.unwrap_or_default()));
            Some(Change::Delete(key))
        }
    }
}

fn document(found: &Found) -> Result<Option<config::Document>, Unreadable> {
    use config::Document as To;
    let document = &found.document;
    Ok(Some(match document.key.kind {
        Kind::Group => To::Group(read(document)?),
        Kind::Stage => To::Stage(read(document)?),
        Kind::Variable => To::Variable(read(document)?),
        Kind::Domain => To::Domain(read(document)?),
        Kind::Account => To::Account(read(document)?),
        Kind::Certificate => To::Certificate(read(document)?),
        Kind::Authority => To::Authority(read(document)?),
        Kind::App => To::App(read(document)?),
        Kind::AppKey => To::AppKey(read(document)?),
        Kind::AppCode => To::AppCode(read(document)?),
        Kind::Grant => To::Grant(read(document)?),
        Kind::AppQuota => To::AppQuota(read(document)?),
        Kind::AccessList => To::AccessList(read(document)?),
        Kind::BlackList => To::BlackList(read(document)?),
        Kind::BackendAccess => To::BackendAccess(read(document)?),
        Kind::BackendService => To::BackendService(read(document)?),
        Kind::BackendInstance => To::BackendInstance(read(document)?),
        Kind::Channel => To::Channel(read(document)?),
        Kind::Policy => To::Policy(read(document)?),
        Kind::Binding => To::Binding(read(document)?),
        Kind::GroupBinding => To::GroupBinding(read(document)?),
        Kind::Quota => To::Quota(read(document)?),
        Kind::Deployment => deployment(read(document)?, found.version.as_ref())?,
        Kind::User | Kind::AccessKey | Kind::Api | Kind::Version | Kind::Manifest | Kind::ManifestEntry => {
            return Ok(None);
        }
    }))
}

/// A deployment with the version that it serves, where its backend service is as the deployment follows it. One whose version was deleted since is set aside until the later
/// change comes that says what serves instead.
fn deployment(deployment: Deployment, version: Option<&Document>) -> Result<config::Document, Unreadable> {
    let key = Key::of::<Version>(deployment.version);
    let version = version.ok_or(Unreadable { key: Some(key), defect: Defect::Lost })?;
    let mut version: Version = read(version)?;
    if let Some(followed) = &deployment.service {
        version.definition = version.definition.served_by(&followed.target);
    }
    Ok(config::Document::Deployment(deployment, Arc::new(version)))
}

fn read<R: Record>(document: &Document) -> Result<R, Unreadable> {
    document.read().map(|stored| stored.value)
}

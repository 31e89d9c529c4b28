//! From the store's documents to the data plane's, kind by kind. What calls do not need stays behind.

use std::sync::Arc;

use paifang_model::{
    App, AppCode, AppKey, BackendAccess, Binding, Channel, Deployment, Domain, Grant, Group, Key, Kind,
    Policy, Record, Stage, Variable, Version,
};
use paifang_proxy::config::{self, Change};
use paifang_store::{Defect, Document, ReadError, Store, StoreError, StoreExt as _, Unreadable};

use super::defects::Defects;

/// The kinds that calls need.
pub(super) const NEEDED: [Kind; 13] = [
    Kind::Stage,
    Kind::Group,
    Kind::Variable,
    Kind::Domain,
    Kind::BackendAccess,
    Kind::Channel,
    Kind::App,
    Kind::AppKey,
    Kind::AppCode,
    Kind::Grant,
    Kind::Policy,
    Kind::Binding,
    Kind::Deployment,
];

/// Where a document of the data plane is in the store.
pub(super) fn key(document: &config::Document) -> Key {
    match document {
        config::Document::Group(group) => Key::of::<Group>(group.id),
        config::Document::Stage(stage) => Key::of::<Stage>(stage.id),
        config::Document::Variable(variable) => Key::of::<Variable>(variable.id),
        config::Document::Domain(domain) => Key::of::<Domain>(domain.id),
        config::Document::Deployment(deployment, _) => Key::of::<Deployment>(deployment.id),
        config::Document::App(app) => Key::of::<App>(app.id),
        config::Document::AppKey(key) => Key::of::<AppKey>(key.id),
        config::Document::AppCode(code) => Key::of::<AppCode>(code.id),
        config::Document::Grant(grant) => Key::of::<Grant>(grant.id),
        config::Document::BackendAccess(access) => Key::of::<BackendAccess>(access.id),
        config::Document::Channel(channel) => Key::of::<Channel>(channel.id),
        config::Document::Policy(policy) => Key::of::<Policy>(policy.id),
        config::Document::Binding(binding) => Key::of::<Binding>(binding.id),
    }
}

/// What the data plane is told of a document; nothing, when calls do not need its kind. A document that cannot
/// be read is taken from the data plane: it would not be there after a start either.
///
/// # Errors
/// When the store fails.
pub(super) async fn put(
    store: &dyn Store,
    document: &Document,
    defects: &Defects,
) -> Result<Option<Change>, StoreError> {
    match translate(store, document).await {
        Ok(Some(put)) => {
            defects.clear(document.key);
            Ok(Some(Change::Put(put)))
        }
        Ok(None) => Ok(None),
        Err(ReadError::Unreadable(Unreadable { key, defect })) => {
            // Where a document that it needs is at fault, it is itself what cannot be served.
            let other = key.filter(|key| *key != document.key).map(|key| format!("{key}: "));
            defects.note(document.key, format!("{}{defect}", other.unwrap_or_default()));
            Ok(Some(Change::Delete(document.key)))
        }
        Err(ReadError::Store(error)) => Err(error),
    }
}

async fn translate(store: &dyn Store, document: &Document) -> Result<Option<config::Document>, ReadError> {
    use config::Document as To;
    Ok(Some(match document.key.kind {
        Kind::Group => To::Group(read(document)?),
        Kind::Stage => To::Stage(read(document)?),
        Kind::Variable => To::Variable(read(document)?),
        Kind::Domain => To::Domain(read(document)?),
        Kind::App => To::App(read(document)?),
        Kind::AppKey => To::AppKey(read(document)?),
        Kind::AppCode => To::AppCode(read(document)?),
        Kind::Grant => To::Grant(read(document)?),
        Kind::BackendAccess => To::BackendAccess(read(document)?),
        Kind::Channel => To::Channel(read(document)?),
        Kind::Policy => To::Policy(read(document)?),
        Kind::Binding => To::Binding(read(document)?),
        Kind::Deployment => deployment(store, read(document)?).await?,
        Kind::Account
        | Kind::User
        | Kind::AccessKey
        | Kind::Api
        | Kind::Version
        | Kind::Manifest
        | Kind::ManifestEntry => return Ok(None),
    }))
}

/// A deployment with the version that it serves. One whose version was deleted since is set aside until the later
/// change comes that says what serves instead.
async fn deployment(store: &dyn Store, deployment: Deployment) -> Result<config::Document, ReadError> {
    let key = Key::of::<Version>(deployment.version);
    let version = store.get_as::<Version>(deployment.version).await?;
    let version = version.ok_or(Unreadable { key: Some(key), defect: Defect::Lost })?;
    Ok(config::Document::Deployment(deployment, Arc::new(version.value)))
}

fn read<R: Record>(document: &Document) -> Result<R, Unreadable> {
    document.read().map(|stored| stored.value)
}

//! A permission is a value that is spent: nothing else commits, and its audit line commits with it.

mod documents;
mod refusal;

pub(crate) use documents::Documents;

use paifang_model::{Key, Kind, Manifest, ManifestEntry};
use paifang_store::{AuditLine, Batch, Write};
use serde_json::json;
use tracing::info;

use crate::action::Action;
use crate::change::{Change, Done};
use crate::control::Control;
use crate::error::Error;
use crate::principal::Principal;
use crate::resource::ResourcePath;
use crate::task::ItemPlace;

/// Who the gateway is in audit lines when it acts by itself; no user may be called that.
pub(crate) const SYSTEM: &str = "system";

/// That somebody may do one thing to one resource, once.
#[derive(Debug)]
#[must_use = "a permission is spent by a commit"]
pub struct Permission {
    actor: String,
    action: String,
    resource: ResourcePath,
    /// The item of a task for which it is done, and settled.
    item: Option<ItemPlace>,
    manifest: Option<String>,
}

impl Permission {
    /// For those who were found to be allowed.
    pub(crate) fn granted(principal: &Principal, action: Action, resource: &ResourcePath) -> Self {
        Self::of(&principal.name, action, resource)
    }

    /// For an audit line about somebody who may be gone.
    pub(crate) fn of(actor: &str, action: Action, resource: &ResourcePath) -> Self {
        let (actor, action) = (actor.to_owned(), action.name().to_owned());
        Self { actor, action, resource: resource.clone(), item: None, manifest: None }
    }

    /// For an item of a task: the commit settles it.
    pub(crate) fn for_item(mut self, item: Option<ItemPlace>) -> Self {
        self.item = item;
        self
    }

    /// For what the gateway does by itself; the reason takes the action's place in the audit line.
    pub(crate) fn system(reason: &'static str, resource: ResourcePath) -> Self {
        let action = format!("{SYSTEM}:{reason}");
        Self { actor: SYSTEM.to_owned(), action, resource, item: None, manifest: None }
    }

    /// What is made with it is remembered as made by this manifest.
    pub(crate) fn within(self, manifest: Option<String>) -> Self {
        Self { manifest, ..self }
    }

    /// Makes a change, with its audit line in the same transaction.
    pub(crate) async fn commit(self, control: &Control, change: Change) -> Result<Done, Error> {
        self.settle(control, change, Outcome::Done).await
    }

    /// Remembers that something was done which changed nothing, such as showing a secret.
    ///
    /// # Errors
    /// When the store does not take the line.
    pub async fn note(self, control: &Control) -> Result<(), Error> {
        self.settle(control, Change::new(), Outcome::Done).await.map(|_| ())
    }

    /// Remembers that something was not done.
    pub(crate) async fn note_failed(self, control: &Control, outcome: Outcome) -> Result<(), Error> {
        self.settle(control, Change::new(), outcome).await.map(|_| ())
    }

    async fn settle(self, control: &Control, change: Change, outcome: Outcome) -> Result<Done, Error> {
        let at = control.now();
        let Change { mut writes, expectations, keys, made, detail, places, mut tasks } = change;
        let written = writes.len();
        tasks.extend(self.item.filter(|_| outcome == Outcome::Done).map(ItemPlace::done));
        let (action, resource, manifest) =
            (self.action.clone(), self.resource.clone(), self.manifest.clone());
        writes.extend(entries(manifest.as_deref(), &made));
        let line = self.line(at, outcome, detail);
        let batch = Batch { writes, expectations, audit: vec![line], keys, tasks, now: at };
        let committed = control.documents().commit(batch).await;
        let explained = |error| manifest_named(refusal::explain(error, &places), manifest.as_deref());
        let revision = committed.map_err(explained)?.revision;
        if written > 0 {
            info!(%action, %resource, revision, documents = written, "Committed `{action}` to `{resource}`");
        }
        Ok(Done { revision, at })
    }

    fn line(self, at: i64, outcome: Outcome, detail: Option<serde_json::Value>) -> AuditLine {
        let detail = match self.item {
            Some(item) => Some(item.noted(detail)),
            None => detail,
        };
        AuditLine {
            at,
            actor: self.actor,
            action: self.action,
            resource: self.resource.to_string(),
            outcome: outcome.name().to_owned(),
            detail: detail.unwrap_or_else(|| json!({})),
        }
    }
}

/// What a manifest remembers of what was made.
fn entries(manifest: Option<&str>, made: &[Key]) -> Vec<Write> {
    let Some(manifest) = manifest.map(Manifest::id_of) else { return Vec::new() };
    made.iter().map(|key| Write::put(&ManifestEntry::of(manifest, *key))).collect()
}

/// The caller knows a manifest's name, not the id that is derived from it.
fn manifest_named(error: Error, manifest: Option<&str>) -> Error {
    match (error, manifest) {
        (Error::NotFound { kind: Kind::Manifest, .. }, Some(name)) => Error::not_found(Kind::Manifest, name),
        (error, _) => error,
    }
}

/// How it went, in an audit line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It was done.
    Done,
    /// The caller may not do it.
    Denied,
    /// The caller could not prove who it is.
    Failed,
}

impl Outcome {
    const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Denied => "denied",
            Self::Failed => "failed",
        }
    }
}

//! A permission is a value that is spent: nothing else commits, and its audit line commits with it.

mod documents;
mod refusal;

pub(crate) use documents::Documents;

use paifang_store::{AuditLine, Batch};
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
}

impl Permission {
    /// For those who were found to be allowed.
    pub(crate) fn granted(principal: &Principal, action: Action, resource: &ResourcePath) -> Self {
        Self::of(&principal.name, action, resource)
    }

    /// For an audit line about somebody who may be gone.
    pub(crate) fn of(actor: &str, action: Action, resource: &ResourcePath) -> Self {
        let (actor, action) = (actor.to_owned(), action.name().to_owned());
        Self { actor, action, resource: resource.clone(), item: None }
    }

    /// For an item of a task: the commit settles it.
    pub(crate) fn for_item(mut self, item: Option<ItemPlace>) -> Self {
        self.item = item;
        self
    }

    /// For what the gateway does by itself; the reason takes the action's place in the audit line.
    pub(crate) fn system(reason: &'static str, resource: ResourcePath) -> Self {
        Self { actor: SYSTEM.to_owned(), action: format!("{SYSTEM}:{reason}"), resource, item: None }
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
        let Change { writes, expectations, keys, detail, places, mut tasks } = change;
        let written = writes.len();
        tasks.extend(self.item.filter(|_| outcome == Outcome::Done).map(ItemPlace::done));
        let (action, resource) = (self.action.clone(), self.resource.clone());
        let line = self.line(at, outcome, detail);
        let batch = Batch { writes, expectations, audit: vec![line], keys, tasks, now: at };
        let committed = control.documents().commit(batch).await;
        let revision = committed.map_err(|error| refusal::explain(error, &places))?.revision;
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

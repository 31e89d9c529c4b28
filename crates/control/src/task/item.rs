//! Which item of which task an operation is done for.

use paifang_model::id::TaskId;
use paifang_store::{Settled, Settlement, TaskWrite};
use serde_json::{Value, json};

/// Which item of which task an operation is done for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ItemPlace {
    pub(super) task: TaskId,
    pub(super) number: u32,
}

impl ItemPlace {
    /// That it is done, for the transaction that does it.
    pub(crate) fn done(self) -> TaskWrite {
        TaskWrite::Settle(self.settlement(Settled::Done))
    }

    pub(super) fn settlement(self, how: Settled) -> Settlement {
        Settlement { task: self.task, number: self.number, how }
    }

    /// What an audit line says of it, beside the rest.
    pub(crate) fn noted(self, detail: Option<Value>) -> Value {
        let mut detail = detail.unwrap_or_else(|| json!({}));
        detail["task"] = json!(self.task);
        detail["item"] = json!(self.number);
        detail
    }
}

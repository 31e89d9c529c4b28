//! The audit trail: who did what to what, and how it went.

use crate::cursor::Cursor;

/// One line of the audit trail.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditLine {
    /// When: Unix milliseconds.
    pub at: i64,
    /// Who.
    pub actor: String,
    /// Did what.
    pub action: String,
    /// To what.
    pub resource: String,
    /// How it went: one word.
    pub outcome: String,
    /// The rest, without secrets.
    pub detail: serde_json::Value,
}

/// A line as it was kept.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditEntry {
    /// Its place in the trail; lines are numbered as they are added.
    pub number: u64,
    /// The revision that the same batch made; none when the batch wrote nothing.
    pub revision: Option<u64>,
    /// The line. Detail that is no longer JSON is here as a JSON string.
    pub line: AuditLine,
}

/// Which lines are wanted; all that is set must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuditQuery {
    /// Not before this time: Unix milliseconds.
    pub since: Option<i64>,
    /// Before this time: Unix milliseconds.
    pub until: Option<i64>,
    /// By exactly this actor.
    pub actor: Option<String>,
    /// Of exactly this action.
    pub action: Option<String>,
    /// To exactly this resource.
    pub resource: Option<String>,
    /// After the last line of another page.
    pub after: Option<Cursor>,
    /// At most so many lines: 1 to [`MAX_LIMIT`](crate::MAX_LIMIT); 0 stands for 100.
    pub limit: u32,
}

/// One page of lines, newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditPage {
    /// The lines.
    pub lines: Vec<AuditEntry>,
    /// Where the next page starts, when there is one.
    pub next: Option<Cursor>,
}

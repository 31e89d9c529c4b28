//! What the commands print: for people, or as one JSON document.

use std::io::Write as _;

use anyhow::Result;
use serde_json::json;

use super::plan;
use super::read::Compared;

/// How things are said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Output {
    /// For people.
    Text,
    /// One JSON document.
    Json,
}

/// What was found, and done.
pub(super) struct Report<'a> {
    pub(super) compared: &'a Compared,
    pub(super) applied: bool,
    /// Where it is served, when that was waited for.
    pub(super) live: Option<String>,
}

impl Output {
    /// Says what is going to be done, where that is said beforehand.
    pub(super) fn say_plan(self, compared: &Compared) -> Result<()> {
        match self {
            Self::Text if !compared.plan.is_empty() => print(&plan::text(&compared.plan, &compared.desired)),
            Self::Text | Self::Json => Ok(()),
        }
    }

    /// Says how it ended.
    pub(super) fn say(self, report: &Report<'_>) -> Result<()> {
        let Report { compared: Compared { desired, plan, .. }, applied, live } = report;
        if self == Self::Json {
            let changes = plan::json(plan, desired);
            let document = json!({ "changes": changes, "applied": applied, "live": live });
            return print(&format!("{document:#}\n"));
        }
        let outcome = match (plan.is_empty(), applied) {
            (true, _) => "nothing differs\n".to_owned(),
            (false, true) => "done\n".to_owned(),
            (false, false) => plan::text(plan, desired),
        };
        let live = live.as_ref().map(|live| format!("{live}\n")).unwrap_or_default();
        print(&format!("{outcome}{live}"))
    }
}

/// Prints to standard output.
pub(super) fn print(text: &str) -> Result<()> {
    Ok(std::io::stdout().write_all(text.as_bytes())?)
}

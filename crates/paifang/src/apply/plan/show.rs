//! A plan in words, and as JSON. Neither shows a secret.

use std::fmt::Write as _;

use paifang_control::Difference;
use paifang_model::Kind;
use serde_json::{Value, json};

use super::{Change, Step};
use crate::apply::reader::Desired;

/// Characters of a value that are shown.
const SHOWN: usize = 120;
const HIDDEN: &str = "(secret)";

/// The steps, one or more lines each, and how many there are of each sort.
pub(crate) fn text(plan: &[Step], desired: &Desired) -> String {
    let mut text = String::new();
    for step in plan {
        let _ = writeln!(text, "{}", line(step, desired));
        for Difference { pointer, before, after } in shown_differences(step, desired) {
            let _ = writeln!(text, "    {pointer}: {} → {}", value(before.as_ref()), value(after.as_ref()));
        }
    }
    let count = |action: &str| plan.iter().filter(|step| self::action(step) == action).count();
    let counted = [("create", "to create"), ("change", "to change"), ("deploy", "to deploy")];
    let parts = counted.map(|(action, words)| format!("{} {words}", count(action)));
    let gone = count("delete") + count("take_offline");
    let _ = writeln!(text, "{}, {gone} to delete or take offline", parts.join(", "));
    text
}

/// The same for programs.
pub(crate) fn json(plan: &[Step], desired: &Desired) -> Value {
    let step = |step: &Step| {
        let mut shown = json!({
            "action": action(step), "kind": step.identity.kind, "name": step.identity.shown(),
        });
        if matches!(step.change, Change::Update(_)) {
            shown["differences"] = json!(shown_differences(step, desired));
        }
        shown
    };
    plan.iter().map(step).collect()
}

fn line(step: &Step, desired: &Desired) -> String {
    let identity = &step.identity;
    let policy = desired.get(identity).and_then(|wanted| wanted.body["policy"].as_str());
    match action(step) {
        "deploy" => format!("^ deploy {} to {}", identity.api_of().shown(), identity.name()),
        "take_offline" => format!("- take {} offline in {}", identity.api_of().shown(), identity.name()),
        "create" => match policy.filter(|_| matches!(identity.kind, Kind::Binding | Kind::GroupBinding)) {
            Some(policy) => format!("+ {identity}: {policy}"),
            None => format!("+ {identity}"),
        },
        "delete" => format!("- {identity}"),
        _ => format!("~ {identity}"),
    }
}

fn action(step: &Step) -> &'static str {
    match (&step.change, step.identity.kind) {
        (Change::Delete, Kind::Deployment) => "take_offline",
        (_, Kind::Deployment) => "deploy",
        (Change::Create, _) => "create",
        (Change::Update(_), _) => "change",
        (Change::Delete, _) => "delete",
    }
}

/// Where a change touches what, with secrets hidden on both sides.
fn shown_differences(step: &Step, desired: &Desired) -> Vec<Difference> {
    let (Change::Update(differences), Some(wanted)) = (&step.change, desired.get(&step.identity)) else {
        return Vec::new();
    };
    let shown = |difference: &Difference| {
        let hidden = wanted.document.is_hidden(&difference.pointer);
        let hide = |value: &Option<Value>| match value {
            Some(_) if hidden => Some(HIDDEN.into()),
            value => value.clone(),
        };
        let Difference { pointer, before, after } = difference;
        Difference { pointer: pointer.clone(), before: hide(before), after: hide(after) }
    };
    differences.iter().map(shown).collect()
}

fn value(value: Option<&Value>) -> String {
    let Some(value) = value else { return "nothing".to_owned() };
    let text = value.to_string();
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

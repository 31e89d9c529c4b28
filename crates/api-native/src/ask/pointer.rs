//! Where and why JSON could not be read, as a complaint with a JSON pointer (RFC 6901).

use paifang_model::{Rule, Violations};
use serde_path_to_error::{Path, Segment};

/// The complaint about JSON that is not what it should be, with a JSON pointer (RFC 6901) to what it is about.
#[must_use]
pub fn complaint(path: &Path, error: &serde_json::Error) -> Violations {
    let message = sentence(error);
    let mut pointer = pointer(path);
    let (rule, name) = match quoted(&message) {
        Some(("missing field", name)) => (Rule::Required, Some(name)),
        Some(("unknown field", name)) => (Rule::Unknown, Some(name)),
        Some(("duplicate field", name)) => (Rule::Duplicate, Some(name)),
        Some(("unknown variant", _)) => (Rule::Unknown, None),
        _ => (Rule::Format, None),
    };
    // The path leads to the object; the complaint is about one of its members.
    if let Some(name) = name.map(escaped)
        && !pointer.ends_with(&format!("/{name}"))
    {
        pointer = format!("{pointer}/{name}");
    }
    Violations::one(pointer, rule, message)
}

/// What serde says, without the place in the text, which the pointer gives; not longer than one reads.
fn sentence(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = text.rsplit_once(" at line ").map_or(text.as_str(), |(sentence, _)| sentence);
    without_type_names(text).chars().take(300).collect()
}

/// `expected struct GroupDraft with 8 elements` is about our code; the caller sends an object.
fn without_type_names(text: &str) -> String {
    match text.split_once("expected struct ") {
        Some((before, _)) => format!("{before}expected an object"),
        None => text.to_owned(),
    }
}

/// The first words and the first name in backquotes: ``missing field `name` ``.
fn quoted(message: &str) -> Option<(&str, &str)> {
    let (words, rest) = message.split_once(" `")?;
    Some((words, rest.split_once('`')?.0))
}

fn pointer(path: &Path) -> String {
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
            Segment::Map { key } => pointer.push_str(&format!("/{}", escaped(key))),
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    pointer
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

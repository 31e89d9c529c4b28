//! The backend's query: what goes through keeps its bytes and its order, what the gateway adds follows.

use percent_encoding::AsciiSet;

use super::source::{Given, Source};
use crate::parameters::encode::{self, decode_form};
use crate::parameters::form::fields;
use crate::parameters::names::Names;

/// How the query is made.
#[derive(Debug)]
pub(in crate::parameters) struct Query {
    /// Whether names that nobody declared go through.
    pub(in crate::parameters) passes_unknown: bool,
    /// Whether anything of the client's can go through.
    pub(in crate::parameters) passes_some: bool,
    pub(in crate::parameters) outputs: Box<[QueryOutput]>,
    pub(in crate::parameters) set: &'static AsciiSet,
}

/// A value that the gateway adds.
#[derive(Debug)]
pub(in crate::parameters) struct QueryOutput {
    /// Encoded, with `=`.
    pub(in crate::parameters) name: Box<str>,
    pub(in crate::parameters) source: Source,
}

impl Query {
    pub(super) fn write(&self, out: &mut String, raw: Option<&str>, names: &Names, given: &Given<'_>) {
        let mut separator = "?";
        match raw {
            Some(raw) if self.passes_unknown && names.is_empty() => {
                out.push('?');
                out.push_str(raw);
                separator = if raw.is_empty() { "" } else { "&" };
            }
            Some(raw) if self.passes_some => self.write_passing(out, raw, names, &mut separator),
            _ => {}
        }
        for output in &self.outputs {
            for text in output.source.draw(given).texts() {
                separate(out, &mut separator);
                out.push_str(&output.name);
                encode::push(out, text, self.set);
            }
        }
    }

    fn write_passing(&self, out: &mut String, raw: &str, names: &Names, separator: &mut &'static str) {
        for field in fields(raw.as_bytes()) {
            let known = decode_form(field.name).ok().and_then(|name| names.find(&name));
            if known.map_or(self.passes_unknown, |known| known.passes) {
                separate(out, separator);
                out.push_str(&String::from_utf8_lossy(field.raw));
            }
        }
    }
}

/// Writes what stands before a piece: `?` before the first.
fn separate(out: &mut String, separator: &mut &'static str) {
    out.push_str(separator);
    *separator = "&";
}

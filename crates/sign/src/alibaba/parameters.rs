//! Query and form parameters, merged and sorted by decoded name, as the client and backend signatures write
//! them.

use std::borrow::Cow;

use smallvec::SmallVec;

use crate::encode::{Plus, decode, decoded};
use crate::pairs::{self, TooManyParameters};
use crate::sink::Sink as _;

/// How parameters become text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// First value of each name; an empty value leaves the bare name. The documented client form.
    Client,
    /// All values of each name, joined by commas; else as `Client`. What the npm package signs.
    ClientJoined,
    /// First value of each name; an empty value keeps `=`.
    Backend,
}

pub(super) struct Parameters<'a>(SmallVec<[Parameter<'a>; 12]>);

struct Parameter<'a> {
    name: Cow<'a, [u8]>,
    raw_value: &'a [u8],
    origin: Origin,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    Form,
    Query,
}

impl<'a> Parameters<'a> {
    /// Both texts as sent. A name in both takes its value from the form.
    pub(super) fn merge(query: &'a [u8], form: &'a [u8]) -> Result<Self, TooManyParameters> {
        pairs::check_count(query, form)?;
        let parse = |text, origin| pairs::split(text).map(move |pair| Parameter::new(pair, origin));
        let mut all: SmallVec<[Parameter<'_>; 12]> =
            parse(form, Origin::Form).chain(parse(query, Origin::Query)).collect();
        // Stable: of one name, the form's values come first, and each source keeps its order.
        all.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Self(all))
    }

    /// Whether joining values would make a difference.
    pub(super) fn has_repeats(&self) -> bool {
        self.0.windows(2).any(|pair| pair[0].is_repeated_by(&pair[1]))
    }

    /// Writes `?a=1&b`; nothing when there are no parameters.
    pub(super) fn write(&self, style: Style, out: &mut Vec<u8>) {
        let groups = self.0.chunk_by(|a, b| a.name == b.name);
        for (at, group) in groups.enumerate() {
            out.put(if at == 0 { b"?" } else { b"&" });
            out.put(&group[0].name);
            match style {
                Style::ClientJoined => write_joined(group, out),
                Style::Client if group[0].raw_value.is_empty() => {}
                Style::Client | Style::Backend => {
                    out.put(b"=");
                    decode(group[0].raw_value, Plus::Space, out);
                }
            }
        }
    }
}

fn write_joined(group: &[Parameter<'_>], out: &mut Vec<u8>) {
    let values = || group.iter().take_while(|parameter| parameter.origin == group[0].origin);
    if values().count() == 1 && group[0].raw_value.is_empty() {
        return;
    }
    for (at, parameter) in values().enumerate() {
        out.put(if at == 0 { b"=" } else { b"," });
        decode(parameter.raw_value, Plus::Space, out);
    }
}

impl<'a> Parameter<'a> {
    fn new((name, raw_value): (&'a [u8], &'a [u8]), origin: Origin) -> Self {
        Self { name: decoded(name, Plus::Space), raw_value, origin }
    }

    fn is_repeated_by(&self, next: &Self) -> bool {
        self.origin == next.origin && self.name == next.name
    }
}

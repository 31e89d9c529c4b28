//! Query parameters and pages. Spec: huawei/management-api.md.

use paifang_control::{Paging, Start};
use percent_encoding::percent_decode_str;

use crate::fault::{Complaints, Fault, codes};

/// Query parameters that one request may carry.
const AT_MOST: usize = 100;

/// The parameters of a query, decoded, in the order given.
pub(crate) struct Query(Vec<(String, String)>);

/// Reads a query, encoded as on the wire.
pub(crate) fn query(text: &str) -> Result<Query, Fault> {
    let pairs: Vec<(String, String)> = text
        .split('&')
        .filter(|piece| !piece.is_empty())
        .take(AT_MOST + 1)
        .map(|piece| {
            let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
            (decoded(name), decoded(value))
        })
        .collect();
    if pairs.len() > AT_MOST {
        return Err(codes::PARAMETER_ERROR.with(format!("a query has at most {AT_MOST} parameters")));
    }
    Ok(Query(pairs))
}

fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

impl Query {
    /// A parameter's first value, if it is there and not empty.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// All values of a parameter that may be there several times, each of which may be a comma-separated list.
    pub(crate) fn values(&self, name: &str) -> Vec<&str> {
        let given = self.0.iter().filter(|(known, _)| known == name);
        given.flat_map(|(_, value)| value.split(',')).filter(|value| !value.is_empty()).collect()
    }

    /// A parameter that must be there.
    pub(crate) fn required(&self, name: &str) -> Result<&str, Fault> {
        let mut complaints = Complaints::default();
        if self.value(name).is_none() {
            complaints.add(codes::MISSING, name, "it is missing");
        }
        complaints.or(self.value(name).unwrap_or_default())
    }

    /// Whether a text is what a parameter asks for, if it is there: the whole of it, or a part where it is not to be precise.
    pub(crate) fn finds(&self, name: &str, text: &str) -> bool {
        let is_precise = || self.is_precise(name);
        self.value(name).is_none_or(|part| if is_precise() { text == part } else { text.contains(part) })
    }

    /// Whether a parameter is to be compared exactly rather than to be contained.
    pub(crate) fn is_precise(&self, name: &str) -> bool {
        self.values("precise_search").contains(&name)
    }
}

/// A page of a list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Page {
    /// Rows before it.
    pub(crate) offset: u64,
    /// Rows on it, at most: 1 to 500.
    pub(crate) limit: u32,
}

impl Page {
    /// The page wanted: from the start and of 20 rows, unless said otherwise.
    pub(crate) fn read(query: &Query) -> Result<Self, Fault> {
        let mut complaints = Complaints::default();
        let mut number = |name: &str, otherwise: u64, least: u64, most: u64| {
            let Some(text) = query.value(name) else { return otherwise };
            match text.parse() {
                Ok(number) if (least..=most).contains(&number) => number,
                _ => {
                    let shown = paifang_model::name::shown(text);
                    let message = format!("`{shown}` is not a number from {least} to {most}");
                    complaints.add(codes::INVALID_VALUE, name, message);
                    otherwise
                }
            }
        };
        let (offset, limit) = (number("offset", 0, 0, i64::MAX as u64), number("limit", 20, 1, 500));
        complaints.or(Self { offset, limit: u32::try_from(limit).unwrap_or(20) })
    }

    /// The page as control gives it.
    pub(crate) fn paging(self) -> Paging {
        Paging { start: Start::Offset(self.offset), limit: self.limit, ..Paging::default() }.counted()
    }
}

//! What a request says: query and form merged, by name (spec: aliyun/management-api.md §2).

mod document;
mod list;
mod tags;

pub(crate) use document::{Fields, document};
pub(crate) use list::Item;
pub(crate) use tags::Tags;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use paifang_model::Id;

use crate::fault::Fault;

/// The parameters of a request. One that is empty counts as absent, unless asked for with [`Params::given`].
#[derive(Clone, Default)]
pub(crate) struct Params(BTreeMap<String, String>);

impl fmt::Debug for Params {
    // Some hold secrets of apps.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Params {
    /// Of a name that is there twice, the first value counts.
    pub(crate) fn read(query: &[u8], form: &[u8]) -> Self {
        let mut params = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(query).chain(form_urlencoded::parse(form)) {
            params.entry(name.into_owned()).or_insert_with(|| value.into_owned());
        }
        Self(params)
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.given(name).filter(|value| !value.is_empty())
    }

    /// A parameter that may be empty on purpose.
    pub(crate) fn given(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub(crate) fn required(&self, name: &'static str) -> Result<&str, Fault> {
        self.text(name).ok_or_else(|| Fault::missing(name))
    }

    /// Clients write `true` and `True`.
    pub(crate) fn flag(&self, name: &'static str) -> Result<Option<bool>, Fault> {
        match self.text(name) {
            None => Ok(None),
            Some(value) if value.eq_ignore_ascii_case("true") => Ok(Some(true)),
            Some(value) if value.eq_ignore_ascii_case("false") => Ok(Some(false)),
            Some(value) => Err(Fault::invalid(name, value, "`true` or `false` is allowed")),
        }
    }

    pub(crate) fn number<N: FromStr>(&self, name: &'static str) -> Result<Option<N>, Fault> {
        let read = |value: &str| {
            let number = value.parse::<N>();
            number.map_err(|_| Fault::invalid(name, value, "it is not a whole number in range"))
        };
        self.text(name).map(read).transpose()
    }

    pub(crate) fn required_number<N: FromStr>(&self, name: &'static str) -> Result<N, Fault> {
        self.number(name)?.ok_or_else(|| Fault::missing(name))
    }

    /// An id. Whatever is none names nothing that is there.
    pub(crate) fn id(&self, name: &'static str, noun: &'static str) -> Result<Option<Id>, Fault> {
        self.text(name).map(|value| value.parse().map_err(|_| Fault::not_found(noun))).transpose()
    }

    pub(crate) fn required_id(&self, name: &'static str, noun: &'static str) -> Result<Id, Fault> {
        self.id(name, noun)?.ok_or_else(|| Fault::missing(name))
    }

    /// The pieces of a comma-separated list, at most 100.
    pub(crate) fn pieces(&self, name: &'static str) -> Result<Vec<&str>, Fault> {
        let pieces: Vec<&str> =
            self.required(name)?.split(',').map(str::trim).filter(|piece| !piece.is_empty()).collect();
        match pieces.len() {
            0 => Err(Fault::missing(name)),
            1..=100 => Ok(pieces),
            many => Err(Fault::invalid(name, &many.to_string(), "at most 100 are allowed at once")),
        }
    }

    /// Refuses a parameter that could only be ignored.
    pub(crate) fn refuse(&self, name: &'static str, reason: &str) -> Result<(), Fault> {
        match self.text(name) {
            Some(value) => Err(Fault::unsupported(name, value, reason)),
            None => Ok(()),
        }
    }

    /// Refuses a switch that this gateway does not have.
    pub(crate) fn refuse_true(&self, name: &'static str, reason: &str) -> Result<(), Fault> {
        match self.flag(name)? {
            Some(true) => Err(Fault::unsupported(name, "true", reason)),
            _ => Ok(()),
        }
    }
}

//! What policies see of a call: the values that their variables name.

use std::borrow::Cow;

use paifang_model::policy::alibaba::condition::Values;
use paifang_model::policy::alibaba::{Place, Variables};

/// A call whose values can be seen.
pub(crate) trait Seen {
    /// The value at a place; none: it is absent.
    fn see(&self, place: &Place) -> Option<Cow<'_, str>>;
}

/// The values that variables name.
#[derive(Clone, Copy)]
pub(crate) struct Named<'c> {
    pub(crate) variables: &'c Variables,
    pub(crate) seen: &'c dyn Seen,
}

impl Values for Named<'_> {
    fn value(&self, variable: usize) -> Option<Cow<'_, str>> {
        self.seen.see(&self.variables.as_slice().get(variable)?.place)
    }

    fn random(&self) -> f64 {
        fastrand::f64()
    }
}

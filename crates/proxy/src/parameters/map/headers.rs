//! The backend's header fields.

use bytes::Bytes;
use paifang_wire::{HeaderName, HeaderValue, Headers, field_value, header};

use super::source::{Given, Source};
use crate::parameters::error::{ParameterError, quoted};
use crate::parameters::outgoing::{Base, HeaderEdits};

static AUTHORIZATION: HeaderName = header::AUTHORIZATION;

/// How header fields are made.
#[derive(Debug)]
pub(in crate::parameters) struct HeaderPlan {
    pub(in crate::parameters) passes_unknown: bool,
    /// The client's that go through where unknown ones do not; the client's that do not where unknown ones do.
    pub(in crate::parameters) names: Box<[HeaderName]>,
    pub(in crate::parameters) outputs: Box<[HeaderOutput]>,
    pub(in crate::parameters) user_agent: Option<&'static str>,
    /// The scheme of an `Authorization` that the gateway consumes.
    pub(in crate::parameters) consumed_scheme: Option<&'static str>,
}

/// A field that the gateway adds.
#[derive(Debug, Clone)]
pub(in crate::parameters) enum HeaderOutput {
    /// With a fixed value.
    Fixed(HeaderName, HeaderValue),
    /// With the values of a source.
    Drawn(HeaderName, Source),
}

impl HeaderPlan {
    pub(super) fn map<'p>(&'p self, given: &Given<'_>) -> Result<HeaderEdits<'p>, ParameterError> {
        let mut set = Vec::new();
        for output in &self.outputs {
            match output {
                HeaderOutput::Fixed(name, value) => set.push((name.clone(), value.clone())),
                HeaderOutput::Drawn(name, source) => {
                    for text in source.draw(given).texts() {
                        if let Some(value) = header_value(source, text, given)? {
                            set.push((name.clone(), value));
                        }
                    }
                }
            }
        }
        let base = if self.passes_unknown { Base::Without(&self.names) } else { Base::Only(&self.names) };
        let removed =
            self.consumes(&given.input.head.headers).then_some(&AUTHORIZATION).into_iter().collect();
        Ok(HeaderEdits { base, removed, set, describing: 0, user_agent: self.user_agent })
    }

    /// Whether `Authorization` is the gateway's own, and not one for the backend.
    fn consumes(&self, client: &Headers) -> bool {
        let Some((scheme, value)) = self.consumed_scheme.zip(client.get(&AUTHORIZATION)) else {
            return false;
        };
        let parts = value.as_bytes().split_at_checked(scheme.len());
        parts.is_some_and(|(word, rest)| {
            word.eq_ignore_ascii_case(scheme.as_bytes()) && rest.starts_with(b" ")
        })
    }
}

/// Values are sent as they are. One that no header can carry is the caller's mistake; a fact that cannot be sent is left out.
fn header_value(
    source: &Source,
    text: &str,
    given: &Given<'_>,
) -> Result<Option<HeaderValue>, ParameterError> {
    match (field_value(Bytes::copy_from_slice(text.as_bytes())), source.declared(given)) {
        (Some(value), _) => Ok(Some(value)),
        (None, None) => Ok(None),
        (None, Some(declared)) => {
            let reason =
                format!("`{}` holds a control character, which no header can carry", quoted(text.as_bytes()));
            Err(ParameterError::invalid(&declared.name, reason))
        }
    }
}

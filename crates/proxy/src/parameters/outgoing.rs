//! What the backend receives.

use bytes::Bytes;
use paifang_wire::{HeaderName, HeaderValue, Headers, Method, Target, header};
use smallvec::SmallVec;

/// What the backend receives, but for what belongs to the connection: framing, `Host` and what the gateway says about itself.
#[derive(Debug)]
pub struct Outgoing<'p> {
    /// The method.
    pub method: Method,
    /// Path and query, encoded.
    pub target: Target,
    /// The header fields, as a change to the client's.
    pub headers: HeaderEdits<'p>,
    /// The body.
    pub body: BodyPlan,
}

/// The body that the backend receives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum BodyPlan {
    /// The client's, as it streams.
    Keep,
    /// This one.
    Replace(Bytes),
    /// None.
    #[default]
    Empty,
}

/// How the client's header fields become the backend's; may be applied again for a further attempt.
#[derive(Debug)]
pub struct HeaderEdits<'p> {
    pub(super) base: Base<'p>,
    pub(super) removed: SmallVec<[&'static HeaderName; 6]>,
    pub(super) set: Vec<(HeaderName, HeaderValue)>,
    /// How many at the end of `set` describe the body: the gateway's business, and no parameters of the API's.
    pub(super) describing: usize,
    /// The `User-Agent` when there is no other.
    pub(super) user_agent: Option<&'static str>,
}

/// What header fields are made from.
#[derive(Debug)]
pub(super) enum Base<'p> {
    /// From these of the client's.
    Only(&'p [HeaderName]),
    /// From the client's without these.
    Without(&'p [HeaderName]),
}

impl HeaderEdits<'_> {
    /// Sets a name that describes the body to one value, whatever else was to be set; each name once.
    pub(super) fn set_only(&mut self, name: HeaderName, value: HeaderValue) {
        self.set.retain(|(there, _)| *there != name);
        self.set.push((name, value));
        self.describing += 1;
    }

    /// The names that are set by the API's parameters, each once.
    pub(crate) fn names_set(&self) -> Vec<HeaderName> {
        let mut names: Vec<HeaderName> = Vec::with_capacity(self.set.len());
        for (name, _) in &self.set[..self.set.len().saturating_sub(self.describing)] {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        names
    }

    /// Whether a name is set by the API, whatever the client sent.
    #[must_use]
    pub fn sets(&self, name: &HeaderName) -> bool {
        self.set.iter().any(|(there, _)| there == name)
    }

    /// The header fields that the backend receives.
    #[must_use]
    pub fn apply(&self, client: &Headers) -> Headers {
        let replaced = self.set.iter().map(|(name, _)| name);
        let mut headers = self.base.apply(client, self.removed.iter().copied().chain(replaced));
        for (name, value) in &self.set {
            headers.append(name.clone(), value.clone());
        }
        if let Some(agent) = self.user_agent
            && !headers.contains(header::USER_AGENT)
        {
            headers.insert(header::USER_AGENT, HeaderValue::from_static(agent));
        }
        headers
    }
}

impl Base<'_> {
    /// Its fields but the `dropped`.
    fn apply<'n>(
        &'n self,
        client: &Headers,
        dropped: impl Iterator<Item = &'n HeaderName> + Clone,
    ) -> Headers {
        match self {
            Self::Without(names) => client.without(&names.iter().chain(dropped)),
            Self::Only(names) => {
                let mut headers = Headers::with_capacity(names.len());
                for name in names.iter().filter(|name| dropped.clone().all(|dropped| dropped != *name)) {
                    client.get_all(name).for_each(|value| headers.append(name.clone(), value.clone()));
                }
                headers
            }
        }
    }
}

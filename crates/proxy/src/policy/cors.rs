//! Which pages of other origins may call an API: the headers that a plug-in's answers have, made when a table is built
//! (spec: aliyun/plugins.md §3.6; the Fetch standard, "CORS protocol").

use std::sync::Arc;

use http::HeaderValue;
use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, HeaderName, VARY,
};
use paifang_model::policy::Settings;
use paifang_model::policy::alibaba::{Cors, Origins};
use paifang_wire::Headers;

use super::LivePolicy;

/// What answers say to pages.
const EVERY_ANSWER: [HeaderName; 3] =
    [ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_EXPOSE_HEADERS];

/// What answers to preflights say beside that.
const PREFLIGHTS: [HeaderName; 3] =
    [ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_MAX_AGE];

/// What pages of other origins may do with an API.
#[derive(Debug)]
pub(crate) struct Pages {
    /// The policy that says it.
    pub(crate) policy: Arc<str>,
    origins: Origins,
    /// What every answer has.
    always: Box<[(HeaderName, HeaderValue)]>,
    /// What the answer to a preflight has beside that.
    preflight: Box<[(HeaderName, HeaderValue)]>,
    credentials: bool,
}

impl Pages {
    /// What the policies of an API say; none: nothing.
    pub(crate) fn of(policies: &[Arc<LivePolicy>]) -> Option<Self> {
        policies.iter().find_map(|policy| match &*policy.settings {
            Settings::Cors(cors) => Some(Self::new(Arc::clone(&policy.told), cors)),
            _ => None,
        })
    }

    fn new(policy: Arc<str>, cors: &Cors) -> Self {
        let text = |name: HeaderName, text: &Option<String>| {
            Some((name, HeaderValue::try_from(text.as_deref()?).ok()?))
        };
        let credentials =
            cors.credentials.then(|| (ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true")));
        let exposed = text(ACCESS_CONTROL_EXPOSE_HEADERS, &cors.exposed);
        let preflight = [
            text(ACCESS_CONTROL_ALLOW_METHODS, &cors.methods),
            text(ACCESS_CONTROL_ALLOW_HEADERS, &cors.headers),
            cors.max_age_s.map(|seconds| (ACCESS_CONTROL_MAX_AGE, seconds.into())),
        ];
        Self {
            policy,
            origins: cors.origins.clone(),
            always: exposed.into_iter().chain(credentials).collect(),
            preflight: preflight.into_iter().flatten().collect(),
            credentials: cors.credentials,
        }
    }

    /// Whether a page of this origin may call.
    pub(crate) fn admits(&self, origin: &str) -> bool {
        self.origins.contain(origin)
    }

    /// The same of an origin as a header has it.
    pub(crate) fn admits_value(&self, origin: &HeaderValue) -> bool {
        origin.to_str().is_ok_and(|text| self.admits(text))
    }

    /// Says to a page that may call that it may read an answer, and nothing to any other: in place of what the backend said.
    pub(crate) fn tell(&self, headers: &mut Headers, origin: Option<&HeaderValue>) {
        withhold(headers, &EVERY_ANSWER);
        if !self.tells_all_alike() {
            vary_by_origin(headers);
        }
        let Some(allowed) = self.allowed(origin) else { return withhold(headers, &PREFLIGHTS) };
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, allowed);
        for (name, value) in &self.always {
            headers.insert(name.clone(), value.clone());
        }
    }

    /// Whose pages may read an answer; none: not whoever asks.
    fn allowed(&self, origin: Option<&HeaderValue>) -> Option<HeaderValue> {
        if self.tells_all_alike() {
            return Some(HeaderValue::from_static("*"));
        }
        origin.filter(|origin| self.admits_value(origin)).cloned()
    }

    /// Whether answers do not depend on who asks. A browser that sends credentials takes no `*`.
    fn tells_all_alike(&self) -> bool {
        self.origins == Origins::Any && !self.credentials
    }

    /// Says to a page what it may do; `headers` have what every API allows.
    pub(crate) fn add_preflight(&self, headers: &mut Headers, origin: &HeaderValue) {
        self.tell(headers, Some(origin));
        for (name, value) in &self.preflight {
            headers.insert(name.clone(), value.clone());
        }
    }
}

fn withhold(headers: &mut Headers, names: &[HeaderName]) {
    for name in names {
        headers.remove(name);
    }
}

/// The answer to one page, or to none, must not be shown to another from a cache (the Fetch standard, "CORS protocol and
/// HTTP caches").
fn vary_by_origin(headers: &mut Headers) {
    if !varies_by_origin(headers) {
        headers.append(VARY, HeaderValue::from_static("Origin"));
    }
}

fn varies_by_origin(headers: &Headers) -> bool {
    let mut names = headers.get_all(VARY).flat_map(|value| value.as_bytes().split(|byte| *byte == b','));
    names.any(|name| name.trim_ascii().eq_ignore_ascii_case(b"origin") || name.trim_ascii() == b"*")
}

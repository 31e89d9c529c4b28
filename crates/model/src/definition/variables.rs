//! Which fields of a definition may hold variables, and the definition with values in their places.

use std::borrow::Cow;

use super::{Backend, Definition, Destination, HttpBackend, ServiceBackend};
use crate::address::check_url;
use crate::path::PathPattern;
use crate::template::{Template, has_places};
use crate::violation::{Rule, Violations};

const URL: &str = "/backend/to/url";
const PATH: &str = "/backend/path";

/// A place in which a definition names a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VariablePlace<'d> {
    /// The variable.
    pub name: &'d str,
    /// Where: a JSON pointer into the definition.
    pub pointer: &'static str,
}

impl Definition {
    /// Every place of a variable: THE list of fields that may hold some. A text that cannot be read has none.
    #[must_use]
    pub fn variables(&self) -> Vec<VariablePlace<'_>> {
        let (url, path) = match &self.backend {
            Backend::Http(HttpBackend { to: Destination::Address { url }, path, .. }) => (url.as_str(), path),
            Backend::Http(HttpBackend { path, .. }) | Backend::Service(ServiceBackend { path, .. }) => {
                ("", path)
            }
            Backend::Mock(_) => return Vec::new(),
        };
        let mut places = Vec::new();
        for (pointer, text) in [(URL, url), (PATH, path)] {
            if let Ok(template) = Template::parse(text) {
                places.extend(template.variables().map(|name| VariablePlace { name, pointer }));
            }
        }
        places
    }

    /// The definition with values in the places of variables, as it serves in a stage; one without variables as it is.
    ///
    /// # Errors
    /// Each place whose variable has no value ([`Rule::Required`]), and what values make of an address or a path that
    /// cannot be one. The first kind of sentence shows no value.
    pub fn resolve<'v>(&self, value: impl Fn(&str) -> Option<&'v str>) -> Result<Cow<'_, Self>, Violations> {
        let places = self.variables();
        if places.is_empty() {
            return Ok(Cow::Borrowed(self));
        }
        let mut violations = Violations::new();
        for VariablePlace { name, pointer } in places {
            if value(name).is_none() {
                violations.add(
                    pointer,
                    Rule::Required,
                    format!("the variable `{name}` has no value in the stage"),
                );
            }
        }
        let mut violations = violations.or(Violations::new())?;
        let resolved = self.filled(|text| Template::parse(text).ok().map(|template| template.fill(&value)));
        if let Backend::Http(HttpBackend { to, path, .. }) = &resolved.backend {
            if let Destination::Address { url } = to {
                violations.at(URL, check_url(url));
            }
            violations.at(PATH, path.parse::<PathPattern>());
        }
        violations.or(Cow::Owned(resolved))
    }

    /// The definition with something well formed in the places of variables and of a backend service, for judging what
    /// does not depend on what they stand for; one without either as it is.
    #[must_use]
    pub fn with_stand_ins(&self) -> Cow<'_, Self> {
        if let Backend::Service(backend) = &self.backend {
            let definition = Self { backend: Backend::Http(backend.at_stand_in()), ..self.clone() };
            return Cow::Owned(definition.with_stand_ins().into_owned());
        }
        if self.variables().is_empty() {
            return Cow::Borrowed(self);
        }
        let mut definition = self.filled(stand_in_path);
        if let Backend::Http(HttpBackend { to: Destination::Address { url }, .. }) = &mut definition.backend
            && let Backend::Http(HttpBackend { to: Destination::Address { url: given }, .. }) = &self.backend
            && has_places(given)
        {
            let scheme = if given.starts_with("https:") { "https" } else { "http" };
            *url = format!("{scheme}://variable");
        }
        Cow::Owned(definition)
    }

    /// A copy with each text that has places written anew; one for which there is nothing stays.
    fn filled(&self, fill: impl Fn(&str) -> Option<String>) -> Self {
        let mut definition = self.clone();
        let Backend::Http(HttpBackend { to, path, .. }) = &mut definition.backend else { return definition };
        let url = match to {
            Destination::Address { url } => Some(url),
            Destination::Access { .. } | Destination::Channel { .. } => None,
        };
        for text in url.into_iter().chain([path]).filter(|text| has_places(text)) {
            if let Some(filled) = fill(text) {
                *text = filled;
            }
        }
        definition
    }
}

/// A path with a segment in each place: values may hold slashes, so that whatever can be judged of the rest is judged
/// as if they did.
pub(super) fn stand_in_path(path: &str) -> Option<String> {
    let filled = Template::parse(path).ok()?.fill(|_| Some("/-/"));
    Some(filled)
}

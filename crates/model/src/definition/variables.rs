//! Which fields of a definition may hold variables, and the definition with values in their places.

use std::borrow::Cow;

use super::{Backend, Definition, Destination, HttpBackend, ServiceBackend};
use crate::address::check_url;
use crate::backend_access::ACCESS_NAME;
use crate::path::PathPattern;
use crate::template::{Template, has_places};
use crate::violation::{Rule, Violations};

/// A place in which a definition names a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariablePlace<'d> {
    /// The variable.
    pub name: &'d str,
    /// Where: a JSON pointer into the definition.
    pub pointer: String,
}

impl Definition {
    /// Every place of a variable: THE list of fields that may hold some. A text that cannot be read has none.
    #[must_use]
    pub fn variables(&self) -> Vec<VariablePlace<'_>> {
        let mut places = Vec::new();
        for (at, backend) in self.backends() {
            for (member, text) in texts(backend) {
                let Ok(template) = Template::parse(text) else { continue };
                let pointer = format!("{at}/{member}");
                let place = |name| VariablePlace { name, pointer: pointer.clone() };
                places.extend(template.variables().map(place));
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
        for (at, backend) in resolved.backends() {
            let Backend::Http(HttpBackend { to, path, .. }) = backend else { continue };
            match to {
                Destination::Address { url } => drop(violations.at(&format!("{at}/to/url"), check_url(url))),
                Destination::NamedAccess { name, .. } => {
                    violations.at(&format!("{at}/to/name"), ACCESS_NAME.check(name));
                }
                Destination::Access { .. } | Destination::Channel { .. } => {}
            }
            violations.at(&format!("{at}/path"), path.parse::<PathPattern>());
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
        for ((_, given), filled) in self.backends().zip(definition.backends_mut()) {
            if let (Backend::Http(given), Backend::Http(filled)) = (given, filled) {
                stand_in(&given.to, &mut filled.to);
            }
        }
        Cow::Owned(definition)
    }

    /// A copy with each text that has places written anew; one for which there is nothing stays.
    fn filled(&self, fill: impl Fn(&str) -> Option<String>) -> Self {
        let mut definition = self.clone();
        for backend in definition.backends_mut() {
            let Backend::Http(HttpBackend { to, path, .. }) = backend else { continue };
            let to = match to {
                Destination::Address { url: text } | Destination::NamedAccess { name: text, .. } => {
                    Some(text)
                }
                Destination::Access { .. } | Destination::Channel { .. } => None,
            };
            for text in to.into_iter().chain([path]).filter(|text| has_places(text)) {
                if let Some(filled) = fill(text) {
                    *text = filled;
                }
            }
        }
        definition
    }
}

/// The texts of a backend that may hold variables, each with the member that it is.
fn texts(backend: &Backend) -> impl Iterator<Item = (&'static str, &str)> {
    let (to, path) = match backend {
        Backend::Http(HttpBackend { to, path, .. }) => (Some(to), Some(path)),
        Backend::Service(ServiceBackend { path, .. }) => (None, Some(path)),
        Backend::Mock(_) => (None, None),
    };
    let to = to.and_then(|to| match to {
        Destination::Address { url } => Some(("to/url", url.as_str())),
        Destination::NamedAccess { name, .. } => Some(("to/name", name.as_str())),
        Destination::Access { .. } | Destination::Channel { .. } => None,
    });
    to.into_iter().chain(path.map(|path| ("path", path.as_str())))
}

/// Puts something well formed where a destination has places.
fn stand_in(given: &Destination, filled: &mut Destination) {
    match (given, filled) {
        (Destination::Address { url: given }, Destination::Address { url }) if has_places(given) => {
            let scheme = if given.starts_with("https:") { "https" } else { "http" };
            *url = format!("{scheme}://variable");
        }
        (Destination::NamedAccess { name: given, .. }, Destination::NamedAccess { name, .. })
            if has_places(given) =>
        {
            "variable".clone_into(name);
        }
        _ => {}
    }
}

/// A path with a segment in each place: values may hold slashes, so that whatever can be judged of the rest is judged
/// as if they did.
pub(super) fn stand_in_path(path: &str) -> Option<String> {
    let filled = Template::parse(path).ok()?.fill(|_| Some("/-/"));
    Some(filled)
}

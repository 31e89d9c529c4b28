//! What makes a definition valid in a dialect. Everything is looked at; all complaints come at once.

mod backend;
mod parameters;
mod policies;
mod request;
mod variables;

use std::collections::HashSet;

use super::variables::stand_in_path;
use super::{Authentication, Backend, Definition, SignatureMethod};
use crate::dialect::Dialect;
use crate::name::check_length;
use crate::path::PathPattern;
use crate::violation::{Complaint, Rule, Violations};

impl Definition {
    /// Checks the definition by the rules of a dialect. What needs other documents (a channel that must
    /// exist, say) is not looked at here.
    ///
    /// # Errors
    /// All complaints, with pointers into the definition.
    pub fn check(&self, dialect: Dialect) -> Result<(), Violations> {
        let rules = dialect.rules();
        let mut violations = Violations::new();
        violations.at("/name", rules.names.api.check(&self.name));
        violations.at("/description", check_length(&self.description, 0, rules.texts.api_description));
        let response = &self.response;
        violations.at("/response/sample", check_sample(&response.sample, rules.texts.sample));
        violations.at(
            "/response/failure_sample",
            check_sample(&response.failure_sample, rules.texts.failure_sample),
        );
        request::check(self, rules, &mut violations);
        check_auth(&self.auth, &mut violations);
        parameters::check(self, dialect, &mut violations);
        backend::check(self, dialect, &mut violations);
        policies::check(self, dialect, &mut violations);
        check_tags(&self.tags, rules.tags_at_most, &mut violations);
        violations.or(())
    }

    /// The same definition in the form in which its dialect stores it: path parameters in its brackets, at both ends.
    #[must_use]
    pub fn in_dialect(mut self, dialect: Dialect) -> Self {
        let brackets = dialect.rules().path_brackets;
        self.request.path = self.request.path.in_brackets(brackets);
        for backend in self.backends_mut() {
            let path = match backend {
                Backend::Http(backend) => Some(&mut backend.path),
                Backend::Service(backend) => Some(&mut backend.path),
                Backend::Mock(_) => None,
            };
            if let Some(path) = path.filter(|path| is_path(path)) {
                *path = in_brackets(path, brackets);
            }
        }
        self
    }
}

/// Whether a backend's path is one, whatever its variables stand for.
fn is_path(path: &str) -> bool {
    stand_in_path(path).is_some_and(|path| path.parse::<PathPattern>().is_ok())
}

/// A backend's path with its parameters in these brackets, segment by segment: one that has a variable is none.
fn in_brackets(path: &str, brackets: (char, char)) -> String {
    let segment = |piece: &str| match format!("/{piece}").parse::<PathPattern>() {
        Ok(pattern) => pattern.in_brackets(brackets).as_str()[1..].to_owned(),
        Err(_) => piece.to_owned(),
    };
    path.split('/').map(segment).collect::<Vec<_>>().join("/")
}

fn check_sample(sample: &str, at_most: usize) -> Result<(), Complaint> {
    if sample.len() <= at_most {
        return Ok(());
    }
    Err(Complaint::range(format!("{} bytes are too many: {at_most} are allowed", sample.len())))
}

fn check_auth(auth: &Authentication, violations: &mut Violations) {
    let Authentication::App { signature_methods, .. } = auth else { return };
    if !signature_methods.contains(&SignatureMethod::HmacSha256) {
        violations.add(
            "/auth/signature_methods",
            Rule::Required,
            "`hmac_sha256` is always accepted: name it",
        );
    }
}

fn check_tags(tags: &[String], at_most: usize, violations: &mut Violations) {
    if tags.len() > at_most {
        violations.add(
            "/tags",
            Rule::Range,
            format!("{} tags are too many: {at_most} are allowed", tags.len()),
        );
    }
    let mut seen = HashSet::new();
    for (index, tag) in tags.iter().enumerate() {
        let pointer = format!("/tags/{index}");
        violations.at(&pointer, check_length(tag, 1, 128));
        if !seen.insert(tag) {
            violations.add(
                pointer,
                Rule::Duplicate,
                format!("the tag `{}` is there twice", crate::name::shown(tag)),
            );
        }
    }
}

//! What makes a definition valid in a dialect. Everything is looked at; all complaints come at once.

mod backend;
mod parameters;

use std::collections::HashSet;

use super::{Authentication, Definition, MatchMode, MethodRule, RequestDefinition, SignatureMethod};
use crate::dialect::Dialect;
use crate::name::check_length;
use crate::path::Segment;
use crate::violation::{Rule, Violations};

const SAMPLE_AT_MOST: usize = 32 * 1024;

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
        violations.at("/response/sample", check_length(&self.response.sample, 0, SAMPLE_AT_MOST));
        violations
            .at("/response/failure_sample", check_length(&self.response.failure_sample, 0, SAMPLE_AT_MOST));
        check_request(&self.request, &mut violations);
        check_auth(&self.auth, &mut violations);
        parameters::check(self, dialect, &mut violations);
        backend::check(self, dialect, &mut violations);
        check_tags(&self.tags, &mut violations);
        violations.or(())
    }

    /// The same definition in the form in which its dialect stores it.
    #[must_use]
    pub fn in_dialect(mut self, dialect: Dialect) -> Self {
        self.request.path = self.request.path.in_brackets(dialect.rules().path_brackets);
        self
    }
}

fn check_request(request: &RequestDefinition, violations: &mut Violations) {
    if request.protocols.is_empty() {
        violations.add("/request/protocols", Rule::Required, "name at least one protocol");
    }
    let open_ended = matches!(request.path.segments().last(), Some(Segment::Rest(_) | Segment::Wildcard));
    if open_ended && request.match_mode == MatchMode::Prefix {
        violations.add(
            "/request/match_mode",
            Rule::Conflict,
            format!("the path `{}` takes the rest already; match it exactly", request.path),
        );
    }
    if request.method == MethodRule::Multipart && request.body_format == Some(super::BodyFormat::Stream) {
        violations.add(
            "/request/body_format",
            Rule::Conflict,
            "a multipart body is read as a form, not as a stream",
        );
    }
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

fn check_tags(tags: &[String], violations: &mut Violations) {
    if tags.len() > 20 {
        violations.add("/tags", Rule::Range, format!("{} tags are too many: 20 are allowed", tags.len()));
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

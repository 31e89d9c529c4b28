//! Patterns of wildcard domains give a part of the host that is called a name, by which plug-ins see it (spec:
//! aliyun/management-api.md, `SetWildcardDomainPatterns`; aliyun/plugins.md §2, `Host:{Name}`). The spec shows a placeholder
//! that is a whole label; text before and after it, and what becomes of hosts that fit no pattern, is this gateway's reading.

use super::check_label;
use crate::name::{Characters, NameRule, shown};
use crate::violation::{Complaint, Rule, Violations};

/// The most patterns of a domain.
pub const PATTERNS_AT_MOST: usize = 16;

/// What a placeholder may be called: the same as a plug-in's variable.
const PLACEHOLDER: NameRule =
    NameRule { min: 1, max: 50, first: Characters::LETTERS.or("_"), rest: Characters::ALPHANUMERIC.or("_") };

/// A pattern, read: `api-{svc}.example.com` for the domain `*.example.com`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostPattern {
    before: Box<str>,
    name: Box<str>,
    after: Box<str>,
}

impl HostPattern {
    /// Reads a pattern of a wildcard domain, which is in the form in which it is bound. Only names of placeholders have a case.
    ///
    /// # Errors
    /// A sentence, when it is not the domain with one placeholder in its first label, or nobody could call a host like it.
    pub fn parse(host: &str, text: &str) -> Result<Self, Complaint> {
        let wrong = |why: &str| {
            Complaint::format(format!("`{}` is not a pattern of `{}`: {why}", shown(text), shown(host)))
        };
        let (label, parent) = text.split_at(text.find('.').unwrap_or(text.len()));
        if !host.strip_prefix('*').is_some_and(|of_domain| parent.eq_ignore_ascii_case(of_domain)) {
            return Err(wrong("after its first label it goes on as the domain does"));
        }
        let pieces = label.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)));
        let Some((before, (name, after))) = pieces else {
            return Err(wrong("its first label holds a placeholder, as `{svc}`"));
        };
        if [before, after].iter().any(|text| text.contains(['{', '}'])) {
            return Err(wrong("its first label holds one placeholder, not several"));
        }
        PLACEHOLDER.check(name).map_err(|complaint| wrong(&complaint.message))?;
        // A placeholder stands for one character at least.
        check_label(&format!("{before}x{after}")).map_err(wrong)?;
        let [before, after] = [before, after].map(|text| text.to_ascii_lowercase().into());
        Ok(Self { before, name: name.into(), after })
    }

    /// What the placeholder is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the placeholder stands for in the first label of a host, in lower case; none: the label does not fit.
    #[must_use]
    pub fn part<'l>(&self, label: &'l str) -> Option<&'l str> {
        let part = label.strip_prefix(&*self.before)?.strip_suffix(&*self.after)?;
        (!part.is_empty()).then_some(part)
    }
}

/// Brings the patterns of a domain into the form in which they are kept: names of placeholders as they are, the rest in lower
/// case.
///
/// # Errors
/// All complaints, with pointers into the list: the domain is no wildcard, there are more than [`PATTERNS_AT_MOST`], one is
/// not a pattern of the domain or is there twice.
pub fn parse_patterns(host: &str, given: &[String]) -> Result<Vec<String>, Violations> {
    let Some(parent) = host.strip_prefix('*') else {
        let message = format!("`{}` is not a wildcard domain, and only these have patterns", shown(host));
        return if given.is_empty() {
            Ok(Vec::new())
        } else {
            Err(Violations::one("", Rule::Conflict, message))
        };
    };
    let mut violations = Violations::new();
    if given.len() > PATTERNS_AT_MOST {
        let message = format!("{} patterns are too many: {PATTERNS_AT_MOST} are allowed", given.len());
        violations.add("", Rule::Range, message);
    }
    let mut all = Vec::new();
    for (index, text) in given.iter().take(PATTERNS_AT_MOST).enumerate() {
        let pointer = format!("/{index}");
        let Some(pattern) = violations.at(&pointer, HostPattern::parse(host, text)) else { continue };
        let HostPattern { before, name, after } = pattern;
        let kept = format!("{before}{{{name}}}{after}{parent}");
        if all.contains(&kept) {
            violations.add(pointer, Rule::Duplicate, format!("`{}` is there twice", shown(text)));
        } else {
            all.push(kept);
        }
    }
    violations.or(all)
}

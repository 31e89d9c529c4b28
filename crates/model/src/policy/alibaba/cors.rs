//! Cross-origin requests: which pages may call an API from a browser, and how (spec: aliyun/plugins.md §3.6).

use serde_json::Value;

use crate::name::shown;
use crate::policy::members::Members;
use crate::violation::{Complaint, Rule, Violations};

/// The longest time that a browser may remember an answer, in seconds: a week. Browsers keep to less.
const MAX_AGE_AT_MOST: u32 = 604_800;

/// The most entries of one list.
const ENTRIES_AT_MOST: usize = 200;

/// Which pages may call an API from a browser, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cors {
    /// Pages that may.
    pub origins: Origins,
    /// Methods that they may use, separated by commas; none: those that every API allows.
    pub methods: Option<String>,
    /// Headers that they may send; none: those that every API allows.
    pub headers: Option<String>,
    /// Headers that they may read beside the few that every page may.
    pub exposed: Option<String>,
    /// How long an answer may be remembered, in seconds.
    pub max_age_s: Option<u32>,
    /// Whether they may send cookies and the like.
    pub credentials: bool,
}

/// Pages, by where they come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origins {
    /// All.
    Any,
    /// Those from one of these.
    Of(Vec<Origin>),
}

/// Where pages come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A scheme, a host and perhaps a port: `https://www.example.com`, in lower case.
    Whole(String),
    /// A host, with any scheme and port; in lower case.
    Host(String),
}

/// What a vendor calls the members of the settings.
pub(in crate::policy) struct Words {
    pub(in crate::policy) origins: &'static str,
    pub(in crate::policy) methods: &'static str,
    pub(in crate::policy) headers: &'static str,
    pub(in crate::policy) exposed: &'static str,
    pub(in crate::policy) max_age: &'static str,
    pub(in crate::policy) credentials: &'static str,
}

const WORDS: Words = Words {
    origins: "allowOrigins",
    methods: "allowMethods",
    headers: "allowHeaders",
    exposed: "exposeHeaders",
    max_age: "maxAge",
    credentials: "allowCredentials",
};

impl Cors {
    /// Reads a plug-in's data.
    ///
    /// # Errors
    /// All complaints.
    pub(in crate::policy) fn read(given: &Value) -> Result<Self, Violations> {
        Self::read_as(Members::of(given)?, &WORDS)
    }

    /// The same in the words of any vendor.
    pub(in crate::policy) fn read_as(mut members: Members<'_>, words: &Words) -> Result<Self, Violations> {
        members.demand(words.origins);
        let origins = origins(&mut members, words.origins);
        let cors = Self {
            origins,
            methods: names(&mut members, words.methods),
            headers: names(&mut members, words.headers),
            exposed: names(&mut members, words.exposed),
            max_age_s: members.number(words.max_age, 0, MAX_AGE_AT_MOST),
            credentials: members.flag(words.credentials).unwrap_or_default(),
        };
        members.finish().or(cors)
    }
}

impl Origins {
    /// Whether a page's origin, as its browser says it, is among them. `null` is no page's.
    #[must_use]
    pub fn contain(&self, origin: &str) -> bool {
        let Self::Of(all) = self else { return true };
        let Some((_, authority)) = origin.split_once("://") else { return false };
        let host = without_port(authority);
        all.iter().any(|one| match one {
            Origin::Whole(whole) => whole.eq_ignore_ascii_case(origin),
            Origin::Host(name) => name.eq_ignore_ascii_case(host),
        })
    }
}

fn without_port(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    }
}

fn origins(members: &mut Members<'_>, member: &'static str) -> Origins {
    let entries = list(members, member, origin);
    if entries.iter().any(Option::is_none) {
        return Origins::Any;
    }
    Origins::Of(entries.into_iter().flatten().collect())
}

/// None: `*`.
fn origin(text: &str) -> Result<Option<Origin>, Complaint> {
    if text == "*" {
        return Ok(None);
    }
    let wrong = || Complaint::format(format!("`{}` is neither `*` nor a host nor an origin", shown(text)));
    let host = |host: &str| {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-._[]:".contains(&byte);
        !host.is_empty() && host.bytes().all(fits)
    };
    let lower = text.to_ascii_lowercase();
    match lower.split_once("://") {
        Some((scheme, authority)) => {
            let scheme_fits = !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric());
            (scheme_fits && host(authority)).then(|| Some(Origin::Whole(lower.clone()))).ok_or_else(wrong)
        }
        None => (host(&lower) && without_port(&lower) == lower)
            .then(|| Some(Origin::Host(lower.clone())))
            .ok_or_else(wrong),
    }
}

/// Names of methods or headers, written as headers list them.
fn names(members: &mut Members<'_>, member: &'static str) -> Option<String> {
    let names = list(members, member, |text| {
        let fits =
            text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
        if fits && !text.is_empty() {
            return Ok(text.to_owned());
        }
        Err(Complaint::format(format!("`{}` is not a name of a method or header", shown(text))))
    });
    (!names.is_empty()).then(|| names.join(","))
}

fn list<T>(
    members: &mut Members<'_>,
    member: &'static str,
    read: impl Fn(&str) -> Result<T, Complaint>,
) -> Vec<T> {
    let text = members.text(member).unwrap_or_default();
    let entries: Vec<&str> = text.split(',').map(str::trim).filter(|entry| !entry.is_empty()).collect();
    if entries.len() > ENTRIES_AT_MOST {
        let message = format!("{} are too many: {ENTRIES_AT_MOST} are allowed", entries.len());
        members.complain(member, Rule::Range, message);
    }
    let mut all = Vec::new();
    for entry in entries.into_iter().take(ENTRIES_AT_MOST) {
        match read(entry) {
            Ok(entry) => all.push(entry),
            Err(complaint) => members.complain(member, complaint.rule, complaint.message),
        }
    }
    all
}

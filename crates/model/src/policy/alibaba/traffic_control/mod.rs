//! Traffic control: how many calls an API takes, all in all and per user and app, or by what calls carry
//! (spec: aliyun/plugins.md §3.1). The two forms may stand in one plug-in.

mod by_caller;
mod by_parameters;

use serde_json::Value;

pub use by_caller::{Algorithm, PerCaller, SPECIALS_AT_MOST, SpecialNumber};
pub use by_parameters::{DefaultLimit, ParameterRule};

use super::{Place, Variables};
use crate::name::shown;
use crate::policy::members::Members;
use crate::policy::period::UNIT_WORDS;
use crate::policy::{Period, TimeUnit};
use crate::violation::{Rule, Violations};

/// The largest number of calls.
pub(super) const MOST: u32 = 100_000_000;

/// How many calls are taken.
#[derive(Debug, Clone, PartialEq)]
pub struct TrafficControl {
    /// What counts together in rules and by default.
    pub scope: Scope,
    /// Limits on the API, its users and its apps.
    pub per_caller: Option<PerCaller>,
    /// What rules name.
    pub variables: Variables,
    /// Limits on calls that carry the same.
    pub rules: Vec<ParameterRule>,
    /// The limit on calls that no rule counts.
    pub default: Option<DefaultLimit>,
}

/// What counts together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Scope {
    /// Each API that the plug-in is attached to, in each stage, on its own.
    #[default]
    Api,
    /// All of them.
    Plugin,
}

impl TrafficControl {
    /// Reads a plug-in's data.
    ///
    /// # Errors
    /// All complaints.
    pub(in crate::policy) fn read(given: &Value) -> Result<Self, Violations> {
        let mut members = Members::of(given)?;
        let scope =
            members.word("scope", &[("API", Scope::Api), ("PLUGIN", Scope::Plugin)]).unwrap_or_default();
        let per_caller = by_caller::read(&mut members);
        let default = by_parameters::default(&mut members);
        let mut variables = members.variables("parameters");
        refuse_what_is_never_there(&mut members, &variables);
        let rules = by_parameters::rules(&mut members, &mut variables);
        if per_caller.is_none() && default.is_none() && rules.is_empty() {
            let message =
                "nothing is limited: `unit` with `apiDefault` is wanted, or `defaultLimit`, or `rules`";
            members.complain_of_all(Rule::Required, message);
        }
        members.finish().or(Self { scope, per_caller, variables, rules, default })
    }
}

/// A rule over something that no call has when it is counted would count nothing, ever.
fn refuse_what_is_never_there(members: &mut Members<'_>, variables: &Variables) {
    const ANSWER: &str = "is known when a backend has answered, and calls are counted before";
    const CLAIM: &str = "is a claim of a token, and there is no plug-in `jwtAuth` that would read one";
    for variable in variables.as_slice() {
        let (what, why) = match &variable.place {
            Place::StatusCode => ("StatusCode".to_owned(), ANSWER),
            Place::ErrorCode => ("ErrorCode".to_owned(), ANSWER),
            Place::BodyField(path) => (format!("BodyJsonField:{path}"), ANSWER),
            Place::Token(claim) => (format!("Token:{claim}"), CLAIM),
            Place::Method
            | Place::Path
            | Place::Host(_)
            | Place::Header(_)
            | Place::Query(_)
            | Place::Form(_)
            | Place::Parameter(_)
            | Place::System(_)
            | Place::ForwardedFor(_) => continue,
        };
        let message = format!("`{}` {why}", shown(&what));
        members.complain(&format!("parameters/{}", variable.name), Rule::Unsupported, message);
    }
}

/// A period of so many units, as two members say; one unit when they do not.
fn period(members: &mut Members<'_>, interval: &'static str, unit: &'static str) -> Period {
    let interval = members.number(interval, 1, 86_400).unwrap_or(1);
    Period { interval, unit: members.word(unit, UNIT_WORDS).unwrap_or(TimeUnit::Second) }
}

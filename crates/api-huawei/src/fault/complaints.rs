//! All complaints about what was sent. The answer has the code and the sentence of the first, which is all that the
//! vendor tells, and then every one in words.

use paifang_model::Rule;

use super::{Code, Fault, codes};

/// Complaints that are kept; a client that sends rubbish learns enough from these.
const AT_MOST: usize = 50;

/// One complaint.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Complaint {
    /// The error it is.
    pub(crate) code: Code,
    /// The parameter, as the interface names it; members of objects after a dot.
    pub(crate) parameter: String,
    /// A sentence that names the rule and the value.
    pub(crate) message: String,
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Complaints(Vec<Complaint>);

impl Complaints {
    /// Adds one; a member that is looked at twice is complained about once.
    pub(crate) fn add(&mut self, code: Code, parameter: impl Into<String>, message: impl Into<String>) {
        let complaint = Complaint { code, parameter: parameter.into(), message: message.into() };
        if self.0.len() < AT_MOST && !self.0.contains(&complaint) {
            self.0.push(complaint);
        }
    }

    pub(crate) fn extend(&mut self, complaints: impl IntoIterator<Item = Complaint>) {
        self.0.extend(complaints.into_iter().take(AT_MOST));
    }

    /// Takes over complaints about what has not been complained about.
    pub(crate) fn add_new(&mut self, others: Self) {
        let told = self.0.len();
        for other in others.0 {
            if !self.0[..told].iter().any(|known| known.parameter.starts_with(&other.parameter)) {
                self.0.push(other);
            }
        }
    }

    /// The value when there is nothing to complain about.
    pub(crate) fn or<T>(self, value: T) -> Result<T, Fault> {
        match self.fault() {
            Some(fault) => Err(fault),
            None => Ok(value),
        }
    }

    pub(crate) fn fault(self) -> Option<Fault> {
        let first = self.0.first()?;
        let told: Vec<String> = self.0.iter().map(Complaint::in_words).collect();
        let sentence = first.code.sentence();
        let told = told.join("; ");
        if !first.code.is_about_a_parameter() {
            return Some(first.code.saying(format!("{sentence} ({told})")));
        }
        let place = format!("{sentence},parameterName:{}", first.parameter);
        let pointer = ". Please refer to the support documentation";
        Some(first.code.saying(format!("{place}{pointer} ({told})")))
    }
}

impl Complaint {
    fn in_words(&self) -> String {
        match self.parameter.as_str() {
            "" => self.message.clone(),
            parameter => format!("{parameter}: {}", self.message),
        }
    }
}

/// The code of a broken rule that has none of its own. Names and ids that are not well formed have another one than all
/// other values (spec: huawei/errors-management.json, observed messages).
pub(super) fn code_of(parameter: &str, rule: Rule) -> Code {
    let names = ["name", "_id", "_name", "id"];
    match rule {
        Rule::Required => codes::MISSING,
        Rule::Format | Rule::Range if names.iter().any(|name| parameter.ends_with(name)) => {
            codes::INVALID_NAME
        }
        Rule::Unsupported => codes::NOT_OFFERED,
        _ => codes::INVALID_VALUE,
    }
}

//! Control's errors in this interface's words: this is where they get their codes and statuses.

use std::error::Error as _;

use axum::http::StatusCode;
use paifang_control::{Error, Refusal};
use paifang_model::{Key, Kind, Rule, Violation, Violations};
use tracing::error;

use super::{Fault, Sent};

/// Parameters whose size is a number's or a date's.
const NUMBERS: [&str; 14] = [
    "ServiceTimeout",
    "MockStatusCode",
    "Port",
    "RequestParameters",
    "AuthValidTime",
    "CertificateBody",
    "CaCertificateBody",
    "CertificateName",
    "ApiDefault",
    "UserDefault",
    "AppDefault",
    "TrafficValue",
    "SpecialKey",
    "CidrIp",
];

impl Fault {
    /// What control said of what was sent.
    pub(crate) fn of(sent: Sent) -> impl Fn(Error) -> Self {
        move |error| translated(sent, error)
    }
}

/// For what sends nothing that could be complained about.
impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        translated(Sent::Nothing, error)
    }
}

fn translated(sent: Sent, error: Error) -> Fault {
    match error {
        Error::NotFound { kind, .. } => Fault::not_found(noun(sent, kind)),
        Error::NoTask(_) => Fault::not_found("Operation"),
        Error::Invalid(violations) => complaints(sent, &violations),
        Error::InUse { key, by, .. } => in_use(sent, key, &by),
        Error::Denied(denied) => {
            let message = format!("User not authorized to operate on the specified resource: {denied}.");
            Fault::coded("Forbidden.RAM", StatusCode::FORBIDDEN, message)
        }
        Error::RevisionMismatch { .. } | Error::Raced(_) => {
            let message = format!("The resource is being changed by someone else: {error}.");
            Fault::coded("ConcurrencyLockTimeout", StatusCode::CONFLICT, message)
        }
        Error::QuotaExceeded { kind, limit } => {
            let noun = noun(sent, kind);
            let message = format!("The specified {noun} count exceeds the limit. There may be {limit}.");
            Fault::bad(format!("ExceedLimit{noun}"), message)
        }
        Error::Refused(refusal) => refused(refusal),
        Error::Query(query) => {
            Fault::bad("InvalidParameter".to_owned(), format!("The list cannot be given: {query}."))
        }
        // No operation here asks for a revision.
        Error::WrongCredentials | Error::LockedOut { .. } | Error::NotCommitted { .. } => {
            Fault::coded("Forbidden.RAM", StatusCode::FORBIDDEN, error.to_string())
        }
        Error::Unreadable(_) => {
            error!(error = %chain(&error), "An object cannot be read");
            let message =
                "The request processing has failed due to some unknown error, exception or failure.";
            Fault::coded("InternalError", StatusCode::INTERNAL_SERVER_ERROR, message)
        }
        Error::Unavailable(_) => {
            error!(error = %chain(&error), "The store did not do its part");
            let message = "The request has failed due to a temporary failure of the server.";
            Fault::coded("ServiceUnavailable", StatusCode::SERVICE_UNAVAILABLE, message)
        }
        Error::Uncertain(_) => {
            error!(error = %chain(&error), "The store went away during a change");
            let message =
                format!("The request has failed due to a temporary failure of the server: {error}.");
            Fault::coded("ServiceUnavailable", StatusCode::SERVICE_UNAVAILABLE, message)
        }
    }
}

/// The first complaint gives the code; the sentence tells all of them.
fn complaints(sent: Sent, violations: &Violations) -> Fault {
    let all: Vec<String> = violations
        .iter()
        .map(|violation| format!("{}: {}", sent.name_of(&violation.pointer), violation.message))
        .collect();
    let Some(first) = violations.iter().next() else {
        return Fault::bad("InvalidParameter".to_owned(), "Something is not valid.".to_owned());
    };
    let mut fault = complaint(sent.name_of(&first.pointer), first);
    fault.message = format!("{} {}.", fault.message, all.join("; "));
    fault
}

fn complaint(name: &'static str, violation: &Violation) -> Fault {
    let invalid = || {
        let message = format!("The specified parameter {name} value is not valid.");
        Fault::bad(format!("Invalid{name}"), message)
    };
    match violation.rule {
        // A value is missing in the stage, not in what was sent.
        Rule::Required if ["ServiceAddress", "ServicePath", "VpcAccess"].contains(&name) => {
            Fault::not_found("StageVariable")
        }
        // A certificate that names no host is there all the same.
        Rule::Required if name == "CertificateBody" => invalid(),
        // What is missing is the service's definition for the stage.
        Rule::Required if name == "BackendId" => Fault::not_found("BackendModel"),
        Rule::Unknown if name == "BackendId" => Fault::not_found("Backend"),
        Rule::Required => Fault::missing(name),
        Rule::Unknown if name == "DomainName" => {
            let message = "The specified domain has not been resolved.";
            Fault::bad("DomainNotResolved".to_owned(), message.to_owned())
        }
        Rule::Unknown if is_noun(name) => Fault::not_found(name),
        Rule::Range if !NUMBERS.contains(&name) => {
            let message = format!("The parameter {name} length exceeds the limit.");
            Fault::bad(format!("Invalid{name}.LengthLimit"), message)
        }
        // Of a list's items, one repeats another; else what is there already has the value.
        Rule::Duplicate if violation.pointer.matches('/').count() > 2 => {
            let message = format!("The specified parameter {name} value is duplicate.");
            Fault::bad(format!("Duplicate{name}"), message)
        }
        Rule::Duplicate => Fault::repeated(name),
        Rule::Unknown | Rule::Range | Rule::Format | Rule::Conflict | Rule::Unsupported => invalid(),
    }
}

fn in_use(sent: Sent, key: Key, by: &[Key]) -> Fault {
    let noun = noun(sent, key.kind);
    let other = match by.first().map(|other| other.kind) {
        Some(Kind::Deployment) => "DeployedApi",
        // What a policy is needed by is what it is bound to.
        Some(Kind::Binding) => "Api",
        Some(Kind::GroupBinding) => "ApiGroup",
        Some(kind) => self::noun(sent, kind),
        None => "other",
    };
    let message = format!("The specified {noun} has {other} definitions.");
    Fault::bad(format!("DependencyViolation{noun}"), message)
}

fn refused(refusal: Refusal) -> Fault {
    let forbidden = |noun: &str| {
        let message = format!("Not allowed to operate on the specified {noun}: {refusal}.");
        Fault::coded(format!("Forbidden{noun}"), StatusCode::FORBIDDEN, message)
    };
    match refusal {
        // What is not published in a stage is not found there: clients take it as gone.
        Refusal::NotOnline => Fault::not_found("Stage"),
        Refusal::UsesNoService | Refusal::FollowsAlready => forbidden("Backend"),
        Refusal::UsesNoAccess => forbidden("VpcAccess"),
        Refusal::LastAppKey => forbidden("AppKey"),
        Refusal::BuiltInStage => forbidden("StageModel"),
        Refusal::LastOwner => forbidden("User"),
        // No action of this interface touches the keyring.
        Refusal::OtherMasterKey => forbidden("Keyring"),
        Refusal::TaskEnded | Refusal::ItemSettled => forbidden("Operation"),
    }
}

/// Names of parameters that are at the same time what is looked for.
fn is_noun(name: &str) -> bool {
    matches!(name, "Stage" | "App" | "Api" | "Authorization" | "VpcAccess" | "SpecialKey" | "PolicyItem")
}

/// What this interface calls a kind of document.
fn noun(sent: Sent, kind: Kind) -> &'static str {
    match kind {
        Kind::Account => "Account",
        Kind::User => "User",
        Kind::AccessKey => "AccessKey",
        Kind::Group => "ApiGroup",
        Kind::Stage | Kind::Deployment => "Stage",
        Kind::Variable => "StageVariable",
        Kind::Api => "Api",
        Kind::Version => "HistoryVersion",
        Kind::App => "App",
        Kind::AppKey => "AppKey",
        Kind::AppCode => "AppCode",
        Kind::Grant => "Authorization",
        Kind::AppQuota => "AppQuota",
        Kind::AccessList => "AccessControlList",
        Kind::BlackList => "BlackList",
        Kind::Domain => "Domain",
        Kind::Certificate | Kind::Authority => "Certificate",
        Kind::BackendAccess => "VpcAccess",
        Kind::BackendInstance => "InstanceId",
        Kind::Channel | Kind::BackendService => "Backend",
        Kind::Policy | Kind::Binding | Kind::GroupBinding => sent.policy(),
        Kind::Manifest | Kind::ManifestEntry => "Manifest",
        Kind::Quota => "Quota",
    }
}

/// The operator is told every cause.
fn chain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

//! What control complains about, in the interface's terms.

use paifang_control::{Error, Refusal};
use paifang_model::{Kind, Rule, Violation, Violations};

use super::complaints::code_of;
use super::{Code, Complaint, Complaints, Fault, codes};

/// How a noun's complaints are told.
pub(crate) struct Tongue {
    /// What the interface calls what lies at a JSON pointer of ours.
    pub(crate) parameter: fn(&str) -> String,
    /// The error of its own that a complaint is, if it is one.
    pub(crate) code: fn(&Violation) -> Option<Code>,
}

/// Tells an error about a noun that is written.
pub(crate) fn tell(tongue: &'static Tongue) -> impl Fn(Error) -> Fault {
    move |error| match error {
        Error::Invalid(violations) => {
            tongue.complain(violations).fault().unwrap_or_else(|| codes::FAILED.fault())
        }
        error => error.into(),
    }
}

impl Tongue {
    pub(crate) fn complain(&self, violations: Violations) -> Complaints {
        let mut complaints = Complaints::default();
        complaints.extend(violations.into_vec().into_iter().map(|violation| {
            let parameter = (self.parameter)(&violation.pointer);
            let code = (self.code)(&violation).unwrap_or_else(|| code_of(&parameter, violation.rule));
            Complaint { code, parameter, message: violation.message }
        }));
        complaints
    }
}

/// For what is read: our pointers with dots.
static PLAIN: Tongue = Tongue {
    parameter: |pointer| pointer.trim_start_matches('/').replace('/', "."),
    code: |violation| (violation.rule == Rule::Duplicate).then_some(codes::DONE_ALREADY),
};

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound { kind, id } => not_found(kind, &id),
            Error::NoTask(id) => codes::PARAMETER_ERROR.with(format!("there is no task {id}")),
            Error::Invalid(violations) => {
                PLAIN.complain(violations).fault().unwrap_or_else(|| codes::FAILED.fault())
            }
            Error::InUse { key, .. } => in_use(key.kind, &key.id.to_string()),
            Error::Denied(denied) => codes::DENIED.with(denied),
            Error::QuotaExceeded { kind, limit } => too_many(kind).with(format!("limit:{limit}")),
            Error::Refused(Refusal::BuiltInStage) => codes::BUILT_IN_ENVIRONMENT.fault(),
            Error::Refused(Refusal::NotOnline) => codes::NOT_PUBLISHED.fault(),
            Error::Refused(refusal) => codes::DENIED.with(refusal),
            Error::RevisionMismatch { .. } | Error::Raced(_) => codes::NOT_NOW.fault(),
            Error::Query(query) => codes::PARAMETER_ERROR.with(query),
            // The interface knows one code for what is nobody's fault; the sentence says that it will pass.
            Error::Unavailable(_) | Error::Uncertain(_) => {
                failed(&error);
                codes::FAILED.with(error)
            }
            Error::WrongCredentials
            | Error::NotCommitted { .. }
            | Error::LockedOut { .. }
            | Error::Unreadable(_) => failed(&error),
        }
    }
}

/// The cause is for the operator.
fn failed(error: &Error) -> Fault {
    let cause = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    tracing::error!(%error, cause, "A management request failed");
    codes::FAILED.fault()
}

/// That something is not there.
pub(crate) fn not_found(kind: Kind, id: &str) -> Fault {
    let code = match kind {
        Kind::Group => codes::NO_GROUP,
        Kind::Api => codes::NO_API,
        Kind::Stage => codes::NO_ENVIRONMENT,
        Kind::Variable => codes::NO_VARIABLE,
        Kind::App | Kind::AppKey => codes::NO_APP,
        Kind::AppCode => codes::NO_APP_CODE,
        Kind::Grant => codes::NO_AUTHORIZATION,
        Kind::AppQuota => codes::NO_APP_QUOTA,
        Kind::Deployment => codes::NOT_PUBLISHED,
        Kind::Domain => codes::NO_DOMAIN,
        Kind::Version => codes::NO_VERSION,
        Kind::Channel | Kind::BackendAccess => codes::NO_CHANNEL,
        Kind::Certificate | Kind::Authority => codes::NO_CERTIFICATE,
        Kind::Policy => codes::NO_THROTTLE,
        Kind::Binding | Kind::GroupBinding => codes::NO_THROTTLE_BINDING,
        Kind::Account
        | Kind::User
        | Kind::AccessKey
        | Kind::BackendService
        | Kind::BackendInstance
        | Kind::AccessList
        | Kind::BlackList
        | Kind::Quota
        | Kind::Manifest
        | Kind::ManifestEntry => codes::NO_INSTANCE,
    };
    code.with(format!("id:{}", paifang_model::name::shown(id)))
}

fn in_use(kind: Kind, id: &str) -> Fault {
    match kind {
        Kind::Group => codes::GROUP_HAS_APIS.with(format!("id:{id}")),
        Kind::Api => codes::API_PUBLISHED.with(format!("id:{id}")),
        Kind::Policy => codes::THROTTLE_BOUND.with(format!("id:{id}")),
        Kind::Channel => codes::CHANNEL_IN_USE.with(format!("id:{id}")),
        Kind::Stage => codes::ENVIRONMENT_IN_USE.with(format!("id:{id}")),
        // The vendor has no code for what it does not refuse.
        Kind::Variable => codes::VARIABLE_DENIED.with(format!("APIs that are published need it,id:{id}")),
        Kind::Certificate => codes::CERTIFICATE_DENIED.with(format!("domains have it,id:{id}")),
        _ => codes::DENIED.with(format!("the {kind} {id} is needed by others")),
    }
}

fn too_many(kind: Kind) -> Code {
    match kind {
        Kind::Group => codes::TOO_MANY_GROUPS,
        Kind::Api => codes::TOO_MANY_APIS,
        Kind::App => codes::TOO_MANY_APPS,
        Kind::Stage => codes::TOO_MANY_ENVIRONMENTS,
        Kind::Variable => codes::TOO_MANY_VARIABLES,
        Kind::Domain => codes::TOO_MANY_DOMAINS,
        Kind::AppCode => codes::TOO_MANY_APP_CODES,
        Kind::Policy => codes::TOO_MANY_THROTTLES,
        Kind::Channel => codes::TOO_MANY_CHANNELS,
        _ => codes::TOO_MANY,
    }
}

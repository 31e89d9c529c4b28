//! The table: check, code, status and message, in each dialect's order.

use std::fmt::Write as _;

use paifang_model::Dialect;
use paifang_model::policy::Period;
use paifang_proxy::dialect::{self, Check};
use paifang_proxy::refusal::{LimitKind, Limited, MalformedCredential, Refusal};

pub(super) fn print() -> String {
    let mut table = String::new();
    for dialect in Dialect::ALL {
        writeln!(table, "{dialect}").unwrap();
        for (place, check) in dialect::order(dialect).iter().enumerate() {
            let mut first = format!("{:3}  {check:?}", place + 1);
            if *check == Check::Preflight {
                writeln!(table, "{first:<16} answered by the gateway: 200").unwrap();
                first = String::new();
            }
            let refusals = refusals(*check, dialect);
            assert!(refusals.iter().all(|refusal| check_of(refusal) == Some(*check)), "{check:?}");
            rows(&mut table, dialect, &first, &refusals);
        }
        rows(&mut table, dialect, "     At any time", &at_any_time());
        table.push('\n');
    }
    table
}

/// A row for each refusal; `first` stands before the first of them.
fn rows(table: &mut String, dialect: Dialect, first: &str, refusals: &[Refusal]) {
    for (index, refusal) in refusals.iter().enumerate() {
        let answer = dialect::answer(dialect, refusal);
        let first = if index == 0 { first } else { "" };
        let (code, status) = (answer.code, answer.status.as_u16());
        writeln!(table, "{first:<16} {code:<9}  {status}  {}", answer.message).unwrap();
    }
}

/// Every way in which a check refuses.
fn refusals(check: Check, dialect: Dialect) -> Vec<Refusal> {
    let text = |text: &str| text.to_owned();
    let malformed = Refusal::CredentialMalformed;
    match check {
        Check::AccessList => vec![Refusal::KeptOutOfGateway],
        Check::Host => vec![Refusal::UnknownHost { host: text("HOST") }],
        Check::Size => vec![Refusal::TargetTooLong, Refusal::HeadersTooLarge, Refusal::BodyTooLarge],
        Check::Target => vec![Refusal::BadTarget { reason: text("REASON") }],
        Check::Stage => vec![Refusal::UnknownStage { name: text("STAGE") }],
        Check::Route => vec![
            Refusal::NoApi { reason: text("METHOD PATH") },
            Refusal::NoMethod { reason: text("METHOD PATH") },
            Refusal::NoApiForPages { method: text("METHOD"), path: text("PATH") },
        ],
        Check::Protocol => vec![Refusal::ProtocolNotOffered { used: "HTTP", offered: text("HTTPS") }],
        Check::Network => vec![Refusal::IntranetOnly],
        Check::Preflight if !dialect::keeps_pages_out(dialect) => Vec::new(),
        Check::Preflight => vec![Refusal::OriginKeptOut { origin: text("ORIGIN") }],
        Check::AddressList => vec![Refusal::AddressKeptOut],
        Check::Limits => limits(dialect),
        Check::Credential => vec![
            Refusal::CredentialMissing,
            Refusal::AppCodeNeedsTls,
            malformed(MalformedCredential::HeaderMissing { name: "HEADER" }),
            malformed(MalformedCredential::HeaderInvalid { name: "HEADER", reason: text("REASON") }),
            malformed(MalformedCredential::KeyEmpty),
        ],
        Check::Key => vec![Refusal::AppCodeUnknown, Refusal::KeyUnknown { key: text("KEY") }],
        Check::Time => vec![Refusal::TimeExpired { sent: text("SENT"), now: text("NOW") }],
        Check::Signature => vec![Refusal::SignatureMismatch { string_to_sign: text("TEXT") }],
        Check::Digest => vec![Refusal::DigestMismatch { reason: "REASON".into() }],
        Check::Nonce => vec![Refusal::NonceMissing, Refusal::NonceUsed],
        Check::Grant => vec![Refusal::NotGranted, Refusal::GrantExpired],
        Check::BlackList => vec![Refusal::AppKeptOut],
        Check::AccountList => vec![Refusal::AccountKeptOut],
        Check::App => vec![Refusal::AppFrozen, Refusal::AppAddressKeptOut],
        Check::AppQuota => vec![limited(LimitKind::AppQuota, Period::DAY, 200, true)],
        Check::Parameters => vec![
            Refusal::ParameterMissing { name: text("NAME") },
            Refusal::ParameterInvalid { name: text("NAME"), reason: text("RULE") },
            Refusal::BadContentType { reason: text("REASON") },
            Refusal::BadBody { reason: text("REASON") },
        ],
        Check::Policies => vec![limited(LimitKind::Rule, Period::SECOND, 200, true)],
        Check::Backend => backend(),
    }
}

fn limits(dialect: Dialect) -> Vec<Refusal> {
    let kinds = match dialect {
        Dialect::Alibaba => [LimitKind::Subdomain, LimitKind::Group, LimitKind::Address].as_slice(),
        Dialect::Huawei => &[
            LimitKind::Subdomain,
            LimitKind::Address,
            LimitKind::App,
            LimitKind::User,
            LimitKind::Api,
            LimitKind::AllStages,
        ],
    };
    let limited = |what: &LimitKind| {
        let (period, limit) = match what {
            LimitKind::Subdomain => (Period::DAY, 1_000),
            _ => (Period::SECOND, 200),
        };
        self::limited(*what, period, limit, false)
    };
    kinds.iter().map(limited).collect()
}

fn limited(what: LimitKind, period: Period, limit: u32, by_policy: bool) -> Refusal {
    Refusal::Limited(Limited { what, limit, period, retry_after_s: 1, host: "HOST".to_owned(), by_policy })
}

fn backend() -> Vec<Refusal> {
    let text = |text: &str| text.to_owned();
    vec![
        Refusal::Unresolved { reason: text("REASON") },
        Refusal::BackendMissing { what: "channel" },
        Refusal::NoMember,
        Refusal::SigningFailed { reason: text("REASON") },
        Refusal::CallsItself { layers: 2 },
        Refusal::NameNotResolved { host: text("HOST") },
        Refusal::AddressRefused { host: text("HOST"), address: text("ADDRESS") },
        Refusal::ConnectFailed { reason: text("REASON") },
        Refusal::TlsFailed { reason: text("REASON") },
        Refusal::BackendTimeout,
        Refusal::BackendBroken { reason: text("REASON") },
    ]
}

/// Failures that belong to no check.
fn at_any_time() -> Vec<Refusal> {
    vec![
        Refusal::BadRequestLine { reason: "REASON".to_owned() },
        Refusal::BadHeader { name: "HEADER", reason: "REASON".to_owned() },
        Refusal::ClientBroken,
        Refusal::Busy,
        Refusal::Internal { reason: "REASON".to_owned() },
    ]
}

/// Where a refusal belongs: a new one has to be given its place here, and its row above.
fn check_of(refusal: &Refusal) -> Option<Check> {
    Some(match refusal {
        Refusal::KeptOutOfGateway => Check::AccessList,
        Refusal::UnknownHost { .. } | Refusal::Misdirected | Refusal::OverTls { .. } => Check::Host,
        Refusal::TargetTooLong | Refusal::HeadersTooLarge | Refusal::BodyTooLarge => Check::Size,
        Refusal::BadTarget { .. } => Check::Target,
        Refusal::UnknownStage { .. } => Check::Stage,
        Refusal::NoApi { .. } | Refusal::NoMethod { .. } | Refusal::NoApiForPages { .. } => Check::Route,
        Refusal::ProtocolNotOffered { .. } => Check::Protocol,
        Refusal::IntranetOnly => Check::Network,
        Refusal::OriginKeptOut { .. } => Check::Preflight,
        Refusal::AddressKeptOut => Check::AddressList,
        Refusal::Limited(Limited { what: LimitKind::AppQuota, .. }) => Check::AppQuota,
        Refusal::Limited(Limited { by_policy: true, .. }) => Check::Policies,
        Refusal::Limited(_) => Check::Limits,
        Refusal::CredentialMissing | Refusal::CredentialMalformed(_) | Refusal::AppCodeNeedsTls => {
            Check::Credential
        }
        Refusal::AppCodeUnknown | Refusal::KeyUnknown { .. } => Check::Key,
        Refusal::TimeExpired { .. } => Check::Time,
        Refusal::SignatureMismatch { .. } => Check::Signature,
        Refusal::DigestMismatch { .. } => Check::Digest,
        Refusal::NonceMissing | Refusal::NonceUsed => Check::Nonce,
        Refusal::NotGranted | Refusal::GrantExpired => Check::Grant,
        Refusal::AppKeptOut => Check::BlackList,
        Refusal::AccountKeptOut => Check::AccountList,
        Refusal::AppFrozen | Refusal::AppAddressKeptOut => Check::App,
        Refusal::ParameterMissing { .. }
        | Refusal::ParameterInvalid { .. }
        | Refusal::BadBody { .. }
        | Refusal::BadContentType { .. } => Check::Parameters,
        Refusal::CallsItself { .. }
        | Refusal::NameNotResolved { .. }
        | Refusal::AddressRefused { .. }
        | Refusal::Unresolved { .. }
        | Refusal::BackendMissing { .. }
        | Refusal::NoMember
        | Refusal::SigningFailed { .. }
        | Refusal::ConnectFailed { .. }
        | Refusal::TlsFailed { .. }
        | Refusal::BackendTimeout
        | Refusal::BackendBroken { .. } => Check::Backend,
        Refusal::BadRequestLine { .. }
        | Refusal::BadHeader { .. }
        | Refusal::ClientBroken
        | Refusal::Busy
        | Refusal::Internal { .. } => return None,
    })
}

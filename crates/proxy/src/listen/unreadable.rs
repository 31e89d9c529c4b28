//! What is no request by the rules of HTTP becomes a call that was refused like any other: with an id, in a dialect's words, in the log.

use http::Method;
use paifang_wire::http1::HeadError;
use paifang_wire::{Body, Head, Target, Unreadable};

use super::EdgeSettings;
use super::accept::client;
use crate::exchange::Exchange;
use crate::refusal::Refusal;

/// The call, as far as it could be understood, and why it is refused.
pub(super) fn refused(edge: &EdgeSettings, unreadable: Unreadable) -> (Exchange, Refusal) {
    let Unreadable { error, method, target, headers, connection } = unreadable;
    let mut head = Head::new(method.unwrap_or_else(unknown_method), target.unwrap_or_else(unknown_target));
    let client = client(edge, &connection, &headers);
    head.headers = headers;
    (Exchange::new(head, Body::empty(), client), refusal(error))
}

/// As logs write what is not known.
fn unknown_method() -> Method {
    Method::from_bytes(b"-").unwrap_or_default()
}

fn unknown_target() -> Target {
    Target::asterisk()
}

fn refusal(error: HeadError) -> Refusal {
    let reason = error.to_string();
    match error {
        HeadError::Target => Refusal::BadTarget { reason },
        HeadError::TargetTooLong => Refusal::TargetTooLong,
        HeadError::TooLong | HeadError::TooManyFields => Refusal::HeadersTooLarge,
        HeadError::Folded | HeadError::FieldName | HeadError::FieldValue => {
            Refusal::BadHeader { name: "-", reason }
        }
        HeadError::Length | HeadError::LengthRepeated | HeadError::LengthAndCoding => {
            Refusal::BadHeader { name: "Content-Length", reason }
        }
        HeadError::Coding | HeadError::CodingInOldVersion => {
            Refusal::BadHeader { name: "Transfer-Encoding", reason }
        }
        HeadError::HostMissing | HeadError::HostRepeated | HeadError::Host | HeadError::HostDisagrees => {
            Refusal::BadHeader { name: "Host", reason }
        }
        _ => Refusal::BadRequestLine { reason },
    }
}

//! Huawei Cloud: `SDK-HMAC-SHA256`, the one scheme of calls to APIs, of calls from the gateway to backends,
//! and of the management API. Spec: huawei/calling.md §4.
//!
//! The signers in use differ in a few places, so [`verify`] accepts each of their readings: a literal `+` in
//! the query, the order of parameters, the hash of an empty body, several values of one header.

mod body;
mod canonical;
mod date;
mod signature;

pub use body::{BodyHash, Declared, UNSIGNED_PAYLOAD};
pub use date::{DateError, check_date, format_date, signing_time};
pub use signature::{
    Mismatch, SignError, canonical_request, parse_authorization, sign, string_to_sign, verify,
};

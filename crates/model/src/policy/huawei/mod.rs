//! Huawei Cloud's policies.

mod access;
mod cors;
mod expression;
mod rate_limit;
mod signature_key;
mod throttle;

pub use access::{AccountList, Accounts, AddressList};
pub(super) use cors::read as read_cors;
pub use rate_limit::{RateLimit, RateRule};
pub(super) use signature_key::read as read_signature_key;
pub use throttle::{CountedAs, SPECIALS_AT_MOST, Throttle};

//! Huawei Cloud's policies.

mod access;
mod throttle;

pub use access::{AccountList, Accounts, AddressList};
pub use throttle::{CountedAs, SPECIALS_AT_MOST, Throttle};

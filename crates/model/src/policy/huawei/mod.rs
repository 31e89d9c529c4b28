//! Huawei Cloud's policies.

mod throttle;

pub use throttle::{CountedAs, SPECIALS_AT_MOST, Throttle};

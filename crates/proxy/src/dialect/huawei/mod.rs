//! Huawei Cloud APIG.

pub(super) mod cors;
pub(super) mod errors;
pub(super) mod headers;

//! Alibaba Cloud API Gateway.

pub(super) mod cors;
pub(super) mod errors;
pub(super) mod headers;

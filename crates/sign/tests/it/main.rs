//! Every published vector, then properties that hold for any request.
#![allow(clippy::unwrap_used, reason = "tests")]

mod alibaba_app_code;
mod alibaba_backend;
mod alibaba_client;
mod alibaba_management;
mod alibaba_rules;
mod header_map;
mod huawei_negative;
mod huawei_rules;
mod huawei_vectors;
mod properties;
mod properties_any_bytes;
mod vectors;

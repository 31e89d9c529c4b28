//! App codes: shown instead of a signature.

use paifang_model::{Dialect, Secret};

use super::request::Request;

/// Adds the code.
pub(super) fn add(dialect: Dialect, code: &Secret, request: &mut Request) {
    request.say_content_type();
    match dialect {
        Dialect::Alibaba => request.add("Authorization", format!("APPCODE {}", code.expose())),
        Dialect::Huawei => request.add("X-Apig-AppCode", code.expose()),
    }
}

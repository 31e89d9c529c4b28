//! Cross-origin requests as Huawei Cloud has them: the plug-in `cors` (spec: huawei/plugins.md).

use serde_json::Value;

use crate::policy::alibaba::Cors;
use crate::policy::alibaba::cors::Words;
use crate::policy::members::Members;
use crate::violation::Violations;

const WORDS: Words = Words {
    origins: "allow_origin",
    methods: "allow_methods",
    headers: "allow_headers",
    exposed: "expose_headers",
    max_age: "max_age",
    credentials: "allow_credentials",
};

/// Reads a plug-in's content.
///
/// # Errors
/// All complaints.
pub(in crate::policy) fn read(given: &Value) -> Result<Cors, Violations> {
    Cors::read_as(Members::of(given)?, &WORDS)
}

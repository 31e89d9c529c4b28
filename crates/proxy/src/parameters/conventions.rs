//! What the two dialects do differently with parameters, as a table.

use paifang_model::Dialect;
use paifang_model::definition::RequestMode;
use percent_encoding::AsciiSet;

use super::encode;
use super::names::Case;
use crate::dialect::credential_headers;

/// The conventions of a dialect.
pub(super) struct Conventions {
    /// The one mode of all APIs, where there is only one.
    pub(super) mode: Option<RequestMode>,
    /// How query keys and form fields are compared with declared names.
    pub(super) names: Case,
    /// What is percent-encoded in query values.
    pub(super) query: &'static AsciiSet,
    /// The `User-Agent` of requests that carry none of the client's headers.
    pub(super) user_agent: Option<&'static str>,
    /// Headers that the gateway consumes and does not pass on, except in pass-through mode.
    pub(super) consumed: &'static [&'static str],
    /// The scheme of an `Authorization` header that is consumed likewise.
    pub(super) consumed_scheme: Option<&'static str>,
}

impl Conventions {
    pub(super) fn of(dialect: Dialect) -> &'static Self {
        match dialect {
            Dialect::Alibaba => &FIRST,
            Dialect::Huawei => &SECOND,
        }
    }
}

/// spec: aliyun/api-model.md §6.
static FIRST: Conventions = Conventions {
    mode: None,
    names: Case::Exact,
    query: encode::ALL_BUT_UNRESERVED,
    user_agent: Some("AliOpenAPI/1.0"),
    consumed: credential_headers(Dialect::Alibaba),
    consumed_scheme: Some("APPCODE"),
};

/// spec: huawei/api-model.md §3 (names are not case-sensitive) and §6, huawei/calling.md §9.
static SECOND: Conventions = Conventions {
    mode: Some(RequestMode::MappingPassthrough),
    names: Case::Ignored,
    query: encode::QUERY_AS_LISTED,
    user_agent: None,
    consumed: credential_headers(Dialect::Huawei),
    consumed_scheme: None,
};

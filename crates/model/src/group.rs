//! API groups: one host, one dialect, up to a thousand APIs.

use serde::{Deserialize, Serialize};

use crate::account::Account;
use crate::definition::AppCodeMode;
use crate::dialect::Dialect;
use crate::domain::GroupTls;
use crate::id::{AccountId, GroupId, Id};
use crate::kind::Kind;
use crate::name::check_length;
use crate::path::{PathPattern, Segment};
use crate::record::{Fields, Links, Record};
use crate::violation::{Complaint, Violations};

/// An API group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// Whose it is.
    pub account: AccountId,
    /// How its outside looks.
    pub dialect: Dialect,
    /// Its name, unique among groups of its dialect.
    pub name: String,
    /// What it is for.
    #[serde(default)]
    pub description: String,
    /// What stands before the path of each of its APIs; `/` for nothing.
    #[serde(default = "root")]
    pub base_path: String,
    /// The host that it has from the start, for life.
    pub subdomain: String,
    /// Whether calls through the subdomain are answered.
    #[serde(default = "yes")]
    pub subdomain_enabled: bool,
    /// Where app codes are accepted for APIs that leave it to the group.
    #[serde(default = "disabled")]
    pub app_code: AppCodeMode,
    /// Client headers that go to the backend even where unknown ones are dropped, in lower case; `host` keeps the client's host.
    #[serde(default)]
    pub passthrough_headers: Vec<String>,
    /// The most calls per second over all its APIs; absent: the profile's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calls_per_second: Option<u32>,
    /// What its hosts offer over TLS at most.
    #[serde(default, skip_serializing_if = "GroupTls::is_default")]
    pub tls: GroupTls,
    /// Fields that a vendor's interface keeps and the data plane does not read, as they were given.
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

fn root() -> String {
    "/".to_owned()
}

fn yes() -> bool {
    true
}

fn disabled() -> AppCodeMode {
    AppCodeMode::Disabled
}

impl Group {
    /// Checks what its owner may choose.
    ///
    /// # Errors
    /// All complaints.
    pub fn check(&self) -> Result<(), Violations> {
        let rules = self.dialect.rules();
        let mut violations = Violations::new();
        violations.at("/name", rules.names.group.check(&self.name));
        violations.at("/description", check_length(&self.description, 0, rules.texts.group_description));
        violations.at("/base_path", check_base_path(&self.base_path));
        for (index, header) in self.passthrough_headers.iter().enumerate() {
            violations.at(&format!("/passthrough_headers/{index}"), check_header_name(header));
        }
        if self.app_code == AppCodeMode::Inherit {
            violations.at::<()>(
                "/app_code",
                Err(Complaint::format(
                    "`inherit` is for APIs; a group says `disabled`, `header` or `header_or_query`",
                )),
            );
        }
        if self.calls_per_second == Some(0) {
            violations.at::<()>(
                "/calls_per_second",
                Err(Complaint::range("0 calls per second would refuse every call")),
            );
        }
        violations.or(())
    }
}

fn check_base_path(path: &str) -> Result<(), Complaint> {
    let pattern: PathPattern = path.parse()?;
    if pattern.segments().iter().all(|segment| matches!(segment, Segment::Literal(_))) {
        return Ok(());
    }
    Err(Complaint::format(format!("the base path `{path}` may not hold parameters")))
}

pub(crate) fn check_header_name(name: &str) -> Result<(), Complaint> {
    let well_formed = !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
    if well_formed {
        return Ok(());
    }
    Err(Complaint::format(format!("`{}` is not a header name (RFC 9110 §5.1)", crate::name::shown(name))))
}

impl Record for Group {
    const KIND: Kind = Kind::Group;

    fn id(&self) -> Id {
        self.id.0
    }

    fn fields(&self, fields: &mut Fields) {
        fields
            .unique("dialect_name", format!("{}/{}", self.dialect, self.name))
            .unique("subdomain", &self.subdomain)
            .lookup("name", &self.name)
            .lookup("dialect", self.dialect.name())
            .lookup("account", self.account.0);
    }

    fn links(&self, links: &mut Links) {
        links.refuse::<Account>("account", self.account);
    }
}

//! Makes a group.

use paifang_model::definition::AppCodeMode;
use paifang_model::domain::GroupTls;
use paifang_model::id::{AccountId, GroupId, Id};
use paifang_model::{Dialect, Group, Kind};
use paifang_store::Stored;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

/// What a new group is to be.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GroupDraft {
    /// How its outside looks; never changed.
    pub dialect: Dialect,
    /// Its name, unique among groups of its dialect.
    pub name: String,
    /// What it is for.
    #[serde(default)]
    pub description: String,
    /// What stands before the path of each of its APIs; absent: `/`.
    #[serde(default)]
    pub base_path: Option<String>,
    /// Where app codes are accepted for APIs that leave it to the group; absent: nowhere.
    #[serde(default)]
    pub app_code: Option<AppCodeMode>,
    /// Client headers that go to the backend even where unknown ones are dropped.
    #[serde(default)]
    pub passthrough_headers: Vec<String>,
    /// The most calls per second over all its APIs; absent: the profile's number.
    #[serde(default)]
    pub calls_per_second: Option<u32>,
    /// What its hosts offer over TLS at most.
    #[serde(default)]
    pub tls: GroupTls,
    /// Fields that a vendor's interface keeps, as they were given.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub extra: Map<String, Value>,
}

impl GroupDraft {
    /// A group of a dialect with this name, all else as it comes.
    #[must_use]
    pub fn new(dialect: Dialect, name: impl Into<String>) -> Self {
        Self {
            dialect,
            name: name.into(),
            description: String::new(),
            base_path: None,
            app_code: None,
            passthrough_headers: Vec::new(),
            calls_per_second: None,
            tls: GroupTls::default(),
            extra: Map::new(),
        }
    }

    fn build(self, account: AccountId, base_domain: &str) -> Group {
        let id = GroupId::random();
        Group {
            id,
            account,
            dialect: self.dialect,
            name: self.name,
            description: self.description,
            base_path: self.base_path.unwrap_or_else(|| "/".to_owned()),
            subdomain: format!("{id}.{base_domain}"),
            subdomain_enabled: true,
            app_code: self.app_code.unwrap_or(AppCodeMode::Disabled),
            passthrough_headers: super::update::lower_case(self.passthrough_headers),
            calls_per_second: self.calls_per_second,
            tls: self.tls,
            extra: self.extra,
        }
    }
}

impl Context {
    /// Makes a group. Its subdomain is `<id>.<base domain>`.
    ///
    /// # Errors
    /// When the caller may not, rules are broken, the name is taken, or the quota is used up.
    pub async fn create_group(&self, draft: GroupDraft) -> Result<Stored<Group>, Error> {
        let group = draft.build(self.principal.account, &self.control.settings().base_domain);
        let permission = self.authorize(Action::CreateGroup, &super::path(group.id)).await?;
        group.check()?;
        let quota = self.control.quota(Kind::Group, Some(group.dialect), Id::ROOT).await?;
        let change = Change::new()
            .create(&group)
            .cap(quota)
            .given("dialect_name", "/name", &group.name)
            .detail(json!({ "name": group.name, "dialect": group.dialect }));
        Ok(permission.commit(&self.control, change).await?.made(group))
    }
}

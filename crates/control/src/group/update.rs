//! Changes a group.

use paifang_model::Group;
use paifang_model::definition::AppCodeMode;
use paifang_model::domain::GroupTls;
use paifang_model::id::GroupId;
use paifang_store::Stored;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::difference::changed;
use crate::error::Error;
use crate::patch::{nullable, set};

/// What is to change; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct GroupPatch {
    /// Its name.
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// What stands before the path of each of its APIs.
    pub base_path: Option<String>,
    /// Whether calls through the subdomain are answered.
    pub subdomain_enabled: Option<bool>,
    /// Where app codes are accepted for APIs that leave it to the group.
    pub app_code: Option<AppCodeMode>,
    /// Client headers that go to the backend even where unknown ones are dropped.
    pub passthrough_headers: Option<Vec<String>>,
    /// The most calls per second over all its APIs; `null`: the profile's number.
    #[serde(deserialize_with = "nullable")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u32>))]
    pub calls_per_second: Option<Option<u32>>,
    /// What its hosts offer over TLS at most, as a whole.
    pub tls: Option<GroupTls>,
    /// Fields that a vendor's interface keeps, as they were given.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub extra: Option<Map<String, Value>>,
}

impl GroupPatch {
    fn apply(self, group: &mut Group) {
        set(&mut group.name, self.name);
        set(&mut group.description, self.description);
        set(&mut group.base_path, self.base_path);
        set(&mut group.subdomain_enabled, self.subdomain_enabled);
        set(&mut group.app_code, self.app_code);
        set(&mut group.passthrough_headers, self.passthrough_headers.map(lower_case));
        set(&mut group.calls_per_second, self.calls_per_second);
        set(&mut group.tls, self.tls);
        set(&mut group.extra, self.extra);
    }
}

pub(super) fn lower_case(headers: Vec<String>) -> Vec<String> {
    headers.into_iter().map(|header| header.to_ascii_lowercase()).collect()
}

impl Context {
    /// Changes a group; with `expected`, only as it was at that revision.
    ///
    /// # Errors
    /// When the caller may not, there is no such group, rules are broken, the name is taken, or someone else changed it.
    pub async fn update_group(
        &self,
        id: GroupId,
        patch: GroupPatch,
        expected: Option<u64>,
    ) -> Result<Stored<Group>, Error> {
        let permission = self.authorize(Action::UpdateGroup, &super::path(id)).await?;
        let old = self.documents().find::<Group>(id).await?;
        let mut group = old.value.clone();
        patch.apply(&mut group);
        group.check()?;
        let change = Change::new()
            .replace(&old, expected, &group)
            .given("dialect_name", "/name", &group.name)
            .detail(changed(&old.value, &group));
        Ok(permission.commit(&self.control, change).await?.changed(old.created_at, group))
    }
}

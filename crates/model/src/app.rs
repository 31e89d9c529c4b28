//! Apps: who calls, with keys to sign with and codes to show.

use serde::{Deserialize, Serialize};

use crate::account::Account;
use crate::api::Api;
use crate::app_access::AppAccess;
use crate::app_quota::AppQuota;
use crate::id::{AccountId, ApiId, AppCodeId, AppId, AppKeyId, AppQuotaId, GrantId, GroupId, Id, StageId};
use crate::kind::Kind;
use crate::name::{Characters, NameRule, check_length};
use crate::record::{Fields, Links, Record};
use crate::secret::{Secret, at_rest};
use crate::stage::Stage;
use crate::violation::{Complaint, Violations};

/// What an app may be called, in either dialect's interface; faces narrow it to their own rule.
pub const APP_NAME: NameRule = NameRule {
    min: 3,
    max: 64,
    first: Characters::LETTERS.or_chinese(),
    rest: Characters::ALPHANUMERIC.or_chinese().or("_-"),
};

/// A caller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct App {
    /// Its id.
    pub id: AppId,
    /// Its number, as one cloud names apps.
    pub number: i64,
    /// Whose it is.
    pub account: AccountId,
    /// Its name, unique in the account.
    pub name: String,
    /// What it is for.
    #[serde(default)]
    pub description: String,
    /// From where it calls; none: from anywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<AppAccess>,
    /// Whether its calls are refused until it is thawed.
    #[serde(default)]
    pub frozen: bool,
    /// How many calls it may make; none: as many as it likes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota: Option<BoundQuota>,
}

/// That a quota holds for an app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BoundQuota {
    /// The quota.
    pub id: AppQuotaId,
    /// Since when, in milliseconds since 1970.
    pub since: i64,
}

impl App {
    /// How a quota is bound to it: as it is already, or from now on.
    #[must_use]
    pub fn bound_to(&self, quota: AppQuotaId, now: i64) -> BoundQuota {
        self.quota.filter(|bound| bound.id == quota).unwrap_or(BoundQuota { id: quota, since: now })
    }

    /// Checks what its owner may choose.
    ///
    /// # Errors
    /// All complaints.
    pub fn check(&self) -> Result<(), Violations> {
        let mut violations = Violations::new();
        violations.at("/name", APP_NAME.check(&self.name));
        violations.at("/description", check_length(&self.description, 0, 255));
        let access = self.access.as_ref().map_or(Ok(()), AppAccess::check);
        violations.nest("/access", access.err().unwrap_or_default());
        violations.or(())
    }
}

impl Record for App {
    const KIND: Kind = Kind::App;

    fn id(&self) -> Id {
        self.id.0
    }

    fn scope(&self) -> Id {
        self.account.0
    }

    fn fields(&self, fields: &mut Fields) {
        fields.unique("number", self.number).unique_in_scope("name", &self.name);
        if let Some(quota) = self.quota {
            fields.lookup("quota", quota.id.0);
        }
    }

    fn links(&self, links: &mut Links) {
        links.refuse::<Account>("account", self.account);
        if let Some(quota) = self.quota {
            links.refuse::<AppQuota>("quota", quota.id);
        }
    }
}

/// A key that an app signs with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppKey {
    /// Its id; see [`AppKey::id_of`].
    pub id: AppKeyId,
    /// The app it speaks for.
    pub app: AppId,
    /// The public text that names it: 8 to 200 visible ASCII characters without commas.
    pub key: String,
    /// The secret: 8 to 128 visible ASCII characters.
    #[serde(with = "at_rest")]
    pub secret: Secret,
}

impl AppKey {
    /// The id of the app key with this public text.
    #[must_use]
    pub fn id_of(key: &str) -> AppKeyId {
        AppKeyId(Id::derived("app_key", &[key.as_bytes()]))
    }

    /// Checks what its owner may choose.
    ///
    /// # Errors
    /// All complaints.
    pub fn check(&self) -> Result<(), Violations> {
        let mut violations = Violations::new();
        violations.at("/key", check_visible(&self.key, 8, 200));
        violations.at("/secret", check_secret(&self.secret, 8, 128));
        violations.or(())
    }
}

impl Record for AppKey {
    const KIND: Kind = Kind::AppKey;
    const SECRETS: &'static [&'static str] = &["/secret"];

    fn id(&self) -> Id {
        self.id.0
    }

    fn scope(&self) -> Id {
        self.app.0
    }

    fn fields(&self, fields: &mut Fields) {
        fields.unique("key", &self.key);
    }

    fn links(&self, links: &mut Links) {
        links.drop::<App>("app", self.app);
    }
}

/// A code that an app shows instead of signing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppCode {
    /// Its id. It says nothing of the code: a code that somebody chose could be guessed from a digest of it.
    pub id: AppCodeId,
    /// The app it speaks for.
    pub app: AppId,
    /// The code: 8 to 180 visible ASCII characters.
    #[serde(with = "at_rest")]
    pub code: Secret,
}

impl AppCode {
    /// Checks what its owner may choose.
    ///
    /// # Errors
    /// All complaints.
    pub fn check(&self) -> Result<(), Violations> {
        let mut violations = Violations::new();
        violations.at("/code", check_secret(&self.code, 8, 180));
        violations.or(())
    }
}

impl Record for AppCode {
    const KIND: Kind = Kind::AppCode;
    const SECRETS: &'static [&'static str] = &["/code"];

    fn id(&self) -> Id {
        self.id.0
    }

    fn scope(&self) -> Id {
        self.app.0
    }

    fn fields(&self, fields: &mut Fields) {
        fields.unique_secret("code", &self.code);
    }

    fn links(&self, links: &mut Links) {
        links.drop::<App>("app", self.app);
    }
}

fn check_visible(text: &str, min: usize, max: usize) -> Result<(), Complaint> {
    check_length(text, min, max)?;
    if text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b',') {
        return Ok(());
    }
    Err(Complaint::format(format!(
        "`{}` may hold visible ASCII characters without commas only",
        crate::name::shown(text)
    )))
}

/// The complaint never repeats the secret.
fn check_secret(secret: &Secret, min: usize, max: usize) -> Result<(), Complaint> {
    let text = secret.expose();
    if !(min..=max).contains(&text.len()) {
        return Err(Complaint::range(format!(
            "it has {} characters, but {min} to {max} are allowed",
            text.len()
        )));
    }
    if text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(());
    }
    Err(Complaint::format("it may hold visible ASCII characters only"))
}

/// A permission of an app to call an API in a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// Its id; see [`Grant::id_of`].
    pub id: GrantId,
    /// The app.
    pub app: AppId,
    /// The API.
    pub api: ApiId,
    /// The API's group.
    pub group: GroupId,
    /// The stage.
    pub stage: StageId,
    /// When it ends, in milliseconds since 1970; absent: never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
    /// What was said about it.
    #[serde(default)]
    pub remark: String,
}

impl Grant {
    /// The id of an app's grant for an API in a stage.
    #[must_use]
    pub fn id_of(app: AppId, api: ApiId, stage: StageId) -> GrantId {
        GrantId(Id::derived("grant", &[app.0.as_bytes(), api.0.as_bytes(), stage.0.as_bytes()]))
    }
}

impl Record for Grant {
    const KIND: Kind = Kind::Grant;

    fn id(&self) -> Id {
        self.id.0
    }

    fn scope(&self) -> Id {
        self.api.0
    }

    fn fields(&self, fields: &mut Fields) {
        fields
            .lookup("app", self.app.0)
            .lookup("api", self.api.0)
            .lookup("stage", self.stage.0)
            .lookup("group", self.group.0);
    }

    fn links(&self, links: &mut Links) {
        links.drop::<App>("app", self.app).drop::<Api>("api", self.api).drop::<Stage>("stage", self.stage);
    }
}

//! Puts an authority of the operator's in the place of the gateway's own.

use paifang_model::{Authority, Secret};
use paifang_store::Stored;
use serde::Deserialize;
use serde_json::json;

use super::issue;
use super::read::{self, AuthorityInfo};
use crate::action::Action;
use crate::certificate;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

/// An authority of the operator's.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AuthorityDraft {
    /// Its certificate, in PEM.
    pub certificate: String,
    /// Its key, in PEM; never shown again.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub key: Secret,
}

impl Context {
    /// Replaces the authority, and signs the certificate for subdomains anew with it. Clients that trust the old one alone
    /// stop trusting the gateway.
    ///
    /// # Errors
    /// When the caller may not, rules are broken, or someone else replaced it at the same time.
    pub async fn replace_authority(&self, draft: AuthorityDraft) -> Result<Stored<AuthorityInfo>, Error> {
        let permission = self.authorize(Action::ReplaceAuthority, &super::path()).await?;
        let now = self.control.now();
        certificate::check_authority(&draft.certificate, &draft.key, now)?;
        let AuthorityDraft { certificate, key } = draft;
        let leaf = issue::for_subdomains(&certificate, &key, self.control.subdomain_names(), now)?;
        let detail = json!({ "names": leaf.names });
        let authority = Authority { id: Authority::ID, certificate, key, leaf };
        let old = self.documents().look::<Authority>(Authority::ID).await?;
        let change = match &old {
            Some(old) => Change::new().replace(old, None, &authority),
            None => Change::new().create(&authority),
        };
        let done = permission.commit(&self.control, change.detail(detail)).await?;
        let created_at = old.map_or(done.at, |old| old.created_at);
        read::info(done.changed(created_at, authority))
    }
}

//! Makes the authority where there is none, and renews what it signed.

use paifang_model::{Authority, Leaf, Record as _};
use serde_json::json;

use super::issue::{self, Issued};
use crate::change::Change;
use crate::control::Control;
use crate::error::Error;
use crate::permission::Permission;

impl Control {
    /// Makes the authority at the first start, and renews what it signed for the subdomains when a third of its life is
    /// left, or other names are wanted. Cheap when there is nothing to do. Of several nodes that try at once, one does it.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn keep_authority(&self) -> Result<(), Error> {
        let Some(old) = self.documents().look::<Authority>(Authority::ID).await? else {
            return settled(self.make_authority().await);
        };
        let names = self.subdomain_names();
        let Leaf { not_after, names: of_old, .. } = &old.value.leaf;
        if !issue::is_due(*not_after, self.now()) && *of_old == names {
            return Ok(());
        }
        let Authority { certificate, key, .. } = &old.value;
        let leaf = issue::for_subdomains(certificate, key, names, self.now())?;
        let detail = json!({ "names": leaf.names, "not_after": leaf.not_after });
        let renewed = Authority { leaf, ..old.value.clone() };
        let change = Change::new().replace(&old, None, &renewed).detail(detail);
        let permission = Permission::system("renew_certificate", super::path());
        settled(permission.commit(self, change).await.map(drop))
    }

    async fn make_authority(&self) -> Result<(), Error> {
        let (certificate, key) = issue::authority(self.now())?;
        let leaf = issue::for_subdomains(&certificate, &key, self.subdomain_names(), self.now())?;
        let authority = Authority { id: Authority::ID, certificate, key, leaf };
        let change = Change::new()
            .create(&authority)
            .drawn(Authority::KIND.name())
            .detail(json!({ "names": authority.leaf.names }));
        Permission::system("make_authority", super::path()).commit(self, change).await.map(drop)
    }

    /// A certificate of the gateway's own authority that is kept nowhere: for the management port of this process.
    ///
    /// # Errors
    /// When the store is away, or the names are none.
    pub async fn issue_for_management(&self, names: &[String]) -> Result<Issued, Error> {
        let authority = self.documents().find::<Authority>(Authority::ID).await?;
        Issued::by(&authority.value, names, self.now())
    }

    /// The names of every node's own subdomains, and of this machine for whoever tries it there.
    pub(super) fn subdomain_names(&self) -> Vec<String> {
        let base = &self.settings().base_domain;
        let local = ["localhost", "127.0.0.1", "::1"].map(str::to_owned);
        [format!("*.{base}"), base.clone()].into_iter().chain(local).collect()
    }
}

/// Somebody who was faster has done it.
fn settled(outcome: Result<(), Error>) -> Result<(), Error> {
    match outcome {
        Err(Error::Raced(_) | Error::RevisionMismatch { .. }) => Ok(()),
        outcome => outcome,
    }
}

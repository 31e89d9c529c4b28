//! Certificates: uploaded for domains, checked before they are taken, their keys never shown again. Another text of one
//! reaches every domain that has it at once, without a handshake that fails.

mod attach;
mod create;
mod delete;
mod details;
mod inspect;
mod key;
mod list;
mod read;
mod secure;
mod update;

pub use attach::{Attachment, Unused};
pub use create::CertificateDraft;
pub use details::{CertificateDetails, DistinguishedName, KeyFamily};
pub use list::CertificateFilter;
pub use read::CertificateInfo;
pub use update::CertificatePatch;

use paifang_model::id::CertificateId;
use paifang_model::{Certificate, Domain};
use paifang_store::{Filter, Query};

use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::resource::ResourcePath;

pub(crate) use inspect::{check_authority, facts_of};

fn path(certificate: CertificateId) -> ResourcePath {
    ResourcePath::of(Noun::Certificate, certificate)
}

impl Context {
    /// The domains that have a certificate.
    async fn domains_with(&self, certificate: CertificateId) -> Result<Vec<Domain>, Error> {
        let target = paifang_model::Key::of::<Certificate>(certificate);
        let query = Query::of::<Domain>().filter(Filter::Linked("certificate", target));
        let found = self.documents().all::<Domain>(query).await?;
        Ok(found.into_iter().map(|domain| domain.value).collect())
    }
}

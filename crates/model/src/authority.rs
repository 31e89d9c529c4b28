//! The gateway's own certificate authority: what it signs with, and the certificate that it signed for its subdomains.

use serde::{Deserialize, Serialize};

use crate::id::{AuthorityId, Id};
use crate::kind::Kind;
use crate::record::{Fields, Record};
use crate::secret::Secret;

/// The gateway's own certificate authority. There is one per store, so that all nodes answer with the same certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// Its id: [`Authority::ID`].
    pub id: AuthorityId,
    /// Its certificate, in PEM.
    pub certificate: String,
    /// The key that it signs with, in PEM.
    #[serde(with = "crate::secret::at_rest")]
    pub key: Secret,
    /// What it signed for the gateway's subdomains.
    pub leaf: Leaf,
}

/// The certificate of hosts that have none of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leaf {
    /// The names that it is for.
    pub names: Vec<String>,
    /// When it ends: milliseconds since 1970.
    pub not_after: i64,
    /// The certificate, in PEM. Whoever trusts the authority needs no more of the chain.
    pub chain: String,
    /// Its key, in PEM.
    #[serde(with = "crate::secret::at_rest")]
    pub key: Secret,
}

impl Authority {
    /// The same in every store: only one can be made.
    pub const ID: AuthorityId = AuthorityId(Id::ROOT);
}

impl Record for Authority {
    const KIND: Kind = Kind::Authority;
    const SECRETS: &'static [&'static str] = &["/key", "/leaf/key"];

    fn id(&self) -> Id {
        self.id.0
    }

    fn fields(&self, _fields: &mut Fields) {}
}

//! Host names bound to a group.

mod pattern;
mod tls;

use serde::{Deserialize, Serialize};

pub use pattern::{HostPattern, PATTERNS_AT_MOST, parse_patterns};
pub use tls::{ClientCertificates, DomainTls, GroupTls, HttpVersions, PlainCalls, TlsVersions};

use crate::certificate::Certificate;
use crate::group::Group;
use crate::id::{DomainId, GroupId, Id, StageId};
use crate::kind::Kind;
use crate::name::shown;
use crate::record::{Fields, Links, Record};
use crate::stage::Stage;
use crate::violation::Complaint;

/// A host name bound to a group, for all stages or one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Domain {
    /// Its id; see [`Domain::id_of`].
    pub id: DomainId,
    /// The group.
    pub group: GroupId,
    /// The name in lower case; `*.example.com` stands for every name one level below.
    pub host: String,
    /// The only stage that it serves; absent: the caller chooses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<StageId>,
    /// How it is called over TLS.
    #[serde(default, skip_serializing_if = "DomainTls::is_default")]
    pub tls: DomainTls,
    /// Of a wildcard domain: patterns such as `{svc}.example.com`, whose placeholder plug-ins see as `Host:svc`. Of several with
    /// one name, the first counts that fits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub patterns: Vec<String>,
}

impl Domain {
    /// The id of the binding of this host name, in lower case.
    #[must_use]
    pub fn id_of(host: &str) -> DomainId {
        DomainId(Id::derived("domain", &[host.as_bytes()]))
    }
}

/// Brings a host name into the form in which it is bound: lower case, no trailing dot.
///
/// # Errors
/// A sentence, when it is not a DNS name, an IPv4 address or a wildcard one level above one.
pub fn parse_host(text: &str) -> Result<String, Complaint> {
    let host = text.strip_suffix('.').unwrap_or(text).to_ascii_lowercase();
    let name = host.strip_prefix("*.").unwrap_or(&host);
    let wrong = |why: &str| Complaint::format(format!("`{}` is not a host name: {why}", shown(text)));
    if name.is_empty() || host.len() > 253 {
        return Err(wrong("1 to 253 characters are allowed"));
    }
    for label in name.split('.') {
        check_label(label).map_err(wrong)?;
    }
    if host.starts_with("*.") && !name.contains('.') {
        return Err(wrong("a wildcard needs at least two labels below it"));
    }
    Ok(host)
}

fn check_label(label: &str) -> Result<(), &'static str> {
    if label.is_empty() || label.len() > 63 {
        return Err("a label has 1 to 63 characters");
    }
    if label.starts_with('-') || label.ends_with('-') {
        return Err("a label neither starts nor ends with `-`");
    }
    if !label.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)) {
        return Err("a label holds letters, digits, `-` and `_`");
    }
    Ok(())
}

impl Record for Domain {
    const KIND: Kind = Kind::Domain;

    fn id(&self) -> Id {
        self.id.0
    }

    fn scope(&self) -> Id {
        self.group.0
    }

    fn fields(&self, fields: &mut Fields) {
        fields.unique("host", &self.host);
    }

    fn links(&self, links: &mut Links) {
        links.drop::<Group>("group", self.group);
        if let Some(stage) = self.stage {
            links.refuse::<Stage>("stage", stage);
        }
        if let Some(certificate) = self.tls.certificate {
            links.refuse::<Certificate>("certificate", certificate);
        }
    }
}

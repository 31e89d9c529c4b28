//! Domains: further host names of a group, for all stages or fixed to one.

mod bind;
mod lead;
mod list;
mod secure;
mod unbind;
mod update;

pub use bind::DomainDraft;
pub use lead::DomainCheck;
pub use list::DomainFilter;
pub use secure::{CertificateOfDomain, check_domain_tls};
pub use update::DomainPatch;

use paifang_model::domain::parse_patterns;
use paifang_model::id::{DomainId, GroupId, StageId};
use paifang_model::{Dialect, Domain, Rule, Stage, Violations};

use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::resource::ResourcePath;

fn path(group: GroupId, domain: DomainId) -> ResourcePath {
    crate::group::path(group).then(Noun::Domain, domain)
}

fn path_of(domain: &Domain) -> ResourcePath {
    path(domain.group, domain.id)
}

/// The patterns of a domain in the form in which they are kept.
fn check_patterns(host: &str, given: &[String], violations: &mut Violations) -> Vec<String> {
    parse_patterns(host, given).unwrap_or_else(|wrong| {
        violations.nest("/patterns", wrong);
        Vec::new()
    })
}

impl Context {
    /// Checks the stage that a domain is fixed to.
    async fn check_fixed_stage(
        &self,
        stage: Option<StageId>,
        dialect: Dialect,
        violations: &mut Violations,
    ) -> Result<(), Error> {
        let Some(id) = stage else { return Ok(()) };
        match self.documents().look::<Stage>(id).await? {
            None => violations.add("/stage", Rule::Unknown, format!("there is no stage `{id}`")),
            Some(stage) if stage.value.dialect != dialect => {
                let Stage { name, dialect: other, .. } = &stage.value;
                let message =
                    format!("the stage `{name}` is for groups of {other}, and this one is of {dialect}");
                violations.add("/stage", Rule::Conflict, message);
            }
            Some(_) => {}
        }
        Ok(())
    }
}

//! Host names bound to groups.

mod certificate;
mod delete;
mod describe;
mod patterns;
mod set;

pub(crate) use certificate::{delete as delete_certificate, set as set_certificate};
pub(crate) use delete::delete;
pub(crate) use describe::{describe, of_group};
pub(crate) use patterns::set as set_patterns;
pub(crate) use set::set;

use paifang_control::Stored;
use paifang_model::Domain;
use paifang_model::domain::parse_host;
use paifang_model::id::GroupId;

use crate::call::Call;
use crate::fault::Fault;

/// The domain that `DomainName` names, if it is bound to the group.
async fn bound(call: &Call<'_>, group: GroupId) -> Result<Option<Stored<Domain>>, Fault> {
    let name = call.params.required("DomainName")?;
    let Ok(host) = parse_host(name) else { return Ok(None) };
    match call.control.read_domain(Domain::id_of(&host)).await {
        Ok(domain) if domain.value.group == group => Ok(Some(domain)),
        Ok(_) | Err(paifang_control::Error::NotFound { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

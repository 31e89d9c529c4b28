//! Finds an access by its name, or by network, instance and port.

use paifang_control::Stored;
use paifang_model::BackendAccess;
use paifang_model::definition::Scheme;

use crate::call::Call;
use crate::fault::Fault;
use crate::listing::everything;
use crate::params::Fields;

pub(crate) async fn by_name(call: &Call<'_>, name: &str) -> Result<Stored<BackendAccess>, Fault> {
    let all = everything(async |paging| call.control.list_backend_accesses(Some(name), &paging).await);
    let found = all.await?.into_iter().find(|access| access.value.name == name);
    found.ok_or_else(|| Fault::not_found("VpcAccess"))
}

/// The access that a `VpcConfig` names: by its name, its id, or by network, instance and port.
pub(crate) async fn of_config(call: &Call<'_>, vpc: &mut Fields) -> Result<Stored<BackendAccess>, Fault> {
    let (name, id) = (vpc.text("Name")?, vpc.text("VpcAccessId")?);
    let access = match (name, id) {
        (Some(name), _) if name.contains('#') => {
            let reason = "a backend service names a VPC access authorization without variables";
            return Err(Fault::unsupported("VpcConfig", &name, reason));
        }
        (Some(name), _) => by_name(call, &name).await?,
        (None, Some(id)) => {
            let id = id.parse().map_err(|_| Fault::not_found("VpcAccess"))?;
            call.control.read_backend_access(id).await?
        }
        (None, None) => {
            let (network, instance) = (vpc.required("VpcId")?, vpc.required("InstanceId")?);
            let port = vpc.number("Port")?.ok_or_else(|| Fault::missing("Port"))?;
            by_place(call, &network, &instance, port).await?
        }
    };
    if let Some(scheme) = vpc.text("VpcScheme")?
        && scheme.eq_ignore_ascii_case("HTTPS") != (access.value.scheme == Scheme::Https)
    {
        let reason = "the VPC access authorization says whether TLS is spoken";
        return Err(Fault::unsupported("VpcScheme", &scheme, reason));
    }
    Ok(access)
}

/// Control does not look accesses up by place, so that all are gone through.
pub(crate) async fn by_place(
    call: &Call<'_>,
    network: &str,
    instance: &str,
    port: u16,
) -> Result<Stored<BackendAccess>, Fault> {
    let all = everything(async |paging| call.control.list_backend_accesses(None, &paging).await).await?;
    let found = all.into_iter().find(|Stored { value: access, .. }| {
        access.network == network && access.instance == instance && access.port == port
    });
    found.ok_or_else(|| Fault::not_found("VpcAccess"))
}

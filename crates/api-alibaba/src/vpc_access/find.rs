//! Finds an access by its name, or by network, instance and port.

use paifang_control::Stored;
use paifang_model::BackendAccess;

use crate::call::Call;
use crate::fault::Fault;
use crate::listing::everything;

pub(crate) async fn by_name(call: &Call<'_>, name: &str) -> Result<Stored<BackendAccess>, Fault> {
    let all = everything(async |paging| call.control.list_backend_accesses(Some(name), &paging).await);
    let found = all.await?.into_iter().find(|access| access.value.name == name);
    found.ok_or_else(|| Fault::not_found("VpcAccess"))
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

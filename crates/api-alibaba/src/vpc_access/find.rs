//! Finds an access by its name, or by network, instance and port.

use paifang_control::{BackendAccessFilter, Paging, Stored};
use paifang_model::BackendAccess;

use crate::call::Call;
use crate::fault::Fault;
use crate::listing::readable;

pub(crate) async fn by_name(call: &Call<'_>, name: &str) -> Result<Stored<BackendAccess>, Fault> {
    let name = Some(name.to_owned());
    only(call, BackendAccessFilter { name, ..BackendAccessFilter::default() }).await
}

pub(crate) async fn by_place(
    call: &Call<'_>,
    network: &str,
    instance: &str,
    port: u16,
) -> Result<Stored<BackendAccess>, Fault> {
    let place = Some(BackendAccess::place_of(network, instance, port));
    only(call, BackendAccessFilter { place, ..BackendAccessFilter::default() }).await
}

/// Names are taken once, and so are places.
async fn only(call: &Call<'_>, filter: BackendAccessFilter) -> Result<Stored<BackendAccess>, Fault> {
    let page = call.control.list_backend_accesses(&filter, &Paging::default().limit(1)).await?;
    readable(page).into_iter().next().ok_or_else(|| Fault::not_found("VpcAccess"))
}

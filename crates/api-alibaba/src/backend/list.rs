//! `DescribeBackendList`.

use paifang_control::{BackendServiceFilter, Stored};
use paifang_model::BackendService;
use serde_json::{Value, json};

use super::{is_shown, kind_of, type_of};
use crate::call::Call;
use crate::fault::Fault;
use crate::listing::{PageNumber, everything};
use crate::params::Tags;
use crate::time;

const AT_MOST: u32 = 100;

pub(crate) async fn list(call: &Call<'_>) -> Result<Value, Fault> {
    let params = call.params;
    let page = PageNumber::of(params, AT_MOST)?;
    Tags::refuse(params, "backend services have no tags yet")?;
    let filter = BackendServiceFilter {
        name_contains: params.text("BackendName").map(str::to_owned),
        kind: params.text("BackendType").map(kind_of).transpose()?,
    };
    let mut all =
        everything(async |paging| call.control.list_backend_services(&filter, &paging).await).await?;
    all.retain(|service| is_shown(&service.value));
    Ok(page.cut(all).plain_answer("BackendInfoList", |service| {
        let mut info = info(&service);
        info["Tags"] = json!([]);
        info
    }))
}

/// A service, without its definitions.
pub(super) fn info(stored: &Stored<BackendService>) -> Value {
    let service = &stored.value;
    json!({
        "BackendId": service.id,
        "BackendName": service.name,
        "BackendType": type_of(service.kind),
        "Description": service.description,
        "CreatedTime": time::written(stored.created_at),
        "ModifiedTime": time::written(stored.updated_at),
    })
}

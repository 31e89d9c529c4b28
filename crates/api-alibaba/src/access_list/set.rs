//! `SetAccessControlListAttribute`: another name.

use paifang_control::AccessListPatch;
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::{Fault, Sent};

pub(crate) async fn set(call: &Call<'_>) -> Result<Value, Fault> {
    let name = Some(call.params.required("AclName")?.to_owned());
    let list = super::named(call).await?;
    let patch = AccessListPatch { name, ..AccessListPatch::default() };
    let changed = call.control.update_access_list(list.value.id, patch, None).await;
    changed.map_err(Fault::of(Sent::AccessList))?;
    Ok(json!({}))
}

//! `DeleteAccessControlList`: one that is not in force.

use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::{Fault, Sent};

pub(crate) async fn delete(call: &Call<'_>) -> Result<Value, Fault> {
    let list = super::named(call).await?;
    call.control.delete_access_list(list.value.id, None).await.map_err(Fault::of(Sent::AccessList))?;
    Ok(json!({}))
}

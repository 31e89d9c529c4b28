//! `DeleteSignature`.

use serde_json::{Value, json};

use super::SORT;
use crate::call::Call;
use crate::fault::{Fault, Sent};

pub(crate) async fn delete(call: &Call<'_>) -> Result<Value, Fault> {
    let id = SORT.named(call).await?.value.id;
    call.control.delete_policy(id, None).await.map_err(Fault::of(Sent::Signature))?;
    Ok(json!({}))
}

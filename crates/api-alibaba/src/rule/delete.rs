//! `Delete…`. What is bound is unbound first.

use serde_json::{Value, json};

use super::Sorted;
use crate::call::Call;
use crate::fault::Fault;

pub(crate) async fn delete<S: Sorted>(call: &Call<'_>) -> Result<Value, Fault> {
    let id = S::SORT.named(call).await?.value.id;
    call.control.delete_policy(id, None).await.map_err(Fault::of(S::SORT.sent))?;
    Ok(json!({}))
}

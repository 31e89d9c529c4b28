//! Signatures: keys with which the gateway proves to backends that a call came through it (spec: aliyun/backend-signature.md).
//! The same as a plug-in `backendSignature`.

mod create;
mod delete;
mod list;
mod modify;

pub(crate) use create::create;
pub(crate) use delete::delete;
pub(crate) use list::list;
pub(crate) use modify::modify;

use paifang_model::PolicyKind;
use paifang_model::policy::Settings;
use serde_json::Value;

use crate::call::Call;
use crate::fault::{Fault, Sent};
use crate::rule::{self, Sort};

static SORT: Sort = Sort {
    kind: PolicyKind::SignatureKey,
    noun: "Signature",
    sent: Sent::Signature,
    tells: |settings| matches!(settings, Settings::SignatureKey(_)),
    id: "SignatureId",
    name: "SignatureName",
    of_group: ["ApiSignatures", "ApiSignatureItem"],
    of_api: ["Signatures", "SignatureItem", "SignatureId", "SignatureName"],
};

pub(crate) async fn set_apis(call: &Call<'_>) -> Result<Value, Fault> {
    rule::set_apis(call, &SORT).await
}

pub(crate) async fn remove_apis(call: &Call<'_>) -> Result<Value, Fault> {
    rule::remove_apis(call, &SORT).await
}

pub(crate) async fn of_group(call: &Call<'_>) -> Result<Value, Fault> {
    rule::of_group(call, &SORT).await
}

pub(crate) async fn apis(call: &Call<'_>) -> Result<Value, Fault> {
    rule::apis_of(call, &SORT).await
}

pub(crate) async fn of_api(call: &Call<'_>) -> Result<Value, Fault> {
    rule::of_api(call, &SORT).await
}

//! Signatures: keys with which the gateway proves to backends that a call came through it (spec: aliyun/backend-signature.md).
//! The same as a plug-in `backendSignature`.

mod create;
mod list;
mod modify;

pub(crate) use create::create;
pub(crate) use list::list;
pub(crate) use modify::modify;

use paifang_model::PolicyKind;
use paifang_model::policy::Settings;

use crate::fault::Sent;
use crate::rule::{Sort, Sorted};

pub(crate) struct Signatures;

impl Sorted for Signatures {
    const SORT: &'static Sort = &SORT;
}

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

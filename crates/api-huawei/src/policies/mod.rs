//! What the interface's sorts of policies have in common: finding one, binding it to publications, and looking at that from
//! either side. What a sort is called, and how its rows look, its own module says. Spec: huawei/lifecycle.md.

mod bind;
mod bound;
mod other;
mod row;
mod unbind;

pub(crate) use bind::bind;
pub(crate) use bound::{BoundApi, BoundPolicy, apis, bindings_of, policies};
pub(crate) use other::{OtherApi, other_apis};
pub(crate) use row::{facts, outline};
pub(crate) use unbind::{to_delete, unbind, unbind_several};

use paifang_control::{Error, Stored};
use paifang_model::id::{BindingId, PolicyId};
use paifang_model::{Binding, Kind, Policy, PolicyKind};

use crate::DIALECT;
use crate::call::Call;
use crate::fault::{Code, Fault, Tongue, tell};
use crate::scope;

/// Publications or bindings of one request.
const AT_ONCE: usize = 1_000;

/// A sort of policies, as the interface knows it.
pub(crate) struct Sort {
    /// The kinds that it is made of.
    pub(crate) kinds: &'static [PolicyKind],
    /// How complaints are told.
    pub(crate) tongue: Tongue,
    /// That there is no such policy.
    pub(crate) missing: Code,
    /// That a policy is bound, and stays.
    pub(crate) bound: Code,
    /// That there are too many.
    pub(crate) too_many: Code,
    /// That there is no such binding.
    pub(crate) not_bound: Code,
    /// What lists of bindings call a policy's id.
    pub(crate) id: &'static str,
    /// What they call its name.
    pub(crate) name: &'static str,
    /// The ids of bindings that are to go.
    pub(crate) bindings: &'static str,
}

impl Sort {
    /// Whether a policy is one of these.
    pub(crate) fn has(&self, policy: &Policy) -> bool {
        policy.dialect == DIALECT && self.kinds.contains(&policy.kind)
    }

    /// The policy with an id that was sent.
    pub(crate) async fn found(
        &'static self,
        call: &Call,
        parameter: &str,
        text: &str,
    ) -> Result<Stored<Policy>, Fault> {
        let id: PolicyId = scope::id(parameter, text)?;
        let policy = call.context.read_policy(id).await.map_err(|error| self.fault(error))?;
        if self.has(&policy.value) { Ok(policy) } else { Err(about(self.missing, text)) }
    }

    /// The binding with an id that was sent.
    async fn binding(&'static self, call: &Call, parameter: &str, text: &str) -> Result<Binding, Fault> {
        let id: BindingId = scope::id(parameter, text)?;
        let binding = call.context.read_binding(id).await.map_err(|error| self.fault(error))?.value;
        let policy = call.context.read_policy(binding.policy).await.map_err(|error| self.fault(error))?;
        if self.has(&policy.value) { Ok(binding) } else { Err(about(self.not_bound, text)) }
    }

    /// An error in this sort's own codes.
    pub(crate) fn fault(&'static self, error: Error) -> Fault {
        match error {
            Error::NotFound { kind: Kind::Policy, id } => about(self.missing, &id),
            Error::NotFound { kind: Kind::Binding, id } => about(self.not_bound, &id),
            Error::InUse { key, .. } if key.kind == Kind::Policy => about(self.bound, &key.id.to_string()),
            Error::QuotaExceeded { kind: Kind::Policy, limit } => {
                self.too_many.with(format!("limit:{limit}"))
            }
            error => tell(&self.tongue)(error),
        }
    }
}

fn about(code: Code, id: &str) -> Fault {
    code.with(format!("id:{}", paifang_model::name::shown(id)))
}

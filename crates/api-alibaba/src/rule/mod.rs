//! The older sorts of policies, which have operations of their own: traffic control, IP control, signatures. Each is the same
//! object as a plug-in of its type ([decision 0027](../../../../docs/decisions/0027-older-policies-are-plug-ins.md)). What the
//! sorts have in common is here; how their settings are told, their own modules say.

mod bind;
mod bound;
mod data;
mod delete;

pub(crate) use bind::{remove_apis, set_apis};
pub(crate) use bound::{apis_of, of_api, of_group};
pub(crate) use data::{members, text};
pub(crate) use delete::delete;

use std::collections::HashSet;

use paifang_control::{BindingFilter, PolicyFilter, Stored};
use paifang_model::id::PolicyId;
use paifang_model::policy::Settings;
use paifang_model::{Binding, Policy, PolicyKind};

use crate::call::{Call, DIALECT};
use crate::fault::{Fault, Sent};
use crate::listing::everything;

/// The most rows of a page.
pub(crate) const AT_MOST: u32 = 100;

/// Operations that all sorts have are given the sort as a type.
pub(crate) trait Sorted {
    const SORT: &'static Sort;
}

/// A sort of policies, as its operations know it.
pub(crate) struct Sort {
    pub(crate) kind: PolicyKind,
    /// What it is called in codes.
    pub(crate) noun: &'static str,
    /// Where complaints about what was sent point.
    pub(crate) sent: Sent,
    /// Whether its operations can tell what the settings say; a plug-in may say more.
    pub(crate) tells: fn(&Settings) -> bool,
    /// What a policy's id is called.
    pub(crate) id: &'static str,
    /// What its name is called.
    pub(crate) name: &'static str,
    /// The list of a group's APIs with their policies, and one of its rows.
    pub(crate) of_group: [&'static str; 2],
    /// The list of an API's policies, one of its rows, and id and name in it.
    pub(crate) of_api: [&'static str; 4],
}

impl Sort {
    /// The policy that the parameter for its id names.
    pub(crate) async fn named(&self, call: &Call<'_>) -> Result<Stored<Policy>, Fault> {
        let id = PolicyId(call.params.required_id(self.id, self.noun)?);
        let policy = call.control.read_policy(id).await.map_err(Fault::of(self.sent))?;
        if self.has(&policy.value) { Ok(policy) } else { Err(Fault::not_found(self.noun)) }
    }

    /// All policies of the sort; those that the parameters for id and name fit, where they are there.
    pub(crate) async fn list(&self, call: &Call<'_>) -> Result<Vec<Stored<Policy>>, Fault> {
        let filter = PolicyFilter {
            dialect: Some(DIALECT),
            kind: Some(self.kind),
            name_contains: call.params.text(self.name).map(str::to_owned),
            ..PolicyFilter::default()
        };
        let mut all = everything(async |paging| call.control.list_policies(&filter, &paging).await).await?;
        let id = call.params.text(self.id);
        all.retain(|policy| self.has(&policy.value) && id.is_none_or(|id| policy.value.id.to_string() == id));
        Ok(all)
    }

    /// The policies that are bound where `filter` says.
    pub(crate) async fn bound_by(
        &self,
        call: &Call<'_>,
        filter: BindingFilter,
    ) -> Result<HashSet<PolicyId>, Fault> {
        Ok(self.bindings(call, filter).await?.into_iter().map(|binding| binding.value.policy).collect())
    }

    async fn bindings(&self, call: &Call<'_>, filter: BindingFilter) -> Result<Vec<Stored<Binding>>, Fault> {
        let filter = BindingFilter { kind: Some(self.kind), ..filter };
        Ok(everything(async |paging| call.control.list_bindings(filter, &paging).await).await?)
    }

    fn has(&self, policy: &Policy) -> bool {
        let told = || policy.read().is_ok_and(|settings| (self.tells)(&settings));
        policy.dialect == DIALECT && policy.kind == self.kind && told()
    }
}

//! Policies and their bindings. Both are live: a change reaches callers at once. Settings are kept as they were given
//! and judged by the kind's own rules, which are the model's.

mod bind;
mod bind_group;
mod bindings;
mod check;
mod check_pages;
mod check_secret;
mod create;
mod delete;
mod edit;
mod group_bindings;
mod list;
mod read;
mod reveal;
mod special;
mod unbind;
mod update;

pub use bind::BindTarget;
pub use bind_group::GroupTarget;
pub use bindings::BindingFilter;
pub use create::PolicyDraft;
pub use group_bindings::GroupBindingFilter;
pub use list::PolicyFilter;
pub use special::SpecialDraft;
pub use update::PolicyPatch;

use paifang_model::id::PolicyId;

use paifang_model::Policy;
use paifang_store::Stored;

use crate::noun::Noun;
use crate::resource::ResourcePath;

/// Bindings made or taken away in one call (spec: huawei/lifecycle.md, batch operations).
const AT_ONCE: usize = 1_000;

/// A policy as it is shown: a secret is shown only to whoever asks for it.
fn without_secret(mut policy: Stored<Policy>) -> Stored<Policy> {
    policy.value.secret = None;
    policy
}

fn path(policy: PolicyId) -> ResourcePath {
    ResourcePath::of(Noun::Policy, policy)
}

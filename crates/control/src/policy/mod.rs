//! Policies and their bindings. Both are live: a change reaches callers at once. Settings are kept as they were given
//! and judged by the kind's own rules, which are the model's.

mod bind;
mod bindings;
mod check;
mod create;
mod delete;
mod list;
mod read;
mod special;
mod unbind;
mod update;

pub use bind::BindTarget;
pub use bindings::BindingFilter;
pub use create::PolicyDraft;
pub use list::PolicyFilter;
pub use special::SpecialDraft;
pub use update::PolicyPatch;

use paifang_model::id::PolicyId;

use crate::noun::Noun;
use crate::resource::ResourcePath;

/// Bindings made or taken away in one call (spec: huawei/lifecycle.md, batch operations).
const AT_ONCE: usize = 1_000;

fn path(policy: PolicyId) -> ResourcePath {
    ResourcePath::of(Noun::Policy, policy)
}

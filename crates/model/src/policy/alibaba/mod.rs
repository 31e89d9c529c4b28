//! Alibaba Cloud's policies, which it calls plug-ins (spec: aliyun/plugins.md).

pub mod condition;
mod variable;

pub use condition::Condition;
pub use variable::{Place, Variable, Variables};

//! Alibaba Cloud's policies, which it calls plug-ins (spec: aliyun/plugins.md).

mod backend_signature;
pub mod condition;
pub(super) mod cors;
mod data;
mod ip_control;
mod traffic_control;
mod variable;

pub(super) use backend_signature::read as read_signature_key;
pub use condition::Condition;
pub use cors::{Cors, Origin, Origins};
pub(super) use data::read as read_data;
pub use data::read_text;
pub use ip_control::IpControl;
pub use traffic_control::{
    Algorithm, DefaultLimit, ParameterRule, PerCaller, SPECIALS_AT_MOST, Scope, SpecialNumber, TrafficControl,
};
pub use variable::{Place, Variable, Variables};

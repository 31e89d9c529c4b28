//! How the outside of a group looks: the few rules that really differ between the two clouds.

mod alibaba;
mod huawei;
mod system;

use serde::{Deserialize, Serialize};

pub use system::SystemValue;

use crate::definition::{BackendParameter, Parameter, Protocol};
use crate::name::NameRule;
use crate::violation::Complaint;

/// Whose conventions a group follows; chosen when the group is made, never changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Dialect {
    /// Alibaba Cloud API Gateway.
    Alibaba,
    /// Huawei Cloud APIG.
    Huawei,
}

impl Dialect {
    /// Both dialects.
    pub const ALL: [Self; 2] = [Self::Alibaba, Self::Huawei];

    /// Its name in settings, logs and the native interface.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Alibaba => "alibaba",
            Self::Huawei => "huawei",
        }
    }

    /// Its rules.
    #[must_use]
    pub const fn rules(self) -> &'static Rules {
        match self {
            Self::Alibaba => &alibaba::RULES,
            Self::Huawei => &huawei::RULES,
        }
    }
}

impl std::fmt::Display for Dialect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// What differs, as a table.
#[derive(Debug)]
pub struct Rules {
    /// Rules for names.
    pub names: Names,
    /// What a variable's value may be: what can stand in an address or a path.
    pub variable_value: NameRule,
    /// Longest texts, in characters.
    pub texts: Texts,
    /// Stages that exist from the start.
    pub built_in_stages: &'static [&'static str],
    /// How many stages there may be, built-in ones included.
    pub stages_at_most: u64,
    /// Whether stage names are compared without regard to case.
    pub stages_ignore_case: bool,
    /// Whether policies are bound only where the API is online.
    pub bindings_need_deployment: bool,
    /// Whether APIs of one path have one policy `cors` between them, and none beside an API with the method OPTIONS.
    pub one_cors_per_path: bool,
    /// Whether policies may be bound to whole groups.
    pub group_bindings: bool,
    /// Whether APIs may use backend services, and stages have their definitions.
    pub backend_services: bool,
    /// Whether APIs may have backend policies.
    pub backend_policies: bool,
    /// The characters around a path parameter's name.
    pub path_brackets: (char, char),
    /// How many versions of an API are kept per stage.
    pub versions_kept: u64,
    /// How many codes an app may have.
    pub app_codes_at_most: u64,
    /// How many tags an API may have.
    pub tags_at_most: usize,
    /// Protocols that an API may offer.
    pub protocols: &'static [Protocol],
    /// Whether a request parameter may have its name at its place, beyond the rule for its characters.
    pub parameter_allowed: fn(&Parameter) -> Result<(), Complaint>,
    /// Whether a backend parameter may have its name at its place.
    pub backend_parameter_allowed: fn(&BackendParameter) -> Result<(), Complaint>,
}

/// Rules for names, by noun.
#[derive(Debug)]
pub struct Names {
    /// Of a group.
    pub group: NameRule,
    /// Of an API.
    pub api: NameRule,
    /// Of a stage that is not built in.
    pub stage: NameRule,
    /// Of a request parameter.
    pub parameter: NameRule,
    /// Of a variable.
    pub variable: NameRule,
    /// Of a policy.
    pub policy: NameRule,
}

/// The most characters that a text may have; of samples and settings, the most bytes.
#[derive(Debug)]
pub struct Texts {
    /// Description of a group.
    pub group_description: usize,
    /// Description of a stage.
    pub stage_description: usize,
    /// Description of an API.
    pub api_description: usize,
    /// Remark of a deployment.
    pub remark: usize,
    /// Remark of a policy.
    pub policy_remark: usize,
    /// Settings of a policy as JSON, in bytes.
    pub policy_settings: usize,
    /// Sample of an answer when all is well, in bytes.
    pub sample: usize,
    /// Sample of an answer when something failed, in bytes.
    pub failure_sample: usize,
    /// Constant for a backend parameter.
    pub constant: usize,
}

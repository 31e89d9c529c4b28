//! What the operator decides and this crate needs to know.

use paifang_model::limits::Profile;

/// The operator's decisions.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The domain below which every group has its subdomain, in lower case.
    pub base_domain: String,
    /// The region this gateway says it is in.
    pub region: String,
    /// Whose limits apply.
    pub profile: Profile,
    /// What hashing a password costs.
    pub password_cost: PasswordCost,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            base_domain: "apis.localhost".to_owned(),
            region: "local".to_owned(),
            profile: Profile::Own,
            password_cost: PasswordCost::default(),
        }
    }
}

/// What hashing a password costs, in the terms of argon2id (RFC 9106 §3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordCost {
    /// Memory, in KiB: at least 8.
    pub memory_kib: u32,
    /// Passes over the memory: at least 1.
    pub passes: u32,
}

impl PasswordCost {
    /// As little as argon2id allows; for tests.
    pub const LEAST: Self = Self { memory_kib: 8, passes: 1 };
}

impl Default for PasswordCost {
    /// 19 MiB and 2 passes (OWASP Password Storage Cheat Sheet, argon2id).
    fn default() -> Self {
        Self { memory_kib: 19 * 1024, passes: 2 }
    }
}

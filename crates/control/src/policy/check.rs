//! Whether a policy may stand: the model's rules, the quotas, and what the settings name.

use std::collections::HashSet;

use paifang_model::limits::Limits;
use paifang_model::policy::Settings;
use paifang_model::{Key, Policy, Rule, Violations};

use crate::control::Context;
use crate::error::Error;

impl Context {
    /// All complaints about a policy at once. What the one before it named already need not be there any more.
    pub(super) async fn check_policy(&self, policy: &Policy, before: Option<&Policy>) -> Result<(), Error> {
        let limits = self.control.limits(policy.dialect).await?;
        let settings = match policy.check() {
            Ok(settings) => settings,
            Err(violations) => return Err(complain_within(policy, &limits, violations)),
        };
        let mut violations = Violations::new();
        violations.nest("/settings", within(&settings, &limits));
        let known: HashSet<Key> =
            before.and_then(|before| before.read().ok()).as_ref().map(keys).unwrap_or_default();
        for (pointer, key) in settings.named() {
            if !known.contains(&key) && !self.documents().is_there(key).await? {
                let message = format!("there is no {} `{}`", key.kind, key.id);
                violations.add(format!("/settings{pointer}"), Rule::Unknown, message);
            }
        }
        Ok(violations.or(())?)
    }
}

/// Where the settings are fine by themselves, the limits may still have something to say.
fn complain_within(policy: &Policy, limits: &Limits, mut violations: Violations) -> Error {
    if let Ok(settings) = policy.read() {
        violations.nest("/settings", within(&settings, limits));
    }
    violations.into()
}

fn within(settings: &Settings, limits: &Limits) -> Violations {
    settings.check_within(limits).err().unwrap_or_default()
}

fn keys(settings: &Settings) -> HashSet<Key> {
    settings.named().into_iter().map(|(_, key)| key).collect()
}

//! Whether a definition may stand: the model's rules, the profile's limits, what it names, and whether it would run.

use paifang_model::definition::{Backend, HttpBackend};
use paifang_model::{BackendAccess, Channel, Definition, Dialect, Rule, Violations};

use crate::control::Control;
use crate::error::Error;

impl Control {
    /// All complaints about a definition at once.
    pub(super) async fn check_definition(
        &self,
        definition: &Definition,
        dialect: Dialect,
    ) -> Result<(), Error> {
        let mut violations = definition.check(dialect).err().unwrap_or_default();
        self.check_timeout(definition, dialect, &mut violations);
        self.check_runs(definition, dialect, &mut violations).await?;
        Ok(without_repeats(violations).or(())?)
    }

    /// Whether a definition that was fine when it was frozen would run today; rules may have changed since.
    pub(super) async fn check_frozen(&self, definition: &Definition, dialect: Dialect) -> Result<(), Error> {
        let mut violations = Violations::new();
        self.check_runs(definition, dialect, &mut violations).await?;
        Ok(violations.or(())?)
    }

    /// The model has its own bound; a profile may set less.
    fn check_timeout(&self, definition: &Definition, dialect: Dialect, violations: &mut Violations) {
        let at_most = self.limits(dialect).backend_timeout_ms;
        if let Backend::Http(HttpBackend { timeout_ms, .. }) = definition.backend
            && timeout_ms > at_most
            && !violations.iter().any(|violation| violation.pointer == "/backend/timeout_ms")
        {
            let message = format!("{timeout_ms} ms is out of range: 1 to {at_most} are allowed");
            violations.add("/backend/timeout_ms", Rule::Range, message);
        }
    }

    async fn check_runs(
        &self,
        definition: &Definition,
        dialect: Dialect,
        violations: &mut Violations,
    ) -> Result<(), Error> {
        violations.nest("", self.checker().check(definition, dialect).err().unwrap_or_default());
        if let Some(access) = definition.access()
            && self.documents().look::<BackendAccess>(access).await?.is_none()
        {
            let message = format!("there is no backend access `{access}`");
            violations.add("/backend/to/access", Rule::Unknown, message);
        }
        if let Some(channel) = definition.channel()
            && self.documents().look::<Channel>(channel).await?.is_none()
        {
            violations.add("/backend/to/channel", Rule::Unknown, format!("there is no channel `{channel}`"));
        }
        Ok(())
    }
}

/// The data plane may complain about what the model has complained about already.
fn without_repeats(violations: Violations) -> Violations {
    let mut distinct = Violations::new();
    for violation in violations.into_vec() {
        if !distinct.iter().any(|known| *known == violation) {
            distinct.add(violation.pointer, violation.rule, violation.message);
        }
    }
    distinct
}

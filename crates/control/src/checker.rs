//! The question "would this run?", which the data plane answers and this crate only asks.

use paifang_model::{Definition, Dialect, Violations};

/// Tells whether the data plane could compile a definition: its regular expressions, its schemas.
pub trait Checker: Send + Sync {
    /// Tries to compile a definition; one that breaks the model's own rules may come along too.
    ///
    /// # Errors
    /// All complaints, with pointers into the definition.
    fn check(&self, definition: &Definition, dialect: Dialect) -> Result<(), Violations>;
}

/// Accepts every definition; for tests, and where nothing is served.
#[derive(Debug, Clone, Copy, Default)]
pub struct AcceptAll;

impl Checker for AcceptAll {
    fn check(&self, _definition: &Definition, _dialect: Dialect) -> Result<(), Violations> {
        Ok(())
    }
}

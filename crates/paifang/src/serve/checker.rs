//! "Would this run?", asked by the control plane and answered by the data plane's own compiler.

use paifang_control::Checker;
use paifang_model::{Definition, Dialect, Violations};

/// The data plane's compiler.
#[derive(Debug, Clone, Copy)]
pub(super) struct Compiler;

impl Checker for Compiler {
    fn check(&self, definition: &Definition, dialect: Dialect) -> Result<(), Violations> {
        paifang_proxy::check(definition, dialect)
    }
}

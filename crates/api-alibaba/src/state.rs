//! What all handlers share.

use std::sync::Arc;

use paifang_control::{Clock, Control};

use crate::caller::Nonces;

/// What all handlers share. Cheap to clone.
#[derive(Clone)]
pub struct AlibabaState(Arc<Inner>);

struct Inner {
    control: Control,
    clock: Arc<dyn Clock>,
    nonces: Nonces,
}

impl AlibabaState {
    /// Over one control. Nonces are remembered by this value, so that each node refuses what it has seen itself.
    #[must_use]
    pub fn new(control: Control, clock: Arc<dyn Clock>) -> Self {
        Self(Arc::new(Inner { control, clock, nonces: Nonces::default() }))
    }

    pub(crate) fn control(&self) -> &Control {
        &self.0.control
    }

    /// Milliseconds since 1970.
    pub(crate) fn now(&self) -> i64 {
        self.0.clock.now()
    }

    pub(crate) fn nonces(&self) -> &Nonces {
        &self.0.nonces
    }
}

//! What all handlers share.

use std::sync::Arc;

use paifang_control::{Clock, Control};

use crate::port::{Debugger, Health};

/// What all handlers share. Cheap to clone.
#[derive(Clone)]
pub struct HuaweiState(Arc<Inner>);

struct Inner {
    control: Control,
    clock: Arc<dyn Clock>,
    debugger: Arc<dyn Debugger>,
    health: Arc<dyn Health>,
    settings: HuaweiSettings,
}

/// What the operator decides and this interface shows.
#[derive(Debug, Clone)]
pub struct HuaweiSettings {
    /// The only project there is; paths name it.
    pub project: String,
    /// The only instance there is; paths name it.
    pub instance: String,
    /// The gateway's version, as instance details tell it.
    pub version: String,
}

impl HuaweiState {
    /// Over one control, with what the data plane offers.
    #[must_use]
    pub fn new(
        control: Control,
        clock: Arc<dyn Clock>,
        debugger: Arc<dyn Debugger>,
        health: Arc<dyn Health>,
        settings: HuaweiSettings,
    ) -> Self {
        Self(Arc::new(Inner { control, clock, debugger, health, settings }))
    }

    pub(crate) fn control(&self) -> &Control {
        &self.0.control
    }

    /// Milliseconds since 1970.
    pub(crate) fn now(&self) -> i64 {
        self.0.clock.now()
    }

    pub(crate) fn debugger(&self) -> &dyn Debugger {
        &*self.0.debugger
    }

    pub(crate) fn health(&self) -> &dyn Health {
        &*self.0.health
    }

    pub(crate) fn settings(&self) -> &HuaweiSettings {
        &self.0.settings
    }
}

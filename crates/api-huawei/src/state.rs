//! What all handlers share.

use std::sync::Arc;

use paifang_control::{Clock, Control};

use crate::port::Debugger;

/// What all handlers share. Cheap to clone.
#[derive(Clone)]
pub struct HuaweiState(Arc<Inner>);

struct Inner {
    control: Control,
    clock: Arc<dyn Clock>,
    debugger: Arc<dyn Debugger>,
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
        settings: HuaweiSettings,
    ) -> Self {
        Self(Arc::new(Inner { control, clock, debugger, settings }))
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

    pub(crate) fn settings(&self) -> &HuaweiSettings {
        &self.0.settings
    }
}

//! What all handlers share.

use std::sync::Arc;

use paifang_control::{Clock, Control};

use crate::caller::Sessions;
use crate::port::{Debugger, Observer};

/// What all handlers share. Cheap to clone.
#[derive(Clone)]
pub struct NativeState(Arc<Inner>);

struct Inner {
    control: Control,
    clock: Arc<dyn Clock>,
    debugger: Arc<dyn Debugger>,
    observer: Arc<dyn Observer>,
    sessions: Sessions,
    settings: NativeSettings,
}

/// What the operator decides and only this interface needs to know.
#[derive(Debug, Clone)]
pub struct NativeSettings {
    /// How browsers reach the management port.
    pub transport: Transport,
    /// The version that `/api/v1/status` tells.
    pub version: String,
}

/// How browsers reach the management port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// In plain text, on a loopback address.
    Plain,
    /// Over TLS: cookies are sent over nothing else.
    Tls,
}

impl NativeState {
    /// Over one control, with what the data plane offers. Sessions end with this value.
    #[must_use]
    pub fn new(
        control: Control,
        clock: Arc<dyn Clock>,
        debugger: Arc<dyn Debugger>,
        observer: Arc<dyn Observer>,
        settings: NativeSettings,
    ) -> Self {
        let sessions = Sessions::new(Arc::clone(&clock));
        Self(Arc::new(Inner { control, clock, debugger, observer, sessions, settings }))
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

    pub(crate) fn observer(&self) -> &dyn Observer {
        &*self.0.observer
    }

    pub(crate) fn sessions(&self) -> &Sessions {
        &self.0.sessions
    }

    pub(crate) fn settings(&self) -> &NativeSettings {
        &self.0.settings
    }
}

/// Whose connection a request came on: an extension of requests, where the server knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer(pub std::net::SocketAddr);

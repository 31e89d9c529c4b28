//! A gateway that serves: its parts, and the port at which it is managed.

use anyhow::{Context as _, Result};
use tracing::error;

use super::ground::Ground;
use super::management::{self, Management, PortSettings};
use super::parts::Parts;
use crate::settings::Settings;

/// A gateway that serves.
pub(super) struct Serving {
    pub(super) parts: Parts,
    /// None while another process is managed, or is about to be.
    management: Option<Management>,
    settings: PortSettings,
}

impl Serving {
    /// Parts that are not managed yet.
    pub(super) fn new(parts: Parts, settings: &Settings) -> Self {
        Self { parts, management: None, settings: PortSettings::of(settings) }
    }

    /// Begins to be managed.
    pub(super) fn manage(&mut self, ground: &Ground) -> Result<()> {
        let socket = ground.listeners.management.try_clone().context("taking the management port")?;
        self.management = Some(management::start(socket, &self.parts, &self.settings)?);
        Ok(())
    }

    /// Changes nothing from now on, and serves on: another process is about to take over.
    pub(super) async fn lay_down(&mut self) {
        self.stop_management().await;
        self.parts.lay_down().await;
    }

    /// Takes up again what was laid down; nothing where nothing was.
    pub(super) async fn take_up(&mut self, ground: &Ground) {
        self.parts.take_up().await;
        if self.management.is_none()
            && let Err(error) = self.manage(ground)
        {
            error!("The gateway serves, and is not managed: {error:#}");
        }
    }

    pub(super) async fn stop_management(&mut self) {
        if let Some(management) = self.management.take() {
            management.stop().await;
        }
    }
}

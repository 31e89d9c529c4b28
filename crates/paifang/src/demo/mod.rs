//! `serve --demo`: a service, APIs in front of it, an app that may call them, and lines to paste.

mod lines;
mod publish;
mod scene;
mod service;

use std::net::SocketAddr;
use std::path::Path;

use anyhow::{Result, ensure};
use paifang_control::Context;

use crate::serve::authority;

/// A demo that is published.
pub(crate) struct Demo {
    caller: publish::Caller,
    https: Option<SocketAddr>,
}

impl Demo {
    /// Starts the service and publishes it.
    ///
    /// # Errors
    /// When calls to `localhost` would not arrive, or something cannot be made.
    pub(crate) async fn start(
        context: &Context,
        http: SocketAddr,
        https: Option<SocketAddr>,
    ) -> Result<Self> {
        let ip = http.ip();
        ensure!(
            ip.is_unspecified() || ip == std::net::Ipv4Addr::LOCALHOST,
            "the demo is called at localhost and 127.0.0.1, where --http {http} does not listen"
        );
        let service = service::start().await?;
        Ok(Self { caller: publish::publish(context, service).await?, https })
    }

    /// What is printed once it is served.
    pub(crate) fn lines(&self, http: SocketAddr, data_dir: &Path) -> Result<String> {
        let secured = self.https.map(|https| lines::secured(https, &authority::path(data_dir)));
        lines::lines(http, &secured.unwrap_or_default(), &self.caller)
    }
}

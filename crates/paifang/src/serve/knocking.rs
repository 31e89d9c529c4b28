//! Connections as calls make them, for whoever asks whether one comes about.

use std::sync::Weak;

use async_trait::async_trait;
use paifang_control::Knocker;
use paifang_proxy::Gateway;

/// The data plane, as long as it is there.
pub(super) struct Knocking(pub(super) Weak<Gateway>);

#[async_trait]
impl Knocker for Knocking {
    async fn knock(&self, host: &str, port: u16) -> Result<(), String> {
        let gateway = self.0.upgrade().ok_or("the gateway is ending")?;
        gateway.knock(host, port).await.map_err(String::from)
    }
}

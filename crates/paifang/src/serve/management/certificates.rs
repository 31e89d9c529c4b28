//! Certificates of the management port, signed by the gateway's own authority for the address that is called. They are kept
//! nowhere and soon made anew, so that they never end and a new authority is followed.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use paifang_control::Control;
use paifang_wire::{HttpVersions, TlsServer, TlsServerSettings, TlsVersions};
use tokio_rustls::rustls::ServerConfig;

/// How long one is used.
const USED: Duration = Duration::from_secs(3600);

/// Addresses of this machine that are remembered.
const ADDRESSES: usize = 64;

/// Certificates by the address that is called.
pub(super) struct Certificates {
    control: Control,
    machine: String,
    made: Mutex<HashMap<IpAddr, (Instant, Arc<ServerConfig>)>>,
}

impl Certificates {
    /// Of a machine with this name.
    pub(super) fn new(control: Control, machine: String) -> Self {
        Self { control, machine, made: Mutex::default() }
    }

    /// What answers whoever calls this address of ours.
    ///
    /// # Errors
    /// When the store is away and none is there from before, or the authority cannot sign.
    pub(super) async fn of(&self, address: IpAddr) -> Result<Arc<ServerConfig>> {
        let address = address.to_canonical();
        let before = self.made().get(&address).map(|(at, config)| (at.elapsed(), Arc::clone(config)));
        if let Some((age, config)) = &before
            && *age < USED
        {
            return Ok(Arc::clone(config));
        }
        match (self.make(address).await, before) {
            (Ok(config), _) => {
                let mut made = self.made();
                if made.len() >= ADDRESSES {
                    made.clear();
                }
                made.insert(address, (Instant::now(), Arc::clone(&config)));
                Ok(config)
            }
            // It is good for months.
            (Err(_), Some((_, config))) => Ok(config),
            (Err(error), None) => Err(error),
        }
    }

    async fn make(&self, address: IpAddr) -> Result<Arc<ServerConfig>> {
        let mut names = vec![address.to_string(), "localhost".to_owned()];
        // Not every name of a machine can stand in a certificate.
        names.extend(paifang_model::domain::parse_host(&self.machine).ok());
        let issued = self.control.issue_for_management(&names).await.context("signing a certificate")?;
        let server = TlsServer::new(&TlsServerSettings {
            chain: &issued.chain,
            key: issued.key.expose(),
            client_authority: None,
            versions: TlsVersions::Tls12And13,
            // What serves this port speaks nothing else.
            http: HttpVersions::Http1,
            policy: 0,
        })?;
        Ok(Arc::clone(server.config()))
    }

    fn made(&self) -> std::sync::MutexGuard<'_, HashMap<IpAddr, (Instant, Arc<ServerConfig>)>> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

//! The question "does this name lead here?", which the world's DNS answers and this crate only asks.

use async_trait::async_trait;

/// Tells whether a host's DNS leads to a group.
#[async_trait]
pub trait DomainCheck: Send + Sync {
    /// Whether calls to a host, which may be a wildcard, arrive where those to the group's subdomain do.
    ///
    /// # Errors
    /// A sentence that says what the DNS answers instead, or that it does not answer.
    async fn leads_to(&self, host: &str, subdomain: &str) -> Result<(), String>;
}

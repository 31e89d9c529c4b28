//! Whether a domain's DNS leads here: by aliases (CNAME) to its group's subdomain, or to the addresses that this has.

use std::collections::BTreeSet;
use std::net::IpAddr;

use anyhow::Result;
use async_trait::async_trait;
use hickory_resolver::TokioResolver;
use hickory_resolver::proto::rr::{RData, RecordType};
use paifang_control::DomainCheck;

/// Aliases that are followed one after the other; resolvers give up sooner.
const ALIASES_AT_MOST: usize = 10;

/// Stands for every name below a wildcard.
const ANY_LABEL: &str = "paifang-check";

/// The DNS.
#[derive(Debug)]
pub(super) struct Dns(TokioResolver);

impl Dns {
    /// As the system is set up to ask it.
    ///
    /// # Errors
    /// When the system's settings cannot be read.
    pub(super) fn of_system() -> Result<Self> {
        Ok(Self(TokioResolver::builder_tokio()?.build()?))
    }

    /// What a name is an alias of.
    async fn alias(&self, name: &str) -> Option<String> {
        let answer = self.0.lookup(format!("{name}."), RecordType::CNAME).await.ok()?;
        answer.answers().iter().find_map(|record| match &record.data {
            RData::CNAME(target) => Some(target.0.to_utf8().trim_end_matches('.').to_ascii_lowercase()),
            _ => None,
        })
    }

    async fn addresses(&self, name: &str) -> BTreeSet<IpAddr> {
        let answer = self.0.lookup_ip(format!("{name}.")).await;
        answer.map(|answer| answer.iter().collect()).unwrap_or_default()
    }
}

#[async_trait]
impl DomainCheck for Dns {
    async fn leads_to(&self, host: &str, subdomain: &str) -> Result<(), String> {
        let asked = host.replacen('*', ANY_LABEL, 1);
        let mut name = asked.clone();
        for _ in 0..ALIASES_AT_MOST {
            let Some(alias) = self.alias(&name).await else { break };
            if alias.eq_ignore_ascii_case(subdomain) {
                return Ok(());
            }
            name = alias;
        }
        let (there, here) = (self.addresses(&asked).await, self.addresses(subdomain).await);
        if !there.is_empty() && there.is_subset(&here) {
            return Ok(());
        }
        Err(elsewhere(&asked, &name, &there, subdomain))
    }
}

fn elsewhere(asked: &str, alias: &str, there: &BTreeSet<IpAddr>, subdomain: &str) -> String {
    let wanted = format!("it must be an alias (CNAME) of `{subdomain}`, or have its addresses");
    if alias != asked {
        return format!("`{asked}` is an alias of `{alias}` in the DNS; {wanted}");
    }
    let addresses: Vec<String> = there.iter().map(ToString::to_string).collect();
    match addresses.is_empty() {
        true => format!("`{asked}` is not in the DNS; {wanted}"),
        false => format!("`{asked}` has {} in the DNS; {wanted}", addresses.join(", ")),
    }
}

#[cfg(test)]
mod tests;

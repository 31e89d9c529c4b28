//! Which group answers for a host, and with which certificate.

use std::sync::Arc;

use paifang_model::domain::{GroupTls, HostPattern};
use paifang_model::id::GroupId;
use paifang_model::kind::Kind;
use paifang_model::{Authority, Certificate, Domain, DomainTls, Group};

use super::super::HostEntry;
use super::Builder;
use crate::config::{Change, Document};

impl Builder {
    pub(super) fn apply_hosts(&mut self, change: &Change) {
        match change {
            Change::Put(Document::Group(group)) => {
                self.put_subdomain(group);
                self.put_domains_of(group);
            }
            Change::Put(Document::Domain(domain)) => {
                self.put_domain(domain);
            }
            Change::Put(Document::Certificate(certificate)) => self.put_certificate(certificate),
            Change::Put(Document::Authority(authority)) => self.put_authority(Some(authority)),
            Change::Delete(key) if key.kind == Kind::Group => {
                if let Some(group) = self.documents.groups.get(&GroupId(key.id)) {
                    self.next.hosts.remove(group.subdomain.to_ascii_lowercase().as_str());
                }
            }
            Change::Delete(key) if key.kind == Kind::Certificate => self.tls.forget(key.id.into()),
            Change::Delete(key) if key.kind == Kind::Authority => self.put_authority(None),
            Change::Delete(key) if key.kind == Kind::Domain => {
                if let Some(domain) = self.documents.domains.remove(&key.id.into()) {
                    self.next.hosts.remove(domain.host.as_str());
                }
            }
            _ => {}
        }
    }

    fn put_subdomain(&mut self, group: &Group) {
        let host = group.subdomain.to_ascii_lowercase().into_boxed_str();
        if group.subdomain_enabled {
            let tls = self.tls.of(&DomainTls::default().within(&group.tls)).map(Arc::new);
            let entry = HostEntry { group: group.id, stage: None, subdomain: true, tls, patterns: None };
            self.next.hosts.insert(host, entry);
        } else {
            self.next.hosts.remove(&*host);
        }
    }

    /// The domains of a group, where it offers something else than before.
    fn put_domains_of(&mut self, group: &Group) {
        let before = self.documents.groups.get(&group.id).map(|group| group.tls.clone());
        if before.unwrap_or_default() == group.tls {
            return;
        }
        let domains = self.documents.domains.values().filter(|domain| domain.group == group.id);
        let domains: Vec<Domain> = domains.cloned().collect();
        domains.iter().for_each(|domain| self.put_domain_within(domain, &group.tls));
    }

    fn put_domain(&mut self, domain: &Domain) {
        let group = self.documents.groups.get(&domain.group).map(|group| group.tls.clone());
        self.put_domain_within(domain, &group.unwrap_or_default());
    }

    fn put_domain_within(&mut self, domain: &Domain, group: &GroupTls) {
        let tls = self.tls.of(&domain.tls.within(group)).map(Arc::new);
        let Domain { group, stage, .. } = *domain;
        let entry = HostEntry { group, stage, subdomain: false, tls, patterns: patterns(domain) };
        self.next.hosts.insert(domain.host.as_str().into(), entry);
    }

    /// The domains that have it are secured anew; connections that are open stay as they are.
    fn put_certificate(&mut self, certificate: &Certificate) {
        self.tls.put(certificate);
        let bound = |domain: &&Domain| domain.tls.certificate == Some(certificate.id);
        let domains: Vec<_> = self.documents.domains.values().filter(bound).cloned().collect();
        domains.iter().for_each(|domain| self.put_domain(domain));
    }

    fn put_authority(&mut self, authority: Option<&Authority>) {
        self.next.own_tls = self.tls.put_authority(authority);
        let own = |domain: &&Domain| domain.tls.certificate.is_none();
        let domains: Vec<_> = self.documents.domains.values().filter(own).cloned().collect();
        domains.iter().for_each(|domain| self.put_domain(domain));
        let chosen = |group: &&Group| !group.tls.is_default();
        let groups: Vec<_> = self.documents.groups.values().filter(chosen).cloned().collect();
        groups.iter().for_each(|group| self.put_subdomain(group));
    }
}

/// They were checked when they came; one that a newer rule refuses names nothing.
fn patterns(domain: &Domain) -> Option<Arc<[HostPattern]>> {
    let read = |text: &String| HostPattern::parse(&domain.host, text).ok();
    (!domain.patterns.is_empty()).then(|| domain.patterns.iter().filter_map(read).collect())
}

//! What hosts are secured with: made once for each certificate and what is chosen with it, when either changes.

use foldhash::HashMap;
use paifang_model::domain::{ClientCertificates, HttpVersions, PlainCalls, TlsVersions};
use paifang_model::id::CertificateId;
use paifang_model::record::Key;
use paifang_model::{Authority, Certificate, DomainTls};
use paifang_wire::{TlsServer, TlsServerSettings};

use super::SetAside;

/// How a host is called over TLS.
#[derive(Debug)]
pub(crate) struct HostTls {
    /// What answers its handshakes; none: what was chosen cannot be done, and nothing less is done instead.
    pub(super) server: Option<TlsServer>,
    /// A number for what was chosen; connections with another one are not for this host.
    pub(crate) policy: u64,
    /// Whether clients must show a certificate.
    pub(crate) clients: ClientCertificates,
    /// What becomes of calls over plain HTTP.
    pub(crate) plain: PlainCalls,
}

/// Which versions of TLS and HTTP a host offers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Offer {
    versions: TlsVersions,
    http: HttpVersions,
}

/// The policy of hosts for which nothing was chosen.
pub(crate) const USUAL: u64 = 0;

/// The certificates, and what was made of them.
#[derive(Debug, Default)]
pub(super) struct Tls {
    certificates: HashMap<CertificateId, Certificate>,
    authority: Option<Authority>,
    /// By certificate, or that of the authority, and policy.
    servers: HashMap<(Option<CertificateId>, u64), Result<TlsServer, String>>,
}

impl Tls {
    /// How a host is secured, where something was chosen.
    pub(super) fn of(&mut self, chosen: &DomainTls) -> Option<HostTls> {
        if chosen.is_default() {
            return None;
        }
        let authority = self.client_authority(chosen).map(str::to_owned);
        let offer = Offer { versions: chosen.versions, http: chosen.http };
        let policy = number(offer, chosen.clients, authority.as_deref());
        // Without the authority nobody could be told from anybody else.
        let server = (chosen.clients.asked() <= authority.is_some())
            .then(|| self.server(chosen.certificate, offer, authority.as_deref(), policy))
            .flatten();
        Some(HostTls { server, policy, clients: chosen.clients, plain: chosen.plain })
    }

    /// Takes a certificate, or another text of it.
    pub(super) fn put(&mut self, certificate: &Certificate) {
        self.forget(certificate.id);
        self.certificates.insert(certificate.id, certificate.clone());
    }

    /// Forgets a certificate.
    pub(super) fn forget(&mut self, id: CertificateId) {
        self.certificates.remove(&id);
        self.servers.retain(|(certificate, _), _| *certificate != Some(id));
    }

    /// Takes the authority; what hosts without a certificate of their own are secured with.
    pub(super) fn put_authority(&mut self, authority: Option<&Authority>) -> Option<TlsServer> {
        self.servers.retain(|(certificate, _), _| certificate.is_some());
        self.authority = authority.cloned();
        self.server(None, Offer::default(), None, USUAL)
    }

    /// What cannot be used.
    pub(super) fn set_aside(&self) -> impl Iterator<Item = SetAside> {
        self.servers.iter().filter_map(|((certificate, _), made)| {
            let key = match certificate {
                Some(id) => Key::of::<Certificate>(*id),
                None => Key::of::<Authority>(Authority::ID),
            };
            made.as_ref().err().map(|reason| SetAside { key, reason: reason.clone() })
        })
    }

    fn client_authority(&self, chosen: &DomainTls) -> Option<&str> {
        let certificate = chosen.certificate.filter(|_| chosen.clients.asked());
        self.certificates.get(&certificate?)?.client_authority.as_deref()
    }

    fn server(
        &mut self,
        certificate: Option<CertificateId>,
        offer: Offer,
        client_authority: Option<&str>,
        policy: u64,
    ) -> Option<TlsServer> {
        let (chain, key) = match certificate {
            Some(id) => self.certificates.get(&id).map(|found| (&found.chain, &found.key))?,
            None => self.authority.as_ref().map(|own| (&own.leaf.chain, &own.leaf.key))?,
        };
        let made = self.servers.entry((certificate, policy)).or_insert_with(|| {
            let settings = TlsServerSettings {
                chain,
                key: key.expose(),
                client_authority,
                versions: offered(offer.versions),
                http: spoken(offer.http),
                policy,
            };
            TlsServer::new(&settings).map_err(|error| chain_of(&error))
        });
        made.as_ref().ok().cloned()
    }
}

fn offered(versions: TlsVersions) -> paifang_wire::TlsVersions {
    match versions {
        TlsVersions::Tls12And13 => paifang_wire::TlsVersions::Tls12And13,
        TlsVersions::Tls13 => paifang_wire::TlsVersions::Tls13,
    }
}

fn spoken(http: HttpVersions) -> paifang_wire::HttpVersions {
    match http {
        HttpVersions::Http1And2 => paifang_wire::HttpVersions::Http1And2,
        HttpVersions::Http1 => paifang_wire::HttpVersions::Http1,
    }
}

/// Equal for what is equal, also after a start: what is asked of clients, and nothing of the certificate.
fn number(offer: Offer, clients: ClientCertificates, authority: Option<&str>) -> u64 {
    if offer == Offer::default() && !clients.asked() {
        return USUAL;
    }
    let Offer { versions, http } = offer;
    let text = format!("{versions:?} {http:?} {clients:?} {}", authority.unwrap_or_default());
    let [a, b, c, d, e, f, g, h, ..] = paifang_sign::sha256(text.as_bytes());
    // Never the usual one.
    u64::from_be_bytes([a, b, c, d, e, f, g, h]) | 1
}

fn chain_of(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

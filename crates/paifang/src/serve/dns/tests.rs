//! A name server of our own, on loopback, that knows a few names.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::net::SocketAddr;

use hickory_resolver::config::{NameServerConfig, ResolveHosts, ResolverConfig};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::op::{Message, ResponseCode};
use hickory_resolver::proto::rr::rdata::{A, CNAME};
use hickory_resolver::proto::rr::{Name, Record};
use tokio::net::UdpSocket;

use super::*;

const SUBDOMAIN: &str = "0a.apis.example.net";

/// What the server knows: aliases and addresses.
const ZONE: [(&str, &str); 8] = [
    (SUBDOMAIN, "192.0.2.1"),
    ("direct.example.com", "0A.apis.example.net"),
    ("twice.example.com", "direct.example.com"),
    ("elsewhere.example.com", "other.example.com"),
    ("other.example.com", "192.0.2.9"),
    ("address.example.com", "192.0.2.1"),
    ("round.example.com", "round.example.com"),
    ("paifang-check.wild.example.com", SUBDOMAIN),
];

async fn dns() -> Dns {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let address = socket.local_addr().unwrap();
    tokio::spawn(answer(socket));
    asking(address)
}

/// One that asks this server alone.
fn asking(server: SocketAddr) -> Dns {
    let mut at = NameServerConfig::udp(server.ip());
    at.connections.iter_mut().for_each(|connection| connection.port = server.port());
    let config = ResolverConfig::from_parts(None, Vec::new(), vec![at]);
    let mut builder = TokioResolver::builder_with_config(config, TokioRuntimeProvider::default());
    builder.options_mut().use_hosts_file = ResolveHosts::Never;
    Dns(builder.build().unwrap())
}

async fn answer(socket: UdpSocket) {
    let mut buffer = [0; 1500];
    while let Ok((length, peer)) = socket.recv_from(&mut buffer).await {
        let asked = Message::from_vec(&buffer[..length]).unwrap();
        socket.send_to(&reply(&asked).to_vec().unwrap(), peer).await.unwrap();
    }
}

/// Follows aliases as name servers do.
fn reply(asked: &Message) -> Message {
    let query = asked.queries[0].clone();
    let mut reply = Message::response(asked.metadata.id, asked.metadata.op_code);
    reply.add_query(query.clone());
    let mut name = query.name().clone();
    for _ in 0..4 {
        let text = name.to_utf8().trim_end_matches('.').to_lowercase();
        let Some((_, value)) = ZONE.iter().find(|(known, _)| *known == text) else { break };
        match (value.parse(), query.query_type()) {
            (Ok(address), RecordType::A) => {
                reply.add_answer(Record::from_rdata(name, 60, RData::A(A(address))));
                break;
            }
            (Ok(_), _) => break,
            (Err(_), kind) => {
                let target = Name::from_utf8(format!("{value}.")).unwrap();
                reply.add_answer(Record::from_rdata(name.clone(), 60, RData::CNAME(CNAME(target.clone()))));
                name = target;
                if kind == RecordType::CNAME {
                    break;
                }
            }
        }
    }
    if reply.answers.is_empty() {
        reply.metadata.response_code = ResponseCode::NXDomain;
    }
    reply
}

#[tokio::test]
async fn names_lead_here_by_aliases_or_addresses() {
    let dns = dns().await;
    for host in ["direct.example.com", "twice.example.com", "address.example.com", "*.wild.example.com"] {
        assert_eq!(dns.leads_to(host, SUBDOMAIN).await, Ok(()), "{host}");
    }
}

#[tokio::test]
async fn what_leads_elsewhere_is_told_where() {
    let dns = dns().await;
    let told = async |host: &str| dns.leads_to(host, SUBDOMAIN).await.unwrap_err();
    let wanted = format!("it must be an alias (CNAME) of `{SUBDOMAIN}`, or have its addresses");
    let cases = [
        ("elsewhere.example.com", "`elsewhere.example.com` is an alias of `other.example.com` in the DNS"),
        ("other.example.com", "`other.example.com` has 192.0.2.9 in the DNS"),
        ("nobodys.example.com", "`nobodys.example.com` is not in the DNS"),
        ("*.example.com", "`paifang-check.example.com` is not in the DNS"),
        ("round.example.com", "`round.example.com` is not in the DNS"),
    ];
    for (host, sentence) in cases {
        assert_eq!(told(host).await, format!("{sentence}; {wanted}"));
    }
}

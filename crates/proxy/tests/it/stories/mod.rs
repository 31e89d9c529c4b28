//! Stories through the whole gateway, over loopback.

mod access_lists;
mod black_lists;
mod ca;
mod channels;
mod circle;
mod edge;
mod grants;
mod load;
mod network;
mod pets;
mod rollout;
mod rollup;
mod sdk;
mod shared_limits;
mod shared_nonces;
mod smuggling;
mod tls;
mod transport;
mod variables;

use std::net::Ipv4Addr;

use paifang_proxy::Trial;
use paifang_proxy::exchange::ClientScheme;
use paifang_testkit::{Call, TestGateway};
use paifang_wire::Head;

/// What is decided on the way of a call from this machine, each decision with its stage before it.
async fn decisions(gateway: &TestGateway, call: &Call) -> Vec<String> {
    let mut head = Head::new(call.method.clone(), call.target.parse().unwrap());
    call.headers.iter().for_each(|(name, value)| head.headers.append(name.clone(), value.clone()));
    let (from, scheme, body) = (Ipv4Addr::LOCALHOST.into(), ClientScheme::Http, call.body.clone());
    let explained = gateway.gateway.explain(Trial { head, body, from, scheme, aim: None }).await.unwrap();
    explained.decisions.iter().map(|made| format!("{}: {}", made.stage, made.what)).collect()
}

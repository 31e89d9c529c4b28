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
use sha2::{Digest as _, Sha256};

/// What is decided on the way of a call from this machine, each decision with its stage before it.
async fn decisions(gateway: &TestGateway, call: &Call) -> Vec<String> {
    let mut head = Head::new(call.method.clone(), call.target.parse().unwrap());
    call.headers.iter().for_each(|(name, value)| head.headers.append(name.clone(), value.clone()));
    let (from, scheme, body) = (Ipv4Addr::LOCALHOST.into(), ClientScheme::Http, call.body.clone());
    let explained = gateway.gateway.explain(Trial { head, body, from, scheme, aim: None }).await.unwrap();
    explained.decisions.iter().map(|made| format!("{}: {}", made.stage, made.what)).collect()
}

/// RFC 2104 with SHA-256, for keys that are no longer than a block: what backends compute who do not trust our signer.
fn hmac(key: &[u8], text: &[u8]) -> Vec<u8> {
    let padded = |with: u8| -> Vec<u8> {
        let key = key.iter().copied().chain(std::iter::repeat(0)).take(64);
        key.map(|byte| byte ^ with).collect()
    };
    let inner = Sha256::digest([&padded(0x36), text].concat());
    Sha256::digest([&padded(0x5c)[..], &inner].concat()).to_vec()
}

//! One signed request to the management interface, and its answer.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use bytes::Bytes;
use paifang_model::Dialect;
use paifang_wire::{
    Body, ByteBudget, Head, HeaderName, HeaderValue, Origin, OutgoingRequest, Pool, PoolSettings, StatusCode,
    Target, Timeouts,
};
use tokio::task::LocalSet;

use crate::sign::{Credentials, Request, Stamp, sign};

/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(10);

/// A call that is explained may itself take ten minutes.
const PATIENCE: Duration = Duration::from_secs(660);

/// No answer is larger.
const ANSWER_AT_MOST: usize = 16 << 20;

/// What was answered.
#[derive(Debug)]
pub(super) struct Answer {
    /// The status.
    pub(super) status: StatusCode,
    /// The body.
    pub(super) body: Bytes,
}

/// Signs a request and sends it.
///
/// # Errors
/// When it cannot be signed, or there is no answer.
pub(super) async fn call(address: SocketAddr, credentials: &Credentials, request: Request) -> Result<Answer> {
    // Native REST takes this scheme, whatever the groups' dialects.
    let signed = sign(Dialect::Huawei, credentials, &Stamp::now(), request)?;
    // Connections belong to one thread.
    let sent = LocalSet::new().run_until(send(address, &signed)).await;
    sent.with_context(|| format!("asking the gateway at {address}"))
}

async fn send(address: SocketAddr, request: &Request) -> Result<Answer> {
    let outgoing = OutgoingRequest { head: head(request)?, body: body(request) };
    let timeouts = Timeouts { connect: CONNECT, head_by: Instant::now() + PATIENCE };
    let pool = Pool::new(PoolSettings::default());
    // The error holds the request, which belongs to this thread; what happened does not.
    let reply =
        pool.send(&Origin::http1(address), outgoing, &timeouts).await.map_err(|error| error.failure)?;
    let body =
        reply.body.collect(ANSWER_AT_MOST, &ByteBudget::default()).await.context("reading the answer")?;
    Ok(Answer { status: reply.head.status, body: body.bytes })
}

fn head(request: &Request) -> Result<Head> {
    let mut head = Head::new(request.method.clone(), Target::parse(request.target().as_bytes())?);
    for (name, value) in &request.headers {
        head.headers.append(HeaderName::from_bytes(name.as_bytes())?, HeaderValue::from_str(value)?);
    }
    Ok(head)
}

fn body(request: &Request) -> Body {
    Body::full(Bytes::copy_from_slice(request.body.bytes()))
}

//! One signed request to the management interface, and its answer.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context as _, Result};
use bytes::Bytes;
use http::StatusCode;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper_util::rt::TokioIo;
use paifang_model::Dialect;

use crate::sign::{Credentials, Request, Stamp, sign};

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
    let sent = tokio::time::timeout(PATIENCE, send(address, &signed)).await;
    sent.unwrap_or_else(|_| Err(anyhow::anyhow!("no answer within {} s", PATIENCE.as_secs())))
        .with_context(|| format!("asking the gateway at {address}"))
}

async fn send(address: SocketAddr, request: &Request) -> Result<Answer> {
    let stream = tokio::net::TcpStream::connect(address).await.context("connecting")?;
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
    // The connection ends with the sender; what went wrong on it the sender says.
    let driver = tokio::spawn(connection);
    let mut outgoing = http::Request::builder().method(&request.method).uri(request.target());
    for (name, value) in &request.headers {
        outgoing = outgoing.header(name, value);
    }
    let body = Bytes::copy_from_slice(request.body.bytes());
    let reply = sender.send_request(outgoing.body(Full::new(body))?).await?;
    let status = reply.status();
    let body = Limited::new(reply.into_body(), ANSWER_AT_MOST).collect().await;
    let body = body.map_err(|error| anyhow::anyhow!(error)).context("reading the answer")?.to_bytes();
    driver.abort();
    Ok(Answer { status, body })
}

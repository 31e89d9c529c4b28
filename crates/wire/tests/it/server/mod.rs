//! The HTTP/1.1 server, byte by byte.

mod bodies;
mod early;
mod framing;
mod pace;
mod pipelining;
mod refusals;

use paifang_wire::{Reply, Request};

use crate::support::{bytes, ok};

/// Method, target and body, read to its end.
async fn told(request: Request) -> Reply {
    let asked = format!("[{} {}", request.head.method, request.head.target);
    match request.body.collect(1 << 20, &paifang_wire::ByteBudget::default()).await {
        Ok(body) => ok(format!("{asked} {}]", String::from_utf8_lossy(&body.bytes))),
        Err(error) => ok(format!("{asked} {error}]")),
    }
}

/// Answers at once, without a look at the body.
async fn hasty(request: Request) -> Reply {
    let reply = ok(format!("[{}]", request.head.target));
    drop(request);
    reply
}

/// Reads the body and says nothing of it.
async fn quiet(request: Request) -> Reply {
    let length = bytes(request.body).await.len();
    ok(format!("[{length}]"))
}

//! The demo's backend: a small real HTTP service on a port of its own.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Json, Response};
use axum::routing::{any, get};
use serde_json::{Value, json};
use std::net::SocketAddr;

use anyhow::{Context as _, Result};

/// The most bytes that the echo reads.
const ECHO_AT_MOST: usize = 1 << 20;

const PETS: [(u32, &str, &str); 3] = [(1, "Mochi", "cat"), (2, "Bao", "dog"), (3, "Pip", "parrot")];

/// Starts the service; it ends with the process.
pub(super) async fn start() -> Result<SocketAddr> {
    let listener =
        tokio::net::TcpListener::bind("127.0.0.1:0").await.context("starting the demo's service")?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, router()).await {
            tracing::error!(%error, "The demo's service ended");
        }
    });
    Ok(address)
}

fn router() -> Router {
    Router::new().route("/pets", get(pets)).route("/pets/{id}", get(pet)).route("/echo", any(echo))
}

async fn pets() -> Json<Value> {
    Json(PETS.into_iter().map(show).collect())
}

async fn pet(Path(id): Path<u32>) -> Response {
    match PETS.into_iter().find(|(known, ..)| *known == id) {
        Some(pet) => Json(show(pet)).into_response(),
        None => {
            (StatusCode::NOT_FOUND, Json(json!({ "error": format!("there is no pet {id}") }))).into_response()
        }
    }
}

/// What arrived here: shows what the gateway passes on.
async fn echo(request: Request) -> Response {
    let (head, body) = request.into_parts();
    let body: Bytes = match axum::body::to_bytes(body, ECHO_AT_MOST).await {
        Ok(body) => body,
        Err(_) => return StatusCode::PAYLOAD_TOO_LARGE.into_response(),
    };
    let header = |(name, value): (&axum::http::HeaderName, &axum::http::HeaderValue)| {
        (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned().into())
    };
    let headers: serde_json::Map<String, Value> = head.headers.iter().map(header).collect();
    Json(json!({
        "method": head.method.as_str(),
        "target": head.uri.to_string(),
        "headers": headers,
        "body": String::from_utf8_lossy(&body),
    }))
    .into_response()
}

fn show((id, name, kind): (u32, &str, &str)) -> Value {
    json!({ "id": id, "name": name, "kind": kind })
}

//! HTTP/1.1 in bytes, so that nothing is tried again in secret.

use std::io;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::{Io, State};

/// What follows an answer.
#[derive(Debug, PartialEq, Eq)]
enum Then {
    Kept,
    Closed,
}

/// Calls over one connection for as long as it lasts.
pub(super) async fn kept(state: &State) -> Result<(), String> {
    let mut stream = state.connect("http/1.1").await?;
    while !state.is_over() {
        if exchange(state, &mut *stream, "keep-alive").await? == Then::Closed {
            break;
        }
    }
    Ok(())
}

/// A call over a connection of its own.
pub(super) async fn fresh(state: &State) -> Result<(), String> {
    let mut stream = state.connect("http/1.1").await?;
    exchange(state, &mut *stream, "close").await.map(drop)
}

async fn exchange(state: &State, stream: &mut dyn Io, connection: &str) -> Result<Then, String> {
    let (host, path) = (&state.target.host, &state.target.path);
    let request = format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: {connection}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.map_err(|error| format!("not sent: {error}"))?;
    let answer = answer(stream).await;
    let (head, heard) = answer.map_err(|error| format!("no whole answer: {error}"))?;
    if !head.starts_with("HTTP/1.1 200 ") {
        return Err(format!("{head}{heard}"));
    }
    state.answered();
    let closes = head.to_ascii_lowercase().contains("connection: close");
    Ok(if closes { Then::Closed } else { Then::Kept })
}

/// A head and its body, whose length it tells.
async fn answer(stream: &mut dyn Io) -> io::Result<(String, String)> {
    let mut heard = Vec::new();
    loop {
        if let Some(end) = heard.windows(4).position(|end| end == b"\r\n\r\n") {
            let body = heard.split_off(end + 4);
            let head = String::from_utf8_lossy(&heard).into_owned();
            return rest(stream, &head, body).await.map(|body| (head, body));
        }
        read(stream, &mut heard).await?;
    }
}

async fn rest(stream: &mut dyn Io, head: &str, mut body: Vec<u8>) -> io::Result<String> {
    let head = head.to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse().ok());
    let length: usize = length.ok_or_else(|| io::Error::other(format!("no length: {head}")))?;
    while body.len() < length {
        read(stream, &mut body).await?;
    }
    Ok(String::from_utf8_lossy(&body).into_owned())
}

async fn read(stream: &mut dyn Io, into: &mut Vec<u8>) -> io::Result<()> {
    let before = String::from_utf8_lossy(into).into_owned();
    match stream.read_buf(into).await? {
        0 => Err(io::Error::other(format!("closed after `{before}`"))),
        _ => Ok(()),
    }
}

//! `paifang explain`: has a running gateway make a call and say what decided it, step by step.

mod call;
mod place;
mod timeline;

use std::net::IpAddr;

use anyhow::Result;

use crate::management::{Access, block_on};
use crate::sign::{Body, header, method, url};

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Method [default: GET, or POST with a body]
    #[arg(short = 'X', long, value_parser = method)]
    method: Option<http::Method>,
    /// A header, as `Name: value`
    #[arg(short = 'H', long = "header", value_name = "HEADER", value_parser = header)]
    headers: Vec<(String, String)>,
    /// Body: a text, or `@` and a file; at most 512 KiB
    #[arg(short = 'd', long = "data", value_name = "BODY", value_parser = Body::parse)]
    body: Option<Body>,
    /// Stage, by name or id [default: the one that the host is fixed to, or RELEASE]
    #[arg(long)]
    stage: Option<String>,
    /// Call the draft instead of what is published
    #[arg(long, conflicts_with = "stage")]
    draft: bool,
    /// Name of the app that calls; the gateway signs with its first key
    #[arg(long, value_name = "NAME")]
    app: Option<String>,
    /// Show the app's first code instead of signing
    #[arg(long, requires = "app")]
    by_code: bool,
    /// Address that the call is said to come from
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    source: IpAddr,
    #[command(flatten)]
    access: Access,
    /// The whole address, as a client would call it: `http://host[:port]/path?query`
    #[arg(value_parser = url)]
    url: http::Uri,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let text = block_on(explain(options))??;
    Ok(std::io::Write::write_all(&mut std::io::stdout(), text.as_bytes())?)
}

async fn explain(options: &Options) -> Result<String> {
    let rest = options.access.rest()?;
    let place = place::find(&rest, options).await?;
    let report = call::send(&rest, options, &place).await?;
    Ok(timeline::show(options, &place, &report))
}

impl Options {
    fn method(&self) -> http::Method {
        let by_body = if self.body.is_some() { http::Method::POST } else { http::Method::GET };
        self.method.clone().unwrap_or(by_body)
    }
}

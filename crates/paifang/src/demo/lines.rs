//! Lines to paste into a shell, with fresh signatures.

use std::net::SocketAddr;
use std::path::Path;

use anyhow::Result;
use paifang_model::Dialect;

use super::publish::Caller;
use super::scene;
use crate::sign::{Body, Credentials, Request, Stamp, curl, sign};

/// What is printed: for each line what it shows, and below how to make more of them.
pub(super) fn lines(http: SocketAddr, secured: &str, caller: &Caller) -> Result<String> {
    let [first, second] = Dialect::ALL;
    let key = || Credentials::Key { key: caller.key.clone(), secret: caller.secret.clone() };
    let code = Credentials::Code(caller.code.clone());
    let shown = [
        ("An API that asks nobody who calls:", curl(&get(http, first, "/pets")?)),
        ("With an AppCode:", signed(first, &code, get(http, first, "/pets/1")?)?),
        (
            "Signed with AppKey and AppSecret, X-Ca-Signature:",
            signed(first, &key(), get(http, first, "/pets/2")?)?,
        ),
        ("Signed with a body, SDK-HMAC-SHA256; the service shows what it receives:", {
            let body = Body::Text(r#"{"hello":"gateway"}"#.to_owned());
            let request = Request::new(url(http, second, "/echo?lang=en")?, body);
            signed(second, &key(), request)?
        }),
        ("Refused for want of a credential; the answer's headers say why:", {
            curl(&get(http, first, "/pets/3")?).replacen("curl -sS", "curl -sS -i", 1)
        }),
        ("The same in the other dialect, where the body says why:", curl(&get(http, second, "/pets/3")?)),
    ];
    let mut text =
        "Try these. Signatures are good for 15 minutes, and one with a nonce for a single call:\n".to_owned();
    for (what, line) in shown {
        text += &format!("\n# {what}\n{line}\n");
    }
    Ok(text + secured + &how_to_sign(http, caller)?)
}

/// How to call over TLS: the certificate is signed by the gateway's own authority, which nobody trusts yet.
pub(super) fn secured(https: SocketAddr, authority: &Path) -> String {
    let (host, port, authority) = (scene::host(Dialect::ALL[0]), https.port(), authority.display());
    format!(
        "\n# Over TLS, trusting the gateway's own authority, which is also at /api/v1/ca.pem:\n\
         curl -sS --cacert '{authority}' https://{host}:{port}/pets\n"
    )
}

fn how_to_sign(http: SocketAddr, caller: &Caller) -> Result<String> {
    let lines = Dialect::ALL.map(|dialect| {
        let url = url(http, dialect, "/pets/2")?;
        Ok::<_, anyhow::Error>(format!("eval \"$(paifang sign --curl --scheme {dialect} {url})\"\n"))
    });
    let [first, second] = lines;
    let (key, secret) = (&caller.key, caller.secret.expose());
    let export = format!("export PAIFANG_APP_KEY={key} PAIFANG_APP_SECRET={secret}\n");
    Ok(format!("\n# More of them:\n{export}{}{}", first?, second?))
}

fn signed(dialect: Dialect, credentials: &Credentials, request: Request) -> Result<String> {
    Ok(curl(&sign(dialect, credentials, &Stamp::now(), request)?))
}

fn get(http: SocketAddr, dialect: Dialect, target: &str) -> Result<Request> {
    Ok(Request::new(url(http, dialect, target)?, Body::Empty))
}

fn url(http: SocketAddr, dialect: Dialect, target: &str) -> Result<http::Uri> {
    Ok(format!("http://{}:{}{target}", scene::host(dialect), http.port()).parse()?)
}

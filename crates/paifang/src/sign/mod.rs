//! `paifang sign`: signs a request as a client would, in the scheme of either cloud.

mod ca;
mod code;
mod output;
mod request;
mod sdk;

use anyhow::{Context as _, Result, bail};
use paifang_model::{Dialect, Id, Secret};

use crate::management::Keys;
use crate::settings::Beside;
pub(crate) use output::{curl, headers};
pub(crate) use request::{Body, Request, header, method, url};

#[derive(clap::Args)]
pub(crate) struct Options {
    // The names are the dialects' own, so that they stand in one place.
    #[arg(long, value_parser = scheme, help = format!("Whose scheme: {}", scheme_names()))]
    scheme: Option<Dialect>,
    /// AppKey
    #[arg(long, env = "PAIFANG_APP_KEY")]
    key: Option<String>,
    /// AppSecret; better given by the environment, where other users do not see it
    #[arg(long, env = "PAIFANG_APP_SECRET", hide_env_values = true)]
    secret: Option<String>,
    /// Show this AppCode instead of signing
    #[arg(long, value_name = "CODE", conflicts_with = "management")]
    app_code: Option<String>,
    /// Sign a management call with an access key (PAIFANG_ACCESS_KEY_ID and PAIFANG_ACCESS_KEY_SECRET, or the file
    /// of first credentials in the data directory)
    #[arg(long)]
    management: bool,
    /// Method [default: GET, or POST with a body]
    #[arg(short = 'X', long, value_parser = request::method)]
    method: Option<http::Method>,
    /// A header, as `Name: value`
    #[arg(short = 'H', long = "header", value_name = "HEADER", value_parser = request::header)]
    headers: Vec<(String, String)>,
    /// Sign this header too, where the scheme does not sign all of them anyway
    #[arg(long = "sign-header", value_name = "NAME")]
    sign_headers: Vec<String>,
    /// Body: a text, or `@` and a file
    #[arg(short = 'd', long = "data", value_name = "BODY", value_parser = Body::parse)]
    body: Option<Body>,
    /// Stage [default: RELEASE, by saying nothing]
    #[arg(long)]
    stage: Option<String>,
    /// Print a curl line instead of headers
    #[arg(long)]
    curl: bool,
    /// Milliseconds since 1970 instead of now
    #[arg(long, hide = true, value_name = "MS")]
    at_ms: Option<i64>,
    /// Nonce instead of a drawn one
    #[arg(long, hide = true)]
    nonce: Option<String>,
    #[command(flatten)]
    beside: Beside,
    /// The whole address: `http://host[:port]/path?query`
    #[arg(value_parser = request::url)]
    url: http::Uri,
}

/// What a caller proves itself with.
#[derive(Debug, Clone)]
pub(crate) enum Credentials {
    /// A key and its secret.
    Key {
        /// The public text.
        key: String,
        /// The secret.
        secret: Secret,
    },
    /// A code.
    Code(Secret),
}

/// When a request is signed, and what makes it unlike any other.
#[derive(Debug, Clone)]
pub(crate) struct Stamp {
    /// Milliseconds since 1970.
    pub(crate) at_ms: i64,
    /// Used once.
    pub(crate) nonce: String,
}

impl Stamp {
    /// Now, with a drawn nonce.
    pub(crate) fn now() -> Self {
        Self { at_ms: jiff::Timestamp::now().as_millisecond(), nonce: Id::random().to_string() }
    }
}

/// Adds to a request what proves who sends it.
///
/// # Errors
/// When the request cannot be signed in this scheme.
pub(crate) fn sign(
    scheme: Dialect,
    credentials: &Credentials,
    stamp: &Stamp,
    mut request: Request,
) -> Result<Request> {
    match (scheme, credentials) {
        (_, Credentials::Code(code)) => code::add(scheme, code, &mut request),
        (Dialect::Alibaba, Credentials::Key { key, secret }) => ca::add(key, secret, stamp, &mut request)?,
        (Dialect::Huawei, Credentials::Key { key, secret }) => sdk::add(key, secret, stamp, &mut request)?,
    }
    Ok(request)
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let scheme = options.scheme()?;
    let credentials = options.credentials()?;
    let mut request = Request::new(options.url.clone(), options.body.clone().unwrap_or_default());
    request.headers.clone_from(&options.headers);
    request.also_signed.clone_from(&options.sign_headers);
    if let Some(method) = &options.method {
        request.method = method.clone();
    }
    if let Some(stage) = &options.stage {
        request.set_stage(scheme, stage);
    }
    let now = Stamp::now();
    let stamp = Stamp {
        at_ms: options.at_ms.unwrap_or(now.at_ms),
        nonce: options.nonce.clone().unwrap_or(now.nonce),
    };
    let signed = sign(scheme, &credentials, &stamp, request)?;
    let text = if options.curl { curl(&signed) + "\n" } else { headers(&signed) };
    Ok(std::io::Write::write_all(&mut std::io::stdout(), text.as_bytes())?)
}

impl Options {
    fn scheme(&self) -> Result<Dialect> {
        match (self.scheme, self.management) {
            (Some(Dialect::Alibaba), true) => {
                bail!("the management interface for this scheme is coming; native REST takes the other one")
            }
            (Some(scheme), _) => Ok(scheme),
            (None, true) => Ok(Dialect::Huawei),
            (None, false) => {
                bail!("say whose scheme it is: --scheme {}", Dialect::ALL.map(Dialect::name).join(" or "))
            }
        }
    }

    fn credentials(&self) -> Result<Credentials> {
        if let Some(code) = &self.app_code {
            return Ok(Credentials::Code(Secret::new(code.as_str())));
        }
        if self.management {
            return Keys::default().find(&self.beside);
        }
        let key = self.key.clone().context("an AppKey is needed: --key or PAIFANG_APP_KEY")?;
        let secret =
            self.secret.as_deref().context("an AppSecret is needed: --secret or PAIFANG_APP_SECRET")?;
        Ok(Credentials::Key { key, secret: Secret::new(secret) })
    }
}

/// A scheme by its dialect's name, or by what its headers begin with.
fn scheme(text: &str) -> Result<Dialect, String> {
    let found =
        Dialect::ALL.into_iter().find(|dialect| text == dialect.name() || text == by_headers(*dialect));
    found.ok_or_else(|| format!("it is {}", scheme_names()))
}

/// What a scheme may be called beside its dialect's name: what its headers begin with after `X-`.
const fn by_headers(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Alibaba => "ca",
        Dialect::Huawei => "sdk",
    }
}

fn scheme_names() -> String {
    Dialect::ALL.map(|dialect| format!("`{dialect}` (or `{}`)", by_headers(dialect))).join(" or ")
}

//! `RequestConfig`.

use paifang_model::Definition;
use paifang_model::definition::{MatchMode, MethodRule, Protocol, RequestDefinition, RequestMode};
use serde_json::{Map, Value};

use crate::definition::kept;
use crate::definition::words::{BODY_FORMATS, METHODS, MODES, PROTOCOLS, meaning};
use crate::fault::Fault;
use crate::params::{Fields, Params, document};

const NAME: &str = "RequestConfig";

pub(super) fn read(
    params: &Params,
    before: Option<&Definition>,
    extra: &mut Map<String, Value>,
) -> Result<RequestDefinition, Fault> {
    let config = document(params, NAME)?.ok_or_else(|| Fault::missing(NAME))?;
    let mut config = Fields::of(NAME, config)?;
    if config.flag("EscapePathParam") {
        let reason = "brackets in a path always name a parameter";
        return Err(Fault::unsupported("EscapePathParam", "true", reason));
    }
    let path = config.required("RequestPath")?;
    let mode = config.text("RequestMode")?;
    let mode = mode.map_or(Ok(RequestMode::Mapping), |mode| meaning(MODES, "RequestMode", &mode))?;
    let method = meaning(METHODS, "RequestHttpMethod", &config.required("RequestHttpMethod")?)?;
    let body_format = if reads_body(method, mode) { config.text("BodyFormat")? } else { None };
    let request = RequestDefinition {
        protocols: protocols(&config.text("RequestProtocol")?.unwrap_or_else(|| "HTTP".to_owned()))?,
        method,
        path: path.parse().map_err(|error: paifang_model::Complaint| {
            Fault::invalid("RequestPath", &path, &error.message)
        })?,
        match_mode: before.map_or(MatchMode::Exact, |before| before.request.match_mode),
        mode,
        body_format: body_format.map(|format| meaning(BODY_FORMATS, "BodyFormat", &format)).transpose()?,
        cors: before.is_some_and(|before| before.request.cors),
        intranet_only: params.flag("DisableInternet")?.unwrap_or_default(),
    };
    kept::keep(extra, NAME, config.rest(kept::REQUEST));
    Ok(request)
}

/// Clients name a format for every method; where no body is read it is only kept.
fn reads_body(method: MethodRule, mode: RequestMode) -> bool {
    let has_body = matches!(method, MethodRule::Post | MethodRule::Put | MethodRule::Patch | MethodRule::Any);
    has_body && mode != RequestMode::Passthrough
}

fn protocols(text: &str) -> Result<Vec<Protocol>, Fault> {
    let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
    words.map(|word| meaning(PROTOCOLS, "RequestProtocol", word)).collect()
}

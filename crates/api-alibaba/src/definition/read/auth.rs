//! `AuthType` and what goes with it.

use paifang_model::definition::{AppCodeMode, Authentication, SignatureMethod};
use serde_json::{Map, Value, json};

use crate::definition::kept;
use crate::definition::words::{APP_CODE_MODES, SIGNATURE_METHODS, meaning};
use crate::fault::Fault;
use crate::params::{Fields, Params, document};

pub(super) fn read(params: &Params, extra: &mut Map<String, Value>) -> Result<Authentication, Fault> {
    if let Some(config) = document(params, "OpenIdConnectConfig")? {
        let config = Fields::of("OpenIdConnectConfig", config)?;
        kept::keep(extra, "OpenIdConnectConfig", config.rest(kept::OPEN_ID));
    }
    let app_code = params.text("AppCodeAuthType");
    let methods = params.text("AllowSignatureMethod");
    let nonce_required = params.flag("ForceNonceCheck")?;
    let auth = Authentication::App {
        app_code: app_code
            .map_or(Ok(AppCodeMode::Inherit), |mode| meaning(APP_CODE_MODES, "AppCodeAuthType", mode))?,
        signature_methods: signature_methods(methods.unwrap_or("HmacSHA256"))?,
        nonce_required: nonce_required.unwrap_or_default(),
    };
    match params.text("AuthType").unwrap_or("APP") {
        "APP" => Ok(auth),
        "ANONYMOUS" => {
            // Nothing of this matters to calls without a caller; it comes back with the definition.
            extra.extend(app_code.map(|mode| ("AppCodeAuthType".to_owned(), json!(mode))));
            extra.extend(methods.map(|methods| ("AllowSignatureMethod".to_owned(), json!(methods))));
            extra.extend(nonce_required.map(|required| ("ForceNonceCheck".to_owned(), json!(required))));
            Ok(Authentication::None)
        }
        kind @ ("OPENID" | "APPOPENID") => {
            Err(Fault::unsupported("AuthType", kind, "OpenID Connect is not there yet"))
        }
        other => Err(Fault::invalid("AuthType", other, "APP and ANONYMOUS are allowed")),
    }
}

fn signature_methods(text: &str) -> Result<Vec<SignatureMethod>, Fault> {
    let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
    words.map(|word| meaning(SIGNATURE_METHODS, "AllowSignatureMethod", word)).collect()
}

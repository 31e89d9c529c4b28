//! The parameters of `CreateApi` and `ModifyApi` as a definition. Both name the whole definition: what is absent has
//! its default. What only other interfaces know stays as it was before.

mod auth;
mod backend;
mod parameters;
mod request;
mod response;

pub(crate) use backend::mock as read_mock;

use paifang_model::Definition;
use serde_json::{Map, Value};

use super::words::{VISIBILITIES, meaning};
use crate::call::Call;
use crate::fault::Fault;
use crate::params::{Params, Tags};

/// The definition that a call sends, in place of another.
pub(crate) async fn read(call: &Call<'_>, before: Option<&Definition>) -> Result<Definition, Fault> {
    let params = call.params;
    refuse_what_is_not_offered(params)?;
    let mut extra = tags(params, before)?;
    let name = params.required("ApiName")?.to_owned();
    let visibility = meaning(VISIBILITIES, "Visibility", params.required("Visibility")?)?;
    let request = request::read(params, before, &mut extra)?;
    let auth = auth::read(params, &mut extra)?;
    let backend = backend::read(call, before, &mut extra).await?;
    let (parameters, backend_parameters) = parameters::read(params, before, &mut extra)?;
    let response = response::read(params, &mut extra)?;
    Ok(Definition {
        name,
        description: params.text("Description").unwrap_or_default().to_owned(),
        visibility,
        request,
        auth,
        parameters,
        backend,
        backend_parameters,
        backend_policies: Vec::new(),
        response,
        tags: before.map(|before| before.tags.clone()).unwrap_or_default(),
        extra,
    })
}

fn refuse_what_is_not_offered(params: &Params) -> Result<(), Fault> {
    match params.text("WebSocketApiType") {
        None | Some("COMMON") => Ok(()),
        Some(kind) => {
            Err(Fault::unsupported("WebSocketApiType", kind, "two-way communication is not there yet"))
        }
    }
}

/// Tags are given when an API is made, and stay.
fn tags(params: &Params, before: Option<&Definition>) -> Result<Map<String, Value>, Fault> {
    let tags = match before {
        Some(before) => Tags::on(&before.extra),
        None => Tags::of(params)?,
    };
    Ok(tags.kept(Map::new()))
}

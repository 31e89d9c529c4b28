//! `BackendModelData`, and `BackendConfig`, which shows it.

use paifang_model::BackendAccess;
use paifang_model::backend_service::{HttpTarget, ServiceKind, ServiceTarget};
use paifang_model::definition::Destination;
use serde_json::{Value, json};

use crate::call::Call;
use crate::definition::{mock_members, read_mock};
use crate::fault::Fault;
use crate::params::{Fields, document};
use crate::vpc_access;

const NAME: &str = "BackendModelData";

/// What is sent for a service of a kind.
pub(super) async fn read(call: &Call<'_>, kind: ServiceKind) -> Result<ServiceTarget, Fault> {
    let data = document(call.params, NAME)?.ok_or_else(|| Fault::missing(NAME))?;
    let mut data = Fields::of(NAME, data)?;
    let target = match kind {
        ServiceKind::Http => http(Destination::Address { url: data.required("ServiceAddress")? }, &mut data)?,
        ServiceKind::Access => {
            let mut vpc = inner(&mut data, "VpcConfig")?;
            let host = vpc.text("VpcTargetHostName")?;
            let to = vpc_access::of_config(call, &mut vpc).await?;
            nothing_else(&vpc)?;
            ServiceTarget::Http(HttpTarget { to, host, verify_certificate: true })
        }
        ServiceKind::Mock => {
            let mut mock = inner(&mut data, "MockConfig")?;
            let answer = read_mock(&mut mock)?;
            nothing_else(&mock)?;
            ServiceTarget::Mock(answer)
        }
        ServiceKind::Channel => return Err(Fault::not_found("Backend")),
    };
    nothing_else(&data)?;
    Ok(target)
}

fn http(to: Destination, data: &mut Fields) -> Result<ServiceTarget, Fault> {
    let host = data.text("HttpTargetHostName")?;
    Ok(ServiceTarget::Http(HttpTarget { to, host, verify_certificate: true }))
}

fn inner(data: &mut Fields, name: &'static str) -> Result<Fields, Fault> {
    Fields::of(name, data.value(name).ok_or_else(|| Fault::missing(name))?)
}

fn nothing_else(fields: &Fields) -> Result<(), Fault> {
    fields.nothing_else(NAME, "it is no member for backends of this type")
}

/// `BackendConfig`, with the access that calls go through, if they do.
pub(super) fn write(target: &ServiceTarget, access: Option<&BackendAccess>) -> Value {
    let mut out = match target {
        ServiceTarget::Http(HttpTarget { to: Destination::Address { url }, host, .. }) => {
            json!({ "ServiceAddress": url, "HttpTargetHostName": host.as_deref().unwrap_or_default() })
        }
        ServiceTarget::Http(HttpTarget { to, host, .. }) => {
            let mut config = vpc_access::config(to, access);
            config.insert("VpcAccessId".to_owned(), json!(target.access()));
            config.insert("VpcTargetHostName".to_owned(), json!(host.as_deref().unwrap_or_default()));
            json!({ "VpcConfig": config })
        }
        ServiceTarget::Mock(mock) => {
            let mut members = mock_members(mock);
            // A number in an API's configuration, a text here.
            members.insert("MockStatusCode".to_owned(), json!(mock.status.to_string()));
            json!({ "MockConfig": members })
        }
    };
    out["Type"] = json!(super::type_of(target.kind()));
    out
}

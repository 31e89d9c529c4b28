//! `VpcConfig`: an access, and whether TLS is spoken through it. Whoever goes through an access chooses the scheme, beside
//! the access's name (spec: aliyun/api-model.md §3).

use paifang_control::Stored;
use paifang_model::BackendAccess;
use paifang_model::definition::{Destination, Scheme};
use serde_json::{Map, Value, json};

use super::find::{by_name, by_place};
use crate::call::Call;
use crate::definition::word;
use crate::fault::Fault;
use crate::params::Fields;

const NAME: &str = "VpcConfig";

/// The schemes, and what they are called.
const SCHEMES: [(&str, Scheme); 2] = [("HTTP", Scheme::Http), ("HTTPS", Scheme::Https)];

/// The access that a `VpcConfig` names: by its name, its id, or by network, instance and port.
pub(crate) async fn of_config(call: &Call<'_>, vpc: &mut Fields) -> Result<Destination, Fault> {
    let scheme = scheme(vpc)?;
    let place = (vpc.text("VpcId")?, vpc.text("InstanceId")?, vpc.number::<u16>("Port")?);
    let (name, id) = (vpc.text("Name")?, vpc.text("VpcAccessId")?);
    let access = match (&name, &id) {
        (Some(name), _) if name.contains('#') => {
            let reason = "a backend service names a VPC access authorization without variables";
            return Err(Fault::unsupported(NAME, name, reason));
        }
        (Some(name), _) => by_name(call, name).await?,
        (None, Some(id)) => {
            let id = id.parse().map_err(|_| Fault::not_found("VpcAccess"))?;
            call.control.read_backend_access(id).await?
        }
        (None, None) => {
            let network = place.0.as_deref().ok_or_else(|| Fault::missing("VpcId"))?;
            let instance = place.1.as_deref().ok_or_else(|| Fault::missing("InstanceId"))?;
            by_place(call, network, instance, place.2.ok_or_else(|| Fault::missing("Port"))?).await?
        }
    };
    let (network, instance, port) = place;
    let port = port.map(|port| port.to_string());
    agrees(&access, [("VpcAccessId", id), ("VpcId", network), ("InstanceId", instance), ("Port", port)])?;
    Ok(Destination::Access { access: access.value.id, scheme })
}

/// An access that has a variable in its name is named by nothing else.
pub(crate) fn of_variable(vpc: &mut Fields) -> Result<Destination, Fault> {
    let to = Destination::NamedAccess { scheme: scheme(vpc)?, name: vpc.required("Name")? };
    vpc.nothing_else(NAME, "an access that has a variable in its name is named by nothing else")?;
    Ok(to)
}

fn scheme(vpc: &mut Fields) -> Result<Option<Scheme>, Fault> {
    let Some(given) = vpc.text("VpcScheme")? else { return Ok(None) };
    let known = SCHEMES.iter().find(|(name, _)| given.eq_ignore_ascii_case(name));
    let invalid = || Fault::invalid("VpcScheme", &given, "HTTP and HTTPS are allowed");
    known.map(|(_, scheme)| Some(*scheme)).ok_or_else(invalid)
}

/// What else is said about the access is true of it.
fn agrees(access: &Stored<BackendAccess>, said: [(&str, Option<String>); 4]) -> Result<(), Fault> {
    let BackendAccess { id, name, network, instance, port, .. } = &access.value;
    let there = [id.to_string(), network.clone(), instance.clone(), port.to_string()];
    for ((member, said), there) in said.into_iter().zip(there) {
        if let Some(said) = said.filter(|said| *said != there) {
            let rule = format!("the VPC access authorization `{name}` has `{there}`");
            return Err(Fault::invalid(member, &said, &rule));
        }
    }
    Ok(())
}

/// `VpcConfig`, with the access of its destination while that is there. Without a scheme of its own it shows none, so that
/// it comes back as it is; an access that speaks TLS by itself shows that.
pub(crate) fn config(to: &Destination, access: Option<&BackendAccess>) -> Map<String, Value> {
    let (named, scheme) = match to {
        Destination::Access { scheme, .. } => (None, *scheme),
        Destination::NamedAccess { name, scheme } => (Some(name), *scheme),
        Destination::Address { .. } | Destination::Channel { .. } => (None, None),
    };
    let mut config = match (named, access) {
        (Some(name), _) => json!({ "Name": name }),
        (None, Some(access)) => json!({
            "Name": access.name,
            "VpcId": access.network,
            "InstanceId": access.instance,
            "Port": access.port,
        }),
        (None, None) => json!({}),
    };
    let by_itself = access.map(|access| access.scheme).filter(|own| *own == Scheme::Https);
    if let Some(scheme) = scheme.or(by_itself).and_then(|scheme| word(&SCHEMES, &scheme)) {
        config["VpcScheme"] = json!(scheme);
    }
    match config {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

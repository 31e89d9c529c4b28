//! `SetVpcAccess`.

use std::net::IpAddr;

use paifang_control::BackendAccessDraft;
use paifang_model::definition::Scheme;
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::{Fault, Sent};
use crate::params::Tags;

pub(crate) async fn set(call: &Call<'_>) -> Result<Value, Fault> {
    let params = call.params;
    Tags::refuse(params, "accesses have no tags yet")?;
    let text = |name| params.text(name).map(str::to_owned);
    let instance = params.required("InstanceId")?.to_owned();
    // Where an id leads is for the inventory of backend instances to say, now or later. While it says nothing, the id is
    // looked up as a host name of the network that the gateway is in: the vendor has no error for an instance that is not
    // known, and names without dots are hosts in many networks.
    let address = instance.parse::<IpAddr>().is_err().then(|| instance.clone());
    let draft = BackendAccessDraft {
        name: params.required("Name")?.to_owned(),
        network: params.required("VpcId")?.to_owned(),
        instance,
        port: params.required_number("Port")?,
        address,
        scheme: Scheme::Http,
        host: text("VpcTargetHostName"),
        description: text("Description").unwrap_or_default(),
    };
    let access = call.control.create_backend_access(draft).await.map_err(Fault::of(Sent::Access))?;
    Ok(json!({ "VpcAccessId": access.value.id }))
}

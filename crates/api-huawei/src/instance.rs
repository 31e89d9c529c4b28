//! The one instance there is. Spec: huawei/management-api.md, "Instance resource".

use serde_json::{Value, json};

use crate::answer::{Answer, object, page, page_of};
use crate::call::Call;
use crate::fault::Fault;

pub(crate) async fn list(call: &Call) -> Answer {
    let wanted = call.page()?;
    let instance = base(call).await?;
    let asked = [("instance_id", "id"), ("instance_name", "instance_name"), ("status", "status")];
    let meets = asked.iter().all(|(parameter, member)| {
        call.query.value(parameter).is_none_or(|value| instance[*member] == value)
    });
    let rows = if meets { vec![instance] } else { Vec::new() };
    let (rows, total) = page_of(wanted, rows);
    page("instances", rows, total)
}

pub(crate) async fn show(call: &Call) -> Answer {
    let mut instance = base(call).await?;
    if let Value::Object(members) = &mut instance {
        members.insert("description".to_owned(), json!("a self-hosted gateway"));
        members.insert("instance_version".to_owned(), json!(call.state.settings().version));
        members.insert("supported_features".to_owned(), json!([]));
        members.insert("enable_fullstack_ipv6".to_owned(), json!(false));
        members.insert("is_releasable".to_owned(), json!(false));
    }
    object(instance)
}

async fn base(call: &Call) -> Result<Value, Fault> {
    let account = call.context.read_account().await?;
    let settings = call.state.settings();
    Ok(json!({
        "id": settings.instance,
        "project_id": settings.project,
        "instance_name": settings.instance,
        "status": "Running",
        "instance_status": 6,
        "type": "apig",
        "spec": "PLATINUM",
        "create_time": account.created_at,
        "enterprise_project_id": "0",
        "charging_mode": 0,
        "loadbalancer_provider": "elb",
        "cbc_operation_locks": [],
    }))
}

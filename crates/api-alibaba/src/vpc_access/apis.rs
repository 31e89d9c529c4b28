//! `DescribeApisByVpcAccess`: what is served through one access, or through any.

use paifang_control::BackendAccessFilter;
use paifang_model::{BackendAccess, Definition};
use serde_json::{Value, json};

use super::users::{self, User};
use crate::call::Call;
use crate::definition::{METHODS, word};
use crate::fault::Fault;
use crate::listing::{PageNumber, everything};

const AT_MOST: u32 = 100;

pub(crate) async fn apis(call: &Call<'_>) -> Result<Value, Fault> {
    let page = PageNumber::of(call.params, AT_MOST)?;
    let name = call.params.text("VpcName").map(str::to_owned);
    let filter = BackendAccessFilter { name, ..BackendAccessFilter::default() };
    let accesses =
        everything(async |paging| call.control.list_backend_accesses(&filter, &paging).await).await?;
    let mut found = Vec::new();
    for access in accesses.into_iter().map(|access| access.value) {
        let users = users::of(call, access.id).await?;
        found.extend(users.into_iter().map(|user| (access.clone(), user)));
    }
    let listed = page.cut(found);
    let mut shown = Vec::with_capacity(listed.items.len());
    for (access, user) in &listed.items {
        let version = call.control.read_version(user.deployment.version).await?.value;
        shown.push(info(call, access, user, &version.definition));
    }
    Ok(listed.with(shown).answer("ApiVpcAccessInfos", "ApiVpcAccessInfo", |info| info))
}

fn info(call: &Call<'_>, access: &BackendAccess, user: &User, definition: &Definition) -> Value {
    json!({
        "ApiId": user.deployment.api,
        "ApiName": definition.name,
        "Description": definition.description,
        "GroupId": user.group.id,
        "GroupName": user.group.name,
        "Method": word(METHODS, &definition.request.method).unwrap_or("POST"),
        "Path": definition.request.path,
        "StageId": user.stage.id,
        "StageName": user.stage.name,
        "RegionId": call.region,
        "VpcName": access.name,
        "VpcId": access.network,
        "InstanceId": access.instance,
        "Port": access.port,
    })
}

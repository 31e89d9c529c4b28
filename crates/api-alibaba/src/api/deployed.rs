//! `DescribeDeployedApi`: what serves in a stage.

use paifang_control::Error;
use serde_json::{Value, json};

use super::shown;
use crate::call::Call;
use crate::fault::Fault;
use crate::time;

/// Members that `DescribeApi` has and this answer has not.
const ABSENT: [&str; 13] = [
    "AppCodeAuthType",
    "BackendEnable",
    "WebSocketApiType",
    "RequestConfig.EscapePathParam",
    "ServiceConfig.AoneAppName",
    "ServiceConfig.ContentTypeCatagory",
    "ServiceConfig.ContentTypeValue",
    "ServiceConfig.EventBridgeConfig",
    "ServiceConfig.OssConfig",
    "ServiceConfig.VpcConfig.VpcScheme",
    "ServiceConfig.FunctionComputeConfig.FcVersion",
    "ServiceConfig.FunctionComputeConfig.TriggerName",
    "ErrorCodeSamples.ErrorCodeSample.Model",
];

pub(crate) async fn deployed(call: &Call<'_>) -> Result<Value, Fault> {
    let (api, group) = call.api().await?;
    let stage = call.stage().await?.value;
    let deployment = match call.control.read_deployment(api.value.id, stage.id).await {
        Ok(deployment) if deployment.value.online => deployment.value,
        // Clients take this as gone.
        Ok(_) | Err(Error::NotFound { .. }) => return Err(Fault::not_found("Stage")),
        Err(error) => return Err(error.into()),
    };
    let version = call.control.read_version(deployment.version).await?.value;
    let mut out = shown::definition_in(call, &group.value, &version.definition).await?;
    out.insert("ApiId".to_owned(), json!(api.value.id));
    out.insert("StageName".to_owned(), json!(stage.name));
    out.insert("DeployedTime".to_owned(), json!(time::written(deployment.since)));
    let mut out = Value::Object(out);
    ABSENT.iter().for_each(|path| shown::without(&mut out, path));
    Ok(out)
}

//! What feeds the documents and never a call: samples, descriptions, models.

use paifang_model::definition::ResponseDefinition;
use serde_json::{Map, Value, json};

use crate::definition::kept;
use crate::fault::Fault;
use crate::params::{Fields, Params, document};

/// Bytes of `ErrorCodeSamples` (spec: aliyun/api-model.md §1).
const ERROR_SAMPLES_AT_MOST: usize = 16 * 1024;

pub(super) fn read(params: &Params, extra: &mut Map<String, Value>) -> Result<ResponseDefinition, Fault> {
    if params.text("ErrorCodeSamples").is_some_and(|text| text.len() > ERROR_SAMPLES_AT_MOST) {
        return Err(Fault::too_long("ErrorCodeSamples", ERROR_SAMPLES_AT_MOST));
    }
    keep_list(params, "ErrorCodeSamples", kept::ERROR_SAMPLE, extra)?;
    keep_list(params, "ResultDescriptions", kept::RESULT_DESCRIPTION, extra)?;
    let model = params.text("ResultBodyModel");
    extra.extend(model.map(|model| ("ResultBodyModel".to_owned(), json!(model))));
    let text = |name| params.text(name).unwrap_or_default().to_owned();
    Ok(ResponseDefinition {
        content_type: params.text("ResultType").unwrap_or("JSON").to_owned(),
        sample: text("ResultSample"),
        failure_sample: text("FailResultSample"),
    })
}

fn keep_list(
    params: &Params,
    name: &'static str,
    members: &[&str],
    extra: &mut Map<String, Value>,
) -> Result<(), Fault> {
    let items = Fields::each(name, document(params, name)?)?;
    if !items.is_empty() {
        let items = items.into_iter().map(|item| Value::Object(item.rest(members))).collect();
        extra.insert(name.to_owned(), Value::Array(items));
    }
    Ok(())
}

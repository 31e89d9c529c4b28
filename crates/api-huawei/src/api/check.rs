//! Whether a name or a route is free.

use paifang_control::ApiFilter;
use paifang_model::definition::{MatchMode, MethodRule};
use paifang_model::path::PathPattern;

use crate::answer::{Answer, object};
use crate::ask::Fields;
use crate::call::Call;
use crate::definition::{MATCH_MODES, METHODS};
use crate::fault::{Fault, codes};
use crate::scope;

/// What is asked about.
enum Question {
    Name(String),
    Route(MethodRule, MatchMode, String),
}

pub(crate) async fn check(call: &Call) -> Answer {
    let (group, api, question) = call.read(|body| {
        let text = |text: Option<&str>| text.map(str::to_owned);
        (body.required("group_id").to_owned(), text(body.text("api_id")), question(body))
    })?;
    let group = scope::group(&call.context, &group).await?.value.id;
    let (context, filter) = (&call.context, &ApiFilter { group: Some(group), ..ApiFilter::default() });
    let mut apis = scope::all(|paging| async move { context.list_apis(filter, &paging).await }).await?;
    // The API that is being edited does not stand in its own way.
    apis.retain(|known| api.as_ref().is_none_or(|api| *api != known.value.id.to_string()));
    let taken = match question {
        Question::Name(name) => {
            let same = apis.iter().any(|known| known.value.definition.name == name);
            same.then(|| codes::API_NAME_TAKEN.with(format!("api_name:{name}")))
        }
        Question::Route(method, mode, path) => {
            let shape = shape(&path)?;
            let same = apis.iter().map(|known| &known.value.definition.request).any(|request| {
                request.method == method && request.match_mode == mode && request.path.shape() == shape
            });
            same.then(|| codes::API_THERE.fault())
        }
    };
    match taken {
        Some(fault) => Err(fault),
        None => object(serde_json::json!({})),
    }
}

fn question(body: &mut Fields<'_, '_>) -> Question {
    match body.required_word("type", &[("name", false), ("path", true)], false) {
        false => Question::Name(body.required("name").to_owned()),
        true => Question::Route(
            body.required_word("req_method", METHODS, MethodRule::Any),
            body.word("match_mode", MATCH_MODES).unwrap_or_default(),
            body.required("req_uri").to_owned(),
        ),
    }
}

fn shape(path: &str) -> Result<String, Fault> {
    let pattern: Result<PathPattern, _> = path.parse();
    pattern.map(|pattern| pattern.shape()).map_err(|complaint| {
        codes::INVALID_VALUE.with(format!("parameterName:req_uri ({})", complaint.message))
    })
}

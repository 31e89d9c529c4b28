//! From what was asked for to a call that can be sent: which definition answers, who calls, and whether it may be
//! debugged at all (design: features, L3).

use paifang_control::{Context, Error, Paging};
use paifang_model::definition::Authentication as Asks;
use paifang_model::{Api, Definition, Dialect, Group, Rule, Violations};

use super::message::{self, Message};
use super::request::{Authentication, DebugCall, Target};
use crate::port::{DebugCaller, DebugRequest, DebugTarget};
use crate::problem::{Kind, Problem};
use crate::stage;

const NOT_ONLINE: &str = "the API is not online in this stage; publish it, or debug the draft";

/// The call, with everything looked up that it names.
pub(super) async fn resolve(control: &Context, api: Api, call: DebugCall) -> Result<DebugRequest, Problem> {
    let group = control.read_group(api.group).await?.value;
    let (target, definition) = target(control, &api, &group, &call.target).await?;
    refuse_variables(&target, &definition)?;
    let mut violations = Violations::new();
    let message = message::read(&call, &definition, &mut violations);
    let waived = check_caller(&call.authentication, &definition, group.dialect, &mut violations);
    violations.or(())?;
    let Message { method, path, query, headers, body } = message;
    let caller = caller(control, &call.authentication, waived).await?;
    let (api, scheme, source) = (api.id, call.scheme, call.source);
    Ok(DebugRequest { api, group, target, scheme, method, path, query, headers, body, caller, source })
}

async fn target(
    control: &Context,
    api: &Api,
    group: &Group,
    target: &Target,
) -> Result<(DebugTarget, Definition), Problem> {
    let Target::Stage { stage } = target else {
        return Ok((DebugTarget::Draft(Box::new(api.definition.clone())), api.definition.clone()));
    };
    let stage = stage::find(control, group.dialect, stage).await?;
    let deployment = match control.read_deployment(api.id, stage).await {
        Ok(deployment) if deployment.value.online => deployment.value,
        Ok(_) | Err(Error::NotFound { .. }) => return Err(Problem::new(Kind::Refused, NOT_ONLINE)),
        Err(error) => return Err(error.into()),
    };
    let version = control.read_version(deployment.version).await?.value;
    Ok((DebugTarget::Stage(stage), version.definition))
}

/// As in both clouds: not where the backend's path has a variable. A draft stands in no stage whose values it could
/// take.
fn refuse_variables(target: &DebugTarget, definition: &Definition) -> Result<(), Problem> {
    let places = definition.variables();
    let in_path = places.iter().find(|place| place.pointer.ends_with("/backend/path"));
    let detail = match (in_path, places.first(), target) {
        (Some(place), _, _) => {
            format!("the backend's path has the variable `#{}#`, and cannot be debugged", place.name)
        }
        (None, Some(place), DebugTarget::Draft(_)) => {
            let name = place.name;
            format!(
                "the draft has the variable `#{name}#`, whose values are those of stages; debug what is published"
            )
        }
        _ => return Ok(()),
    };
    Err(Problem::new(Kind::Refused, detail))
}

/// Who calls when nobody does: whether the dialect lets an API's owner debug without an app.
fn check_caller(
    authentication: &Authentication,
    definition: &Definition,
    dialect: Dialect,
    violations: &mut Violations,
) -> DebugCaller {
    match (authentication, &definition.auth, dialect) {
        (Authentication::None, Asks::App { .. }, Dialect::Huawei) => DebugCaller::Waived,
        (Authentication::None, Asks::App { .. }, Dialect::Alibaba) => {
            violations.add(
                "/authentication",
                Rule::Required,
                "the API asks for an app: name one that it is granted to",
            );
            DebugCaller::Nobody
        }
        _ => DebugCaller::Nobody,
    }
}

async fn caller(
    control: &Context,
    authentication: &Authentication,
    otherwise: DebugCaller,
) -> Result<DebugCaller, Problem> {
    let few = Paging::default();
    match *authentication {
        Authentication::None => Ok(otherwise),
        Authentication::AppKey { app, key } => {
            let keys = control.list_app_keys(app, &few).await?.items.into_iter().flatten();
            let mut keys = keys.map(|found| found.value);
            let found = keys.find(|found| key.is_none_or(|key| key == found.id));
            let found = found.ok_or_else(|| no_credential("key"))?;
            let secret = control.reveal_app_key(app, found.id).await?;
            Ok(DebugCaller::AppKey { key: found.key, secret })
        }
        Authentication::AppCode { app, code } => {
            let codes = control.list_app_codes(app, &few).await?.items.into_iter().flatten();
            let mut codes = codes.map(|found| found.value.id);
            let found = codes.find(|found| code.is_none_or(|code| code == *found));
            let found = found.ok_or_else(|| no_credential("code"))?;
            Ok(DebugCaller::AppCode { code: control.reveal_app_code(app, found).await? })
        }
    }
}

fn no_credential(what: &str) -> Problem {
    let message = format!("there is no such app, or it has no such {what}");
    Violations::one(format!("/authentication/{what}"), Rule::Unknown, message).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_a_variable_is_not_debugged() {
        let definition = |url: &str, path: &str| -> Definition {
            let to = serde_json::json!({ "kind": "address", "url": url });
            serde_json::from_value(serde_json::json!({
                "name": "pets",
                "request": { "method": "GET", "path": "/pets" },
                "auth": { "kind": "none" },
                "backend": { "kind": "http", "to": to, "path": path },
            }))
            .expect("a definition")
        };
        let stage = DebugTarget::Stage(paifang_model::id::StageId::random());
        let refused = |url: &str, path: &str| refuse_variables(&stage, &definition(url, path)).err();
        assert!(refused("http://127.0.0.1", "/pets").is_none());
        assert!(refused("http://127.0.0.1", "/a#b").is_none());
        assert!(refused("http://#host#", "/pets").is_none());
        let told = refused("http://127.0.0.1", "/a/#where#/pets").expect("a variable");
        assert_eq!(told.kind(), Kind::Refused);
        let draft = definition("http://#host#", "/pets");
        assert!(refuse_variables(&DebugTarget::Draft(Box::new(draft.clone())), &draft).is_err());
    }
}

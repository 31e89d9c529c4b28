//! Backend policies: objects like the backend, with conditions. Spec: huawei/api-model.md §7. Which of the lists they
//! stand in follows from the kind of the default backend, which is theirs too.

use paifang_model::definition::{
    Backend, BackendPolicy, Comparison, Condition, EffectMode, HttpBackend, Parameter,
};
use serde_json::{Map, Value, json};

use super::words::{
    COMPARISONS, EFFECT_MODES, Judged, LOCATIONS, ORIGINS_OF_CONDITIONS, SYSTEM_PARAMETERS, SystemParameter,
    Test, word,
};
use super::{backend, parameter};
use crate::answer::members;
use crate::ask::Fields;
use crate::fault::codes;

/// The list of policies whose backends are HTTP services, and the one of those that answer by themselves.
pub(crate) const LISTS: [&str; 2] = ["policy_https", "policy_mocks"];

/// The list in which the policies of an API stand that has this backend.
pub(super) const fn list_of(backend: &Backend) -> &'static str {
    match backend {
        Backend::Http(_) | Backend::Service(_) => LISTS[0],
        Backend::Mock(_) => LISTS[1],
    }
}

/// Reads the list that goes with the default backend; what stands in the other one is complained about.
pub(super) fn read(
    body: &mut Fields<'_, '_>,
    default: &Backend,
    parameters: &[Parameter],
) -> Vec<BackendPolicy> {
    body.refuse("policy_functions", "functions are not offered as backends yet");
    let list = list_of(default);
    for other in LISTS.into_iter().filter(|other| *other != list) {
        if body.raw(other).and_then(Value::as_array).is_some_and(|items| !items.is_empty()) {
            let message = "policies have backends of the same type as the default backend";
            body.complain(codes::INVALID_VALUE, other, message);
        }
    }
    body.objects(list, |given| policy(given, default, parameters))
}

fn policy(given: &mut Fields<'_, '_>, default: &Backend, parameters: &[Parameter]) -> BackendPolicy {
    given.demand("conditions");
    let name = given.required("name").to_owned();
    let effect_mode = given.required_word("effect_mode", EFFECT_MODES, EffectMode::Any);
    let backend = match default {
        Backend::Http(HttpBackend { content_type, .. }) => {
            Backend::Http(HttpBackend { content_type: content_type.clone(), ..backend::read_http(given) })
        }
        Backend::Mock(_) | Backend::Service(_) => Backend::Mock(backend::read_mock(given)),
    };
    BackendPolicy {
        name,
        effect_mode,
        conditions: given.objects("conditions", |given| condition(given, parameters)),
        backend,
        backend_parameters: given
            .objects("backend_params", |given| parameter::read_backend(given, parameters)),
    }
}

fn condition(given: &mut Fields<'_, '_>, parameters: &[Parameter]) -> Condition {
    for member in ["mapped_param_name", "mapped_param_location"] {
        given.refuse(member, "orchestration rules are not offered yet");
    }
    let Some(judged) = given.offered("condition_origin", ORIGINS_OF_CONDITIONS) else {
        // Stands in for a condition that was complained about.
        return Condition::Path { is: Comparison::Exact { value: String::new() } };
    };
    if judged == Judged::Source {
        return Condition::Source { addresses: entries(given.required("condition_value")) };
    }
    let is = comparison(given);
    match judged {
        Judged::Parameter => {
            let name = parameter::declared(parameters, given.required("req_param_name")).to_owned();
            Condition::Parameter { name, is }
        }
        Judged::Cookie => Condition::Cookie { name: given.required("cookie_param_name").to_owned(), is },
        Judged::System | Judged::Source => {
            match given.required_word("sys_param_name", SYSTEM_PARAMETERS, SystemParameter::Path) {
                SystemParameter::Path => Condition::Path { is },
                SystemParameter::Method => Condition::Method { is },
            }
        }
    }
}

fn comparison(given: &mut Fields<'_, '_>) -> Comparison {
    let value = given.required("condition_value").to_owned();
    match given.required_word("condition_type", COMPARISONS, Test::Exact) {
        Test::Enum => Comparison::Enum { values: entries(&value) },
        Test::Pattern => Comparison::Pattern { pattern: value },
        Test::Exact => Comparison::Exact { value },
    }
}

/// What stands between commas.
fn entries(text: &str) -> Vec<String> {
    text.split(',').map(|entry| entry.trim().to_owned()).collect()
}

/// The list of policies as the interface shows it; none where there are none.
pub(super) fn write(
    default: &Backend,
    policies: &[BackendPolicy],
    parameters: &[Parameter],
) -> Map<String, Value> {
    if policies.is_empty() {
        return Map::new();
    }
    let shown: Vec<Value> = policies.iter().map(|policy| write_policy(policy, parameters)).collect();
    Map::from_iter([(list_of(default).to_owned(), Value::Array(shown))])
}

fn write_policy(policy: &BackendPolicy, parameters: &[Parameter]) -> Value {
    let backend_parameters: Vec<_> =
        policy.backend_parameters.iter().filter_map(parameter::write_backend).collect();
    let conditions: Vec<_> =
        policy.conditions.iter().map(|condition| write_condition(condition, parameters)).collect();
    let mut all = backend::write_settings(&policy.backend);
    all.extend(members(json!({
        "name": policy.name,
        "effect_mode": word(EFFECT_MODES, policy.effect_mode),
        "conditions": conditions,
        "backend_params": backend_parameters,
    })));
    Value::Object(all)
}

fn write_condition(condition: &Condition, parameters: &[Parameter]) -> Value {
    let (judged, name, is) = match condition {
        Condition::Source { addresses } => {
            return json!({ "condition_origin": "source", "condition_value": addresses.join(",") });
        }
        Condition::Parameter { name, is } => (Judged::Parameter, ("req_param_name", name.as_str()), is),
        Condition::Cookie { name, is } => (Judged::Cookie, ("cookie_param_name", name.as_str()), is),
        Condition::Path { is } => (Judged::System, ("sys_param_name", "req_path"), is),
        Condition::Method { is } => (Judged::System, ("sys_param_name", "req_method"), is),
    };
    let (kind, value) = match is {
        Comparison::Exact { value } => (Test::Exact, value.clone()),
        Comparison::Enum { values } => (Test::Enum, values.join(",")),
        Comparison::Pattern { pattern } => (Test::Pattern, pattern.clone()),
    };
    let declared = parameters.iter().filter(|_| judged == Judged::Parameter);
    let location = declared.into_iter().find(|one| one.name == name.1).map(|one| one.location);
    let mut all = members(json!({
        "condition_origin": word(ORIGINS_OF_CONDITIONS, Some(judged)),
        "condition_type": word(COMPARISONS, kind),
        "condition_value": value,
        "req_param_location": location.and_then(|location| word(LOCATIONS, location)),
    }));
    all.insert(name.0.to_owned(), json!(name.1));
    Value::Object(all)
}

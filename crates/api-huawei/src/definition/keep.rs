//! What the data plane does not read, kept as it was given. Only members that the interface knows are kept, of their
//! own types, and only where what is typed says nothing about them.

use serde_json::{Map, Value};

use self::Type::{Flag, Integer, List, Text};
use crate::ask::{Fields, OBJECTS_AT_MOST};

/// Characters of a text that is kept. Spec: huawei/api-model.md §1.
const TEXT_AT_MOST: usize = 20_480;

/// What a member is.
#[derive(Debug, Clone, Copy)]
enum Type {
    Text,
    Flag,
    Integer,
    List,
}

/// Members of an object.
type Members = &'static [(&'static str, Type)];

#[rustfmt::skip]
const TOP: Members = &[
    ("version", Text), ("trace_enabled", Flag), ("sampling_strategy", Text), ("sampling_param", Text),
    ("remark", Text), ("body_remark", Text), ("result_normal_sample", Text), ("result_failure_sample", Text),
    ("authorizer_id", Text), ("tags", List), ("response_id", Text), ("roma_app_id", Text), ("domain_name", Text),
    ("tag", Text), ("content_type", Text), ("is_send_fg_body_base64", Flag),
];

#[rustfmt::skip]
const BACKEND_API: Members = &[
    ("authorizer_id", Text), ("url_domain", Text), ("remark", Text), ("version", Text),
    ("enable_client_ssl", Flag), ("enable_sm_channel", Flag), ("member_group_url_infos", List),
];

#[rustfmt::skip]
const MOCK_INFO: Members = &[
    ("remark", Text), ("result_content", Text), ("version", Text), ("authorizer_id", Text),
    ("status_code", Integer), ("header", List),
];

/// Members that are objects, with their own members, and whether they are shown when nothing of them is typed.
const OBJECTS: &[(&str, Members, Alone)] = &[
    ("auth_opt", &[("app_code_auth_type", Text)], Alone::Shown),
    ("backend_api", BACKEND_API, Alone::Hidden),
    ("mock_info", MOCK_INFO, Alone::Hidden),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Alone {
    Shown,
    Hidden,
}

#[rustfmt::skip]
const REQUEST_PARAMETER: Members = &[
    ("default_value", Text), ("sample_value", Text), ("remark", Text), ("enumerations", Text), ("min_num", Integer),
    ("max_num", Integer), ("min_size", Integer), ("max_size", Integer), ("regular", Text), ("json_schema", Text),
    ("orchestrations", List),
];

const POLICY: Members = &[
    ("authorizer_id", Text),
    ("url_domain", Text),
    ("enable_sm_channel", Flag),
    ("member_group_url_infos", List),
    ("result_content", Text),
];

/// Members that are lists of parameters, which are known by places and names, or of policies, which have names alone.
const LISTS: &[(&str, Members)] = &[
    ("req_params", REQUEST_PARAMETER),
    ("backend_params", &[("remark", Text)]),
    ("policy_https", POLICY),
    ("policy_mocks", POLICY),
];

/// Complains about members of other types than their own.
pub(super) fn check(body: &mut Fields<'_, '_>) {
    check_members(body, TOP);
    for (name, known, _) in OBJECTS {
        body.object(name, |given| check_members(given, known));
    }
    for (name, known) in LISTS {
        body.objects(name, |given| check_members(given, known));
    }
}

fn check_members(given: &mut Fields<'_, '_>, known: Members) {
    for (name, kind) in known {
        match kind {
            Text => drop(given.short_text(name, TEXT_AT_MOST)),
            Flag => drop(given.flag(name)),
            Integer => drop(given.integer(name)),
            List => given.list(name),
        }
    }
}

/// What was given and is not written.
pub(super) fn rest(given: &Map<String, Value>, written: &Map<String, Value>) -> Map<String, Value> {
    let mut rest = absent(TOP, given, written);
    let nothing = Map::new();
    for (name, known, alone) in OBJECTS {
        let typed = written.get(*name).and_then(Value::as_object);
        let typed = typed.or((*alone == Alone::Shown).then_some(&nothing));
        if let (Some(Value::Object(given)), Some(written)) = (given.get(*name), typed) {
            put(&mut rest, name, absent(known, given, written));
        }
    }
    for (list, known) in LISTS {
        let mut by_name = Map::new();
        for given in objects(given.get(*list)) {
            let name = name(given);
            if let Some(written) = objects(written.get(*list)).find(|written| self::name(written) == name) {
                put(&mut by_name, &name, absent(known, given, written));
            }
        }
        put(&mut rest, list, by_name);
    }
    rest
}

/// Puts what was kept where nothing is written.
pub(super) fn restore(written: &mut Map<String, Value>, kept: &Map<String, Value>) {
    fill(TOP, written, kept);
    for (name, known, alone) in OBJECTS {
        let Some(Value::Object(kept)) = kept.get(*name) else { continue };
        if *alone == Alone::Shown {
            written.entry(*name).or_insert_with(|| Value::Object(Map::new()));
        }
        if let Some(Value::Object(written)) = written.get_mut(*name) {
            fill(known, written, kept);
        }
    }
    for (list, known) in LISTS {
        let Some(Value::Object(by_name)) = kept.get(*list) else { continue };
        let Some(Value::Array(items)) = written.get_mut(*list) else { continue };
        for written in items.iter_mut().filter_map(Value::as_object_mut) {
            if let Some(Value::Object(kept)) = by_name.get(&name(written)) {
                fill(known, written, kept);
            }
        }
    }
}

fn absent(known: Members, given: &Map<String, Value>, written: &Map<String, Value>) -> Map<String, Value> {
    let mut kept = Map::new();
    fill(known, &mut kept, given);
    kept.retain(|name, _| !written.contains_key(name));
    kept
}

/// Another interface may have put anything there: only what has its type is shown.
fn fill(known: Members, written: &mut Map<String, Value>, kept: &Map<String, Value>) {
    for (name, kind) in known {
        if let Some(value) = kept.get(*name).filter(|value| kind.is_of(value)) {
            written.entry(*name).or_insert_with(|| value.clone());
        }
    }
}

impl Type {
    fn is_of(self, value: &Value) -> bool {
        match self {
            Text => value.is_string(),
            Flag => value.is_boolean(),
            Integer => value.is_i64(),
            List => value.is_array(),
        }
    }
}

fn put(rest: &mut Map<String, Value>, member: &str, kept: Map<String, Value>) {
    if !kept.is_empty() {
        rest.insert(member.to_owned(), Value::Object(kept));
    }
}

fn objects(list: Option<&Value>) -> impl Iterator<Item = &Map<String, Value>> {
    let items = list.and_then(Value::as_array).into_iter().flatten();
    items.take(OBJECTS_AT_MOST).filter_map(Value::as_object)
}

/// A backend may have one name at several places.
fn name(parameter: &Map<String, Value>) -> String {
    let text = |member: &str| parameter.get(member).and_then(Value::as_str).unwrap_or_default();
    format!("{} {}", text("location"), text("name"))
}

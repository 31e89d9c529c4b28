//! Expressions of the plug-in `rate_limit` (spec: huawei/plugins.md, "Rule expressions"), against a reference that judges
//! them as they are written.

use std::borrow::Cow;
use std::collections::HashMap;

use paifang_model::policy::Settings;
use paifang_model::policy::alibaba::Condition;
use paifang_model::policy::alibaba::condition::Values;
use paifang_model::{Dialect, PolicyKind};
use proptest::prelude::*;
use serde_json::{Value, json};

const NAMES: [&str; 2] = ["host", "user"];

#[derive(Debug)]
struct Call(HashMap<&'static str, &'static str>);

impl Values for Call {
    fn value(&self, variable: usize) -> Option<Cow<'_, str>> {
        self.0.get(NAMES[variable]).map(|value| Cow::Borrowed(*value))
    }

    fn random(&self) -> f64 {
        0.0
    }
}

/// The condition of a rule; an error is what the settings are told.
fn read(text: &str) -> Result<Condition, String> {
    let parameters: Vec<Value> =
        NAMES.iter().map(|name| json!({ "type": "header", "name": name, "value": name })).collect();
    let settings = json!({
        "scope": "basic", "default_interval": 1, "default_time_unit": "minute", "api_limit": 10,
        "parameters": parameters, "rules": [{ "rule_name": "one", "match_regex": text, "limit": 1 }],
    });
    match Settings::read(Dialect::Huawei, PolicyKind::RateLimit, &settings) {
        Ok(Settings::RateLimit(limit)) => limit.rules[0].condition.clone().ok_or_else(|| "none".to_owned()),
        Ok(other) => panic!("{other:?}"),
        Err(violations) => Err(violations.to_string()),
    }
}

#[derive(Debug, Clone)]
enum Tree {
    Leaf(&'static str, &'static str, &'static str),
    Joined(&'static str, Vec<Self>),
}

impl Tree {
    fn written(&self) -> Value {
        match self {
            Self::Leaf(name, operator, value) => json!([name, operator, value]),
            Self::Joined(word, parts) => {
                std::iter::once(json!(word)).chain(parts.iter().map(Self::written)).collect()
            }
        }
    }

    fn holds(&self, call: &Call) -> bool {
        match self {
            Self::Leaf(name, operator, wanted) => {
                let given = call.0.get(name).copied();
                let number = |text: &str| text.parse::<i64>().ok();
                let pair = given.and_then(number).zip(number(wanted));
                match *operator {
                    "==" => given == Some(wanted),
                    "~=" => given != Some(wanted),
                    "in" => given.is_some_and(|given| wanted.split(',').any(|one| one == given)),
                    "~~" => given.is_some_and(|given| given.contains(wanted)),
                    ">" => pair.is_some_and(|(given, wanted)| given > wanted),
                    ">=" => pair.is_some_and(|(given, wanted)| given >= wanted),
                    "<" => pair.is_some_and(|(given, wanted)| given < wanted),
                    _ => pair.is_some_and(|(given, wanted)| given <= wanted),
                }
            }
            Self::Joined("AND", parts) => parts.iter().all(|part| part.holds(call)),
            Self::Joined(_, parts) => parts.iter().any(|part| part.holds(call)),
        }
    }
}

fn trees() -> impl Strategy<Value = Tree> {
    let name = prop::sample::select(NAMES.to_vec());
    let text = prop::sample::select(vec!["1", "7", "a", "ab", "1,7", "b,ab"]);
    let texts = (name.clone(), prop::sample::select(vec!["==", "~=", "in", "~~"]), text);
    let number = prop::sample::select(vec!["-3", "1", "7", "10"]);
    let numbers = (name, prop::sample::select(vec![">", ">=", "<", "<="]), number);
    let leaf =
        prop_oneof![texts, numbers].prop_map(|(name, operator, value)| Tree::Leaf(name, operator, value));
    leaf.prop_recursive(4, 12, 3, |inner| {
        let word = prop::sample::select(vec!["AND", "OR"]);
        (word, prop::collection::vec(inner, 1..4)).prop_map(|(word, parts)| Tree::Joined(word, parts))
    })
}

fn calls() -> impl Strategy<Value = Call> {
    let value = || prop::option::of(prop::sample::select(vec!["", "1", "7", "-3", "a", "ab", "xaby", "1,7"]));
    (value(), value()).prop_map(|(host, user)| {
        let all = [("host", host), ("user", user)];
        Call(all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn an_expression_holds_when_its_tree_does(tree in trees(), call in calls()) {
        let text = tree.written().to_string();
        let condition = read(&text);
        prop_assert_eq!(condition.map(|condition| condition.holds(&call)), Ok(tree.holds(&call)), "{}", text);
    }

    /// What cannot be read is told at its place.
    #[test]
    fn no_text_is_too_much(text in r#"[\[\]"ANDOR~=<>in,host 0-9.*+()?]{0,80}|\PC{0,60}"#) {
        match read(&text) {
            Ok(_) => prop_assert!(text.trim_start().starts_with('['), "{}", text),
            Err(told) => prop_assert!(told == "none" || told.starts_with("/rules/0/match_regex: "), "{}", told),
        }
    }
}

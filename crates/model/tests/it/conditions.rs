//! The language of conditions: what it takes, what it refuses, and what holds, against a reference that judges a tree
//! directly.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::net::Ipv4Addr;

use insta::assert_snapshot;
use paifang_model::policy::alibaba::condition::Values;
use paifang_model::policy::alibaba::{Condition, Variables};
use proptest::prelude::*;
use serde_json::json;

struct Call<'c> {
    names: &'c [String],
    values: HashMap<&'static str, &'static str>,
}

impl Values for Call<'_> {
    fn value(&self, variable: usize) -> Option<Cow<'_, str>> {
        self.values.get(self.names[variable].as_str()).map(|value| Cow::Borrowed(*value))
    }

    fn random(&self) -> f64 {
        0.25
    }
}

fn variables() -> Variables {
    let declared = json!({ "a": "Query:a", "b": "Header:X-B", "ip": "XFF:-1", "gone": "Token:gone" });
    Variables::read(declared.as_object().unwrap()).unwrap()
}

fn holds(text: &str, values: &[(&'static str, &'static str)]) -> Result<bool, String> {
    let mut variables = variables();
    let condition = Condition::parse(text, &mut variables).map_err(|complaint| complaint.message)?;
    let names: Vec<String> = variables.as_slice().iter().map(|variable| variable.name.clone()).collect();
    Ok(condition.holds(&Call { names: &names, values: values.iter().copied().collect() }))
}

const CALL: &[(&str, &str)] = &[
    ("a", "10"),
    ("b", "2.0.4"),
    ("ip", "10.1.2.3"),
    ("CaAppId", "9007199254740993"),
    ("CaStage", "RELEASE"),
];

#[test]
fn these_hold() {
    let all = [
        "$a = 10 and $a == '10' and $a != 9 and $a <> 11",
        "$a > 9 and $a >= 10 and $a < 10.5 and $a <= 1e1",
        // Texts compare as texts.
        "$a < '9'",
        "$b < '2.0.5'",
        "$gone = null and $a != null",
        // Two truth values: an absent one is not equal to a text.
        "$gone != 'OK'",
        "not $gone = 'OK' AND !($gone < 5) and ! $gone >= 5",
        "${b} like '2.%' and $b like '%.4' and $b like '2%0%4' and $b !like '3%' and $b like '2.0.4'",
        "$b like '%' and \"\" like '%' and '' like ''",
        "$ip in_cidr '10.0.0.0/8' and $ip !in_cidr '192.168.0.0/16' and $ip IN_CIDR \"10.1.2.3\"",
        "'::ffff:10.1.2.3' in_cidr '10.0.0.0/8' and '2001:db8::1' in_cidr '2001:db8::/32'",
        "Random() < 0.3 and random() > -1",
        "1 = 1",
        "true = true and 'TRUE' != true and $gone != false",
        "$CaAppId = 9007199254740993 and $CaAppId != 9007199254740992",
        "$CaStage='RELEASE'",
        // `and` binds tighter.
        "1 = 1 or 1 = 2 and 1 = 3",
        "'it''s' = \"it's\" and 'a\\'b' = \"a'b\"",
    ];
    for text in all {
        assert_eq!(holds(text, CALL), Ok(true), "{text}");
    }
}

#[test]
fn these_do_not() {
    let all = [
        "(1 = 1 or 1 = 2) and 1 = 3",
        "$a = 'ten' or $b = 2 or $b > 1 or $b < 3",
        "$gone like '%' or $gone in_cidr '0.0.0.0/0' or $b in_cidr '0.0.0.0/0'",
        "'aba' like 'ab%ba'",
        "true < false or null < 1 or null >= null",
    ];
    for text in all {
        assert_eq!(holds(text, CALL), Ok(false), "{text}");
    }
}

#[test]
fn these_are_refused() {
    let texts = [
        "",
        "$a",
        "$a =",
        "$a = 1 $b = 2",
        "$nobody = 1",
        "$a = 'x",
        "$a = yes",
        "$a like b",
        "$a in_cidr 'x'",
        "$a ! = 1",
        "($a = 1",
        "${a = 1",
        "$ = 1",
        "$a = 1;",
        "$a = 1.2.3",
        "random = 1",
        "$a & 1",
        "and",
    ];
    let told: Vec<String> =
        texts.iter().map(|text| format!("{text:<16} {}", holds(text, CALL).unwrap_err())).collect();
    assert_snapshot!(told.join("\n"), @"
                     the condition cannot be read at character 1: a variable, a constant or `Random()` is expected
    $a               the condition cannot be read at character 3: a comparison is expected: =, !=, <, <=, >, >=, like, in_cidr
    $a =             the condition cannot be read at character 5: a variable, a constant or `Random()` is expected
    $a = 1 $b = 2    the condition cannot be read at character 8: nothing, `and` or `or` is expected
    $nobody = 1      the condition uses `$nobody`, which `parameters` does not declare
    $a = 'x          the condition cannot be read at character 6: the text has no end
    $a = yes         the condition cannot be read at character 6: `yes` is neither a constant nor `Random()`
    $a like b        the condition cannot be read at character 9: a text in quotes is expected after `like`
    $a in_cidr 'x'   the condition cannot be read at character 12: `x` is neither an address nor a network
    $a ! = 1         the condition cannot be read at character 6: `like` or `in_cidr` is expected after `!`
    ($a = 1          the condition cannot be read at character 8: `)` is expected
    ${a = 1          the condition cannot be read at character 1: `${a` has no `}`
    $ = 1            the condition cannot be read at character 1: a variable's name follows `$`, as in `$name` or `${name}`
    $a = 1;          the condition cannot be read at character 7: `;` is not part of the language
    $a = 1.2.3       the condition cannot be read at character 6: `1.2.3` is not a number
    random = 1       the condition cannot be read at character 1: `random` is neither a constant nor `Random()`
    $a & 1           the condition cannot be read at character 4: `&` is not part of the language
    and              the condition cannot be read at character 1: `and` is neither a constant nor `Random()`
    ");
}

#[test]
fn long_and_deep_ones_are_refused() {
    let long = format!("$a = '{}'", "x".repeat(512));
    assert_snapshot!(holds(&long, CALL).unwrap_err(), @"a condition of 519 characters is too long: 512 are allowed");
    let deep = format!("{}1 = 1{}", "(".repeat(40), ")".repeat(40));
    assert_snapshot!(holds(&deep, CALL).unwrap_err(), @"the condition nests deeper than 32 levels");
    let wide = vec!["1 = 2"; 50].join(" or ");
    assert_eq!(holds(&wide, CALL), Ok(false));
}

#[test]
fn variables_that_are_refused() {
    let given = json!({
        "a": "Query", "b": "Nowhere:x", "c": 5, "0": "Path", "d": "XFF:x", "e": "System:Nothing", "f": "Method:x",
    });
    let told = Variables::read(given.as_object().unwrap()).unwrap_err().to_string().replace("; /", "\n/");
    assert_snapshot!(told, @"
    /a: `Query` names nothing: write `Location:Name`
    /b: `Nowhere:x` begins with none of: Method, Path, Host, Header, Query, Form, Parameter, System, Token, XFF, StatusCode, ErrorCode, BodyJsonField
    /c: it is not a string
    /0: `0` is not a variable's name: it begins with a letter or `_`, and letters, digits and `_` follow, 50 characters at most
    /d: `XFF:x` takes a number, as `XFF:-1`
    /e: `System:Nothing` is not a system parameter
    /f: `Method:x` takes no name after the colon
    ");
}

/// A condition as a tree, judged by itself.
#[derive(Debug, Clone)]
enum Tree {
    Compare(&'static str, &'static str, Constant, Side),
    Pair(&'static str, &'static str, &'static str),
    Like(&'static str, String),
    In(&'static str, &'static Network),
    NotLike(&'static str, String),
    NotIn(&'static str, &'static Network),
    Not(Box<Self>),
    All(Vec<Self>),
    Any(Vec<Self>),
}

#[derive(Debug, Clone, Copy)]
enum Constant {
    Text(&'static str),
    Number(f64),
    Bool(bool),
    Null,
}

/// On which side of the sign the variable stands.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Side {
    Left,
    Right,
}

/// A network as it is written, its first address and how many bits count.
#[derive(Debug)]
struct Network(&'static str, [u8; 4], u32);

static NETWORKS: [Network; 4] = [
    Network("10.0.0.0/8", [10, 0, 0, 0], 8),
    Network("10.1.2.3", [10, 1, 2, 3], 32),
    Network("10.1.2.2/31", [10, 1, 2, 2], 31),
    Network("0.0.0.0/0", [0, 0, 0, 0], 0),
];

const SIGNS: [&str; 8] = ["=", "==", "!=", "<>", "<", "<=", ">", ">="];

/// How a condition is written.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Brackets {
    Everywhere,
    /// Only where the meaning would be another one without.
    Few,
}

/// How tightly a part holds together: `or`, `and`, anything else.
const ANY: u8 = 0;
const ALL: u8 = 1;
const ONE: u8 = 2;

type Given = HashMap<&'static str, &'static str>;

impl Constant {
    fn text(self) -> String {
        match self {
            Self::Text(text) => format!("'{}'", text.replace('\'', "''")),
            Self::Number(number) => number.to_string(),
            Self::Bool(truth) => truth.to_string(),
            Self::Null => "null".to_owned(),
        }
    }

    /// What a value is beside it: less, equal or greater; none: neither.
    fn order(self, value: Option<&str>) -> Option<Ordering> {
        match (self, value) {
            (Self::Null, None) => Some(Ordering::Equal),
            (Self::Null, Some(_)) | (_, None) => None,
            (Self::Text(text), Some(value)) => Some(value.as_bytes().cmp(text.as_bytes())),
            (Self::Number(number), Some(value)) => value.parse::<f64>().ok()?.partial_cmp(&number),
            (Self::Bool(truth), Some(value)) => {
                value.eq_ignore_ascii_case(&truth.to_string()).then_some(Ordering::Equal)
            }
        }
    }

    /// Texts and numbers have an order.
    fn is_ordered(self) -> bool {
        matches!(self, Self::Text(_) | Self::Number(_))
    }
}

impl Tree {
    fn text(&self, brackets: Brackets) -> String {
        match self {
            Self::Compare(name, sign, constant, Side::Left) => format!("${name}{sign}{}", constant.text()),
            Self::Compare(name, sign, constant, Side::Right) => {
                format!("{} {} ${{{name}}}", constant.text(), mirrored(sign))
            }
            Self::Pair(left, sign, right) => format!("${left}{sign}${{{right}}}"),
            Self::Like(name, pattern) => format!("${name} like '{pattern}'"),
            Self::NotLike(name, pattern) => format!("${name} !like '{pattern}'"),
            Self::In(name, network) => format!("${name} in_cidr '{}'", network.0),
            Self::NotIn(name, network) => format!("${name} !IN_CIDR '{}'", network.0),
            Self::Not(inner) => format!("not {}", inner.within(ONE, brackets)),
            Self::All(parts) => joined(parts, " and ", ALL, brackets),
            Self::Any(parts) => joined(parts, " OR ", ANY, brackets),
        }
    }

    /// The same as a part of something that holds together so tightly.
    fn within(&self, outer: u8, brackets: Brackets) -> String {
        let text = self.text(brackets);
        if brackets == Brackets::Everywhere || self.tightness() < outer { format!("({text})") } else { text }
    }

    /// A single part is all that is written of what has no other.
    fn tightness(&self) -> u8 {
        match self {
            Self::All(parts) | Self::Any(parts) if parts.len() == 1 => parts[0].tightness(),
            Self::All(_) => ALL,
            Self::Any(_) => ANY,
            _ => ONE,
        }
    }

    fn holds(&self, call: &Given) -> bool {
        match self {
            Self::Compare(name, sign, constant, _) => {
                let order = constant.order(call.get(name).copied());
                stand_so(sign, order, order.filter(|_| constant.is_ordered()))
            }
            // Both are texts; two that are absent are equal, and neither is smaller.
            Self::Pair(left, sign, right) => {
                let (left, right) = (call.get(left), call.get(right));
                let ordered = left.zip(right).map(|(left, right)| left.as_bytes().cmp(right.as_bytes()));
                let both_absent = left.or(right).is_none().then_some(Ordering::Equal);
                stand_so(sign, ordered.or(both_absent), ordered)
            }
            Self::Like(name, pattern) => call.get(name).is_some_and(|text| has_form(text, pattern)),
            Self::NotLike(name, pattern) => !Self::Like(name, pattern.clone()).holds(call),
            Self::In(name, network) => call.get(name).is_some_and(|text| network.has(text)),
            Self::NotIn(name, network) => !Self::In(name, network).holds(call),
            Self::Not(inner) => !inner.holds(call),
            Self::All(parts) => parts.iter().all(|part| part.holds(call)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(call)),
        }
    }
}

/// Whether a sign says what two sides are to each other: whether they are equal, and which is smaller if that can be said.
fn stand_so(sign: &str, order: Option<Ordering>, ordered: Option<Ordering>) -> bool {
    match sign {
        "=" | "==" => order == Some(Ordering::Equal),
        "!=" | "<>" => order != Some(Ordering::Equal),
        "<" => ordered == Some(Ordering::Less),
        "<=" => matches!(ordered, Some(Ordering::Less | Ordering::Equal)),
        ">" => ordered == Some(Ordering::Greater),
        _ => matches!(ordered, Some(Ordering::Greater | Ordering::Equal)),
    }
}

fn joined(parts: &[Tree], word: &str, own: u8, brackets: Brackets) -> String {
    let within = if parts.len() > 1 { own } else { ANY };
    parts.iter().map(|part| part.within(within, brackets)).collect::<Vec<_>>().join(word)
}

/// The sign that says the same of both sides in the other order.
fn mirrored(sign: &'static str) -> &'static str {
    match sign {
        "<" => ">",
        "<=" => ">=",
        ">" => "<",
        ">=" => "<=",
        same => same,
    }
}

/// Whether a text has a form, tried one character after the other.
fn has_form(text: &str, pattern: &str) -> bool {
    let Some(first) = pattern.chars().next() else { return text.is_empty() };
    let rest = &pattern[first.len_utf8()..];
    if first == '%' {
        return text
            .char_indices()
            .map(|(at, _)| at)
            .chain([text.len()])
            .any(|at| has_form(&text[at..], rest));
    }
    text.strip_prefix(first).is_some_and(|text| has_form(text, rest))
}

impl Network {
    fn has(&self, text: &str) -> bool {
        let Self(_, first, bits) = self;
        let Ok(address) = text.parse::<Ipv4Addr>() else { return false };
        let differing = address.to_bits() ^ u32::from_be_bytes(*first);
        differing.checked_shr(32 - bits).unwrap_or(0) == 0
    }
}

fn leaves() -> impl Strategy<Value = Tree> {
    let name = prop::sample::select(vec!["a", "b", "gone"]);
    let constant = prop_oneof![
        prop::sample::select(vec!["", "1", "7", "x", "it's", "2.0.5"]).prop_map(Constant::Text),
        prop::sample::select(vec![-9.0, 0.0, 1.0, 1.5, 7.0]).prop_map(Constant::Number),
        any::<bool>().prop_map(Constant::Bool),
        Just(Constant::Null),
    ];
    let side = prop_oneof![Just(Side::Left), Just(Side::Right)];
    let compare = (name.clone(), prop::sample::select(SIGNS.to_vec()), constant, side)
        .prop_map(|(name, sign, constant, side)| Tree::Compare(name, sign, constant, side));
    let pair = (name.clone(), prop::sample::select(SIGNS.to_vec()), name.clone())
        .prop_map(|(left, sign, right)| Tree::Pair(left, sign, right));
    let pattern = prop::collection::vec(prop::sample::select(vec!["%", "a", "b", "1", "."]), 0..5);
    let like = (name.clone(), pattern, any::<bool>()).prop_map(|(name, parts, negated)| {
        let make = if negated { Tree::NotLike } else { Tree::Like };
        make(name, parts.concat())
    });
    let network = (name, 0..NETWORKS.len(), any::<bool>()).prop_map(|(name, network, negated)| {
        let make = if negated { Tree::NotIn } else { Tree::In };
        make(name, &NETWORKS[network])
    });
    prop_oneof![4 => compare, 1 => pair, 2 => like, 2 => network]
}

fn trees() -> impl Strategy<Value = Tree> {
    leaves().prop_recursive(4, 10, 3, |inner| {
        let several = prop::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            inner.prop_map(|inner| Tree::Not(Box::new(inner))),
            several.clone().prop_map(Tree::All),
            several.prop_map(Tree::Any),
        ]
    })
}

fn calls() -> impl Strategy<Value = Vec<(&'static str, &'static str)>> {
    let values = [
        "", "1", "7", "x", "-3", "1.5", "it's", "true", "FALSE", "ab", "aab1", "2.0.4", "10.1.2.3",
        "11.1.2.3", "10.1.2.4",
    ];
    let value = prop::sample::select(values.to_vec());
    prop::sample::subsequence(vec!["a", "b", "gone"], 0..=3)
        .prop_flat_map(move |names| {
            let values = prop::collection::vec(value.clone(), names.len());
            (Just(names), values)
        })
        .prop_map(|(names, values)| names.into_iter().zip(values).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn a_condition_holds_when_its_tree_does(tree in trees(), call in calls()) {
        for brackets in [Brackets::Few, Brackets::Everywhere] {
            let text = tree.text(brackets);
            if text.chars().count() <= 512 {
                prop_assert_eq!(holds(&text, &call), Ok(tree.holds(&call.iter().copied().collect())), "{}", text);
            }
        }
    }

    #[test]
    fn no_text_is_too_much(text in "[$a-z'\"(){}!=<>0-9. ]{0,60}|\\PC{0,40}") {
        let _judged = holds(&text, CALL);
    }
}

//! Variables: the noun, the texts that hold their places, and what values make of a definition.

use std::borrow::Cow;

use insta::assert_snapshot;
use paifang_model::definition::{Backend, Destination, HttpBackend, VariablePlace};
use paifang_model::template::{Piece, TEMPLATE_AT_MOST, Template};
use paifang_model::{Definition, Dialect, Variable};
use proptest::prelude::*;

use crate::samples::{complaints, definition, id, said, told};

fn variable(name: &str, value: &str) -> Variable {
    let (group, stage) = (id(4).into(), id(5).into());
    let id = Variable::id_of(group, stage, name);
    Variable { id, group, stage, name: name.to_owned(), value: value.to_owned() }
}

#[test]
fn names_and_values_have_rules() {
    let check = |dialect, name, value| told(variable(name, value).check(dialect));
    for value in ["10.0.0.7:8080", "a", "/v1/pets_2", "https://b-1.example.com"] {
        assert_eq!(check(Dialect::Alibaba, "h", value), "fine", "{value}");
        assert_eq!(check(Dialect::Huawei, "host", value), "fine", "{value}");
    }
    assert_snapshot!(check(Dialect::Huawei, "h", ""), @r"
    /name (range): `h` has 1 characters, but 3 to 32 are allowed
    /value (range): `` has 0 characters, but 1 to 255 are allowed
    ");
    assert_snapshot!(check(Dialect::Huawei, "host#1", "u@b"), @r#"
    /name (format): `host#1` contains '#', but only these are allowed: letters, digits, `_-`
    /value (format): `u@b` contains '@', but only these are allowed: letters, digits, `_-/.:`
    "#);
    let long = "x".repeat(256);
    assert_snapshot!(check(Dialect::Alibaba, "host", &long), @"/value (range): `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` has 256 characters, but 1 to 255 are allowed");
    for wrong in ["[::1]", "{id}", "a?b", "a b", "#b#", "a%2f", "é"] {
        assert_ne!(check(Dialect::Alibaba, "host", wrong), "fine", "{wrong}");
    }
}

#[test]
fn a_variable_is_one_by_group_stage_and_name() {
    let one = variable("host", "a");
    assert_eq!(one.id, variable("host", "b").id);
    assert_ne!(one.id, variable("Host", "a").id);
    assert_ne!(
        Variable::scope_of(id(4).into(), id(5).into()),
        Variable::scope_of(id(5).into(), id(4).into())
    );
}

#[test]
fn templates() {
    let read = |text| Template::parse(text).map(|template| format!("{:?}", template.pieces()));
    assert_snapshot!(read("#ip##port#").unwrap(), @r#"[Variable("ip"), Variable("port")]"#);
    assert_snapshot!(read("http://#a-1#:80/").unwrap(), @r#"[Text("http://"), Variable("a-1"), Text(":80/")]"#);
    assert_eq!(read("").unwrap(), "[]");
    let wrong = ["#", "a#b", "##", "#a", "#a#b#", "#1a#", "#a b#", "#a/#", "#名#"];
    assert_snapshot!(wrong.map(|text| format!("{text} {}", said(Template::parse(text)))).join("\n"), @r"
    # format: `#` begins a variable that does not end: write `#name#`
    a#b format: `#b` begins a variable that does not end: write `#name#`
    ## range: `` has 0 characters, but 1 to 512 are allowed
    #a format: `#a` begins a variable that does not end: write `#name#`
    #a#b# format: `#` begins a variable that does not end: write `#name#`
    #1a# format: `1a` must start with one of: letters
    #a b# format: `a b` contains ' ', but only these are allowed: letters, digits, `_-`
    #a/# format: `a/` contains '/', but only these are allowed: letters, digits, `_-`
    #名# format: `名` must start with one of: letters
    ");
    assert!(Template::parse(&"x".repeat(TEMPLATE_AT_MOST)).is_ok());
    assert!(Template::parse(&"x".repeat(TEMPLATE_AT_MOST + 1)).is_err());
}

proptest! {
    #[test]
    fn no_text_is_too_strange(text in any::<String>()) {
        if let Ok(template) = Template::parse(&text) {
            prop_assert_eq!(written(&template), text);
        }
    }

    #[test]
    fn marks_are_read_as_they_were_meant(
        pieces in prop::collection::vec((any::<bool>(), "[a-z][a-z0-9_-]{0,8}"), 0..20),
    ) {
        let text: String =
            pieces.iter().map(|(place, word)| if *place { format!("#{word}#") } else { word.clone() }).collect();
        let template = Template::parse(&text).unwrap();
        let expected: Vec<&str> =
            pieces.iter().filter(|(place, _)| *place).map(|(_, word)| word.as_str()).collect();
        prop_assert_eq!(template.variables().collect::<Vec<_>>(), expected);
        let filled: String =
            pieces.iter().map(|(place, word)| if *place { "VALUE" } else { word.as_str() }).collect();
        prop_assert_eq!(template.fill(|_| Some("VALUE")), filled);
    }
}

/// The text that a template was read from.
fn written(template: &Template<'_>) -> String {
    let piece = |piece: &Piece<'_>| match piece {
        Piece::Text(text) => (*text).to_owned(),
        Piece::Variable(name) => format!("#{name}#"),
    };
    template.pieces().iter().map(piece).collect()
}

fn at(url: &str, path: &str) -> Definition {
    let backend = HttpBackend { path: path.to_owned(), ..HttpBackend::at(url) };
    Definition { backend: Backend::Http(backend), backend_parameters: Vec::new(), ..definition() }
}

/// Address and path of the backend.
fn place(definition: &Definition) -> String {
    match &definition.backend {
        Backend::Http(HttpBackend { to: Destination::Address { url }, path, .. }) => format!("{url} {path}"),
        other => panic!("not at an address: {other:?}"),
    }
}

fn value(name: &str) -> Option<&'static str> {
    Some(match name {
        "scheme" => "https",
        "ip" => "10.0.0.7",
        "port" => ":8080",
        "base" => "v1/inner",
        "up" => "..",
        "word" => "abc",
        _ => return None,
    })
}

#[test]
fn drafts_are_judged_as_far_as_values_do_not_matter() {
    let check = |url: &str, path: &str| {
        complaints(Dialect::Huawei, |api| {
            let parameters = std::mem::take(&mut api.backend_parameters);
            *api = Definition { backend_parameters: parameters, ..at(url, path) };
        })
    };
    for url in
        ["http://#host#", "#addr#", "http://#host##port#", "#scheme#://#host#:#port#/", "https://a.#zone#"]
    {
        assert_eq!(check(url, "/#base#/{animal}"), "fine", "{url}");
    }
    for path in ["#base#/{animal}", "/{animal}#tail#", "/v#number#", "/#one##two#/x"] {
        assert_eq!(check("http://b", path), "fine", "{path}");
    }
    assert_snapshot!(check("ftp://#host#", "animals#base#"), @r"
    /backend/to/url (format): `ftp://#host#` is not a backend address: the scheme is http or https
    /backend/path (format): the path `animals/-/` must start with `/`
    ");
    assert_snapshot!(check("http://u@#host#", "/#base#/{gone}"), @r"
    /backend/to/url (format): `http://u@#host#` is not a backend address: it holds '@'
    /backend/path (unknown): the backend path names `gone`, to which no path parameter of the backend belongs
    ");
    assert_snapshot!(check("http://#host", "/#no#"), @r"
    /backend/to/url (format): `#host` begins a variable that does not end: write `#name#`
    /backend/path (range): `no` has 2 characters, but 3 to 32 are allowed
    ");
}

#[test]
fn all_variables_of_a_definition_are_known() {
    let definition = at("http://#ip##port#", "/#base#/#ip#");
    let known: Vec<String> = definition
        .variables()
        .into_iter()
        .map(|VariablePlace { name, pointer }| format!("{name} {pointer}"))
        .collect();
    assert_eq!(
        known,
        ["ip /backend/to/url", "port /backend/to/url", "base /backend/path", "ip /backend/path"]
    );
    assert!(at("http://b", "/pets").variables().is_empty());
}

#[test]
fn values_take_their_places() {
    let resolved = |url, path| place(&at(url, path).resolve(value).unwrap());
    assert_eq!(resolved("http://#ip##port#", "/#base#/pets"), "http://10.0.0.7:8080 /v1/inner/pets");
    assert_eq!(resolved("#scheme#://#ip#", "/"), "https://10.0.0.7 /");
    let plain = at("http://b", "/pets");
    assert!(matches!(plain.resolve(|_| None).unwrap(), Cow::Borrowed(_)));
}

/// The sample behind the access of a name.
fn behind(name: &str) -> Definition {
    let to = Destination::NamedAccess { name: name.to_owned(), scheme: None };
    let backend = HttpBackend { to, ..HttpBackend::at("") };
    Definition { backend: Backend::Http(backend), backend_parameters: Vec::new(), ..definition() }
}

#[test]
fn an_access_may_be_named_by_a_variable() {
    for name in ["vault", "#access#", "vault-#zone#", "金库#zone#"] {
        assert_eq!(told(behind(name).check(Dialect::Alibaba)), "fine", "{name}");
    }
    let refused =
        ["vlt", "#access", "vault #zone#", "#a b#"].map(|name| told(behind(name).check(Dialect::Alibaba)));
    assert_snapshot!(refused.join("\n"), @r"
    /backend/to/name (range): `vlt` has 3 characters, but 4 to 50 are allowed
    /backend/to/name (format): `#access` begins a variable that does not end: write `#name#`
    /backend/to/name (format): `vault #zone#` holds ' ', which no backend access has in its name
    /backend/to/name (format): `a b` contains ' ', but only these are allowed: letters, digits, `_-`
    ");
    let resolved = |name| {
        behind(name).resolve(value).map(|resolved| resolved.named_accesses().next().unwrap().1.to_owned())
    };
    assert_eq!(resolved("vault-#word#").unwrap(), "vault-abc");
    assert_snapshot!(told(resolved("#gone#").map(drop)), @"/backend/to/name (required): the variable `gone` has no value in the stage");
    assert_snapshot!(told(resolved("#ip#").map(drop)), @"/backend/to/name (format): `10.0.0.7` must start with one of: letters, Chinese characters");
    assert_eq!(behind("#access#").variables().len(), 1);
    let stands_in = behind("#access#").with_stand_ins().into_owned();
    assert!(stands_in.variables().is_empty());
    assert_eq!(told(stands_in.check(Dialect::Alibaba)), "fine");
}

#[test]
fn what_is_missing_and_what_does_not_fit_is_told() {
    let refused = |url, path| told(at(url, path).resolve(value).map(drop));
    assert_snapshot!(refused("http://#host#", "/#gone#/#host#"), @r"
    /backend/to/url (required): the variable `host` has no value in the stage
    /backend/path (required): the variable `gone` has no value in the stage
    /backend/path (required): the variable `host` has no value in the stage
    ");
    assert_snapshot!(refused("http://#ip#:#word#", "/a/#up#/b"), @r"
    /backend/to/url (format): `10.0.0.7:abc` is not host[:port]: the port is a number from 1 to 65535
    /backend/path (format): the path segment `..` is a dot segment
    ");
}

#[test]
fn stand_ins_make_a_definition_that_can_be_judged() {
    let stand_ins = |url, path| place(&at(url, path).with_stand_ins());
    assert_eq!(stand_ins("http://#ip##port#", "/a/#base#"), "http://variable /a//-/");
    assert_eq!(stand_ins("https://b", "#base#/{id}"), "https://b /-//{id}");
    assert_eq!(stand_ins("https://#ip#", "/pets"), "https://variable /pets");
}

#[test]
fn brackets_become_the_dialects_beside_variables_too() {
    let stored = |dialect| place(&at("http://b", "/#base#/[id]/{rest+}").in_dialect(dialect));
    assert_eq!(stored(Dialect::Alibaba), "http://b /#base#/[id]/[rest+]");
    assert_eq!(stored(Dialect::Huawei), "http://b /#base#/{id}/{rest+}");
}

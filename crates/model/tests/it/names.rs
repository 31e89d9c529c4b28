//! Names: what each noun may be called in each dialect, and the sentence when it may not.

use insta::assert_snapshot;
use paifang_model::app::APP_NAME;
use paifang_model::backend_access::ACCESS_NAME;
use paifang_model::backend_service::SERVICE_NAME;
use paifang_model::channel::CHANNEL_NAME;
use paifang_model::dialect::Names;
use paifang_model::name::{NameRule, check_length, shown};
use paifang_model::{Dialect, Stage};

use crate::samples::{id, said, told};

fn table(rule: &NameRule, names: &[&str]) -> String {
    names
        .iter()
        .map(|name| format!("{:<12} {}", name.escape_debug().to_string(), said(rule.check(name))))
        .collect::<Vec<_>>()
        .join("\n")
}

fn names(dialect: Dialect) -> &'static Names {
    &dialect.rules().names
}

/// The shortest and the longest that a rule accepts, and that one more or less is refused.
fn bounds(rule: &NameRule) -> String {
    let fits = |length: usize| rule.check(&"A".repeat(length)).is_ok();
    assert!(fits(rule.min) && fits(rule.max) && !fits(rule.min - 1) && !fits(rule.max + 1));
    format!("{} to {}", rule.min, rule.max)
}

#[test]
fn lengths_of_all_nouns() {
    let mut lines = Vec::new();
    for dialect in Dialect::ALL {
        let Names { group, api, stage, parameter, variable, policy } = names(dialect);
        let rules = [
            ("group", group),
            ("api", api),
            ("stage", stage),
            ("parameter", parameter),
            ("variable", variable),
            ("policy", policy),
        ];
        lines.extend(rules.map(|(noun, rule)| format!("{dialect} {noun}: {}", bounds(rule))));
    }
    let shared = [
        ("app", &APP_NAME),
        ("backend access", &ACCESS_NAME),
        ("backend service", &SERVICE_NAME),
        ("channel", &CHANNEL_NAME),
    ];
    lines.extend(shared.map(|(noun, rule)| format!("{noun}: {}", bounds(rule))));
    assert_snapshot!(lines.join("\n"), @r"
    alibaba group: 4 to 50
    alibaba api: 4 to 50
    alibaba stage: 2 to 10
    alibaba parameter: 1 to 128
    alibaba variable: 1 to 50
    alibaba policy: 4 to 50
    huawei group: 3 to 255
    huawei api: 3 to 255
    huawei stage: 3 to 64
    huawei parameter: 1 to 32
    huawei variable: 3 to 32
    huawei policy: 3 to 64
    app: 3 to 64
    backend access: 4 to 50
    backend service: 4 to 50
    channel: 3 to 64
    ");
}

#[test]
fn groups_and_apis_of_alibaba() {
    let cases = ["pets", "宠物商店", "p_e_t_1", "宠物1", "1pet", "_pets", "pet shop", "pet-shop", "abc"];
    assert_snapshot!(table(&names(Dialect::Alibaba).group, &cases), @r"
    pets         fine
    宠物商店         fine
    p_e_t_1      fine
    宠物1          range: `宠物1` has 3 characters, but 4 to 50 are allowed
    1pet         format: `1pet` must start with one of: letters, Chinese characters
    _pets        format: `_pets` must start with one of: letters, Chinese characters
    pet shop     format: `pet shop` contains ' ', but only these are allowed: letters, digits, Chinese characters, `_`
    pet-shop     format: `pet-shop` contains '-', but only these are allowed: letters, digits, Chinese characters, `_`
    abc          range: `abc` has 3 characters, but 4 to 50 are allowed
    ");
    let api = &names(Dialect::Alibaba).api;
    for case in cases {
        assert_eq!(said(api.check(case)), said(names(Dialect::Alibaba).group.check(case)));
    }
}

#[test]
fn groups_and_apis_of_huawei() {
    let cases = [
        "pet",
        "1pet",
        "宠物店",
        "a-b_c.d/e:f(g)",
        "宠物（一）：二、三",
        "pet shop",
        "-pet",
        "_pet",
        "pé t",
        "<b>",
        "ab",
    ];
    assert_snapshot!(table(&names(Dialect::Huawei).api, &cases), @r"
    pet          fine
    1pet         fine
    宠物店          fine
    a-b_c.d/e:f(g) fine
    宠物（一）：二、三    fine
    pet shop     format: `pet shop` contains ' ', but only these are allowed: letters, digits, Chinese characters, `_-./:()（）：、`
    -pet         format: `-pet` must start with one of: letters, digits, Chinese characters
    _pet         format: `_pet` must start with one of: letters, digits, Chinese characters
    pé t         format: `pé t` contains 'é', but only these are allowed: letters, digits, Chinese characters, `_-./:()（）：、`
    <b>          format: `<b>` must start with one of: letters, digits, Chinese characters
    ab           range: `ab` has 2 characters, but 3 to 255 are allowed
    ");
    let group = &names(Dialect::Huawei).group;
    for case in cases {
        assert_eq!(said(group.check(case)), said(names(Dialect::Huawei).api.check(case)));
    }
}

#[test]
fn stages() {
    let cases = ["RELEASE", "V2", "2V", "dev", "Dev_1", "预发", "D-1", "A"];
    assert_snapshot!(table(&names(Dialect::Alibaba).stage, &cases), @r"
    RELEASE      fine
    V2           fine
    2V           fine
    dev          format: `dev` must start with one of: digits, `ABCDEFGHIJKLMNOPQRSTUVWXYZ`
    Dev_1        format: `Dev_1` contains 'e', but only these are allowed: digits, `ABCDEFGHIJKLMNOPQRSTUVWXYZ`
    预发           format: `预发` must start with one of: digits, `ABCDEFGHIJKLMNOPQRSTUVWXYZ`
    D-1          format: `D-1` contains '-', but only these are allowed: digits, `ABCDEFGHIJKLMNOPQRSTUVWXYZ`
    A            range: `A` has 1 characters, but 2 to 10 are allowed
    ");
    assert_snapshot!(table(&names(Dialect::Huawei).stage, &cases), @r"
    RELEASE      fine
    V2           range: `V2` has 2 characters, but 3 to 64 are allowed
    2V           range: `2V` has 2 characters, but 3 to 64 are allowed
    dev          fine
    Dev_1        fine
    预发           range: `预发` has 2 characters, but 3 to 64 are allowed
    D-1          format: `D-1` contains '-', but only these are allowed: letters, digits, `_`
    A            range: `A` has 1 characters, but 3 to 64 are allowed
    ");
}

#[test]
fn parameters_and_variables() {
    let cases = ["id", "_id", "$id", "X-Id", "a.b", "ids[]", "1st", "a b", "a\r\nb", "名"];
    assert_snapshot!(table(&names(Dialect::Alibaba).parameter, &cases), @r#"
    id           fine
    _id          fine
    $id          fine
    X-Id         fine
    a.b          fine
    ids[]        fine
    1st          fine
    a b          format: `a b` contains ' ', but only these are allowed: letters, digits, `_.-$[]`
    a\r\nb       format: `a##b` contains '\r', but only these are allowed: letters, digits, `_.-$[]`
    名            format: `名` must start with one of: letters, digits, `_$`
    "#);
    assert_snapshot!(table(&names(Dialect::Huawei).parameter, &cases), @r#"
    id           fine
    _id          format: `_id` must start with one of: letters
    $id          format: `$id` must start with one of: letters
    X-Id         fine
    a.b          fine
    ids[]        format: `ids[]` contains '[', but only these are allowed: letters, digits, `-_.`
    1st          format: `1st` must start with one of: letters
    a b          format: `a b` contains ' ', but only these are allowed: letters, digits, `-_.`
    a\r\nb       format: `a##b` contains '\r', but only these are allowed: letters, digits, `-_.`
    名            format: `名` must start with one of: letters
    "#);
    let cases = ["host", "Host_1-a", "1host", "a.b"];
    assert_snapshot!(table(&names(Dialect::Huawei).variable, &cases), @r"
    host         fine
    Host_1-a     fine
    1host        format: `1host` must start with one of: letters
    a.b          format: `a.b` contains '.', but only these are allowed: letters, digits, `_-`
    ");
    assert_snapshot!(table(&names(Dialect::Alibaba).variable, &cases), @r"
    host         fine
    Host_1-a     fine
    1host        format: `1host` must start with one of: letters
    a.b          format: `a.b` contains '.', but only these are allowed: letters, digits, `_-`
    ");
}

#[test]
fn what_both_dialects_share() {
    let cases = ["shop", "商店1", "my-shop", "my_shop", "1shop", "my.shop", "my shop"];
    assert_snapshot!(table(&APP_NAME, &cases), @r"
    shop         fine
    商店1          fine
    my-shop      fine
    my_shop      fine
    1shop        format: `1shop` must start with one of: letters, Chinese characters
    my.shop      format: `my.shop` contains '.', but only these are allowed: letters, digits, Chinese characters, `_-`
    my shop      format: `my shop` contains ' ', but only these are allowed: letters, digits, Chinese characters, `_-`
    ");
    assert_snapshot!(table(&ACCESS_NAME, &cases), @r"
    shop         fine
    商店1          range: `商店1` has 3 characters, but 4 to 50 are allowed
    my-shop      fine
    my_shop      fine
    1shop        format: `1shop` must start with one of: letters, Chinese characters
    my.shop      format: `my.shop` contains '.', but only these are allowed: letters, digits, Chinese characters, `_-`
    my shop      format: `my shop` contains ' ', but only these are allowed: letters, digits, Chinese characters, `_-`
    ");
    assert_snapshot!(table(&CHANNEL_NAME, &cases), @r"
    shop         fine
    商店1          format: `商店1` must start with one of: letters
    my-shop      fine
    my_shop      fine
    1shop        format: `1shop` must start with one of: letters
    my.shop      fine
    my shop      format: `my shop` contains ' ', but only these are allowed: letters, digits, `_.-`
    ");
}

#[test]
fn a_name_is_measured_in_characters_and_shown_short() {
    assert_snapshot!(said(check_length("宠物", 3, 4)), @"range: `宠物` has 2 characters, but 3 to 4 are allowed");
    assert_snapshot!(said(check_length(&"x".repeat(70), 0, 69)), @"range: `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` has 70 characters, but 0 to 69 are allowed");
    assert_eq!(shown("a\nb\0c\u{7f}d"), "a#b#c#d");
    assert_eq!(shown(&"x".repeat(64)), "x".repeat(64));
}

#[test]
fn built_in_stages_are_there_from_the_start() {
    let built_in = |dialect| Stage::built_in(dialect).map(|stage| stage.name).collect::<Vec<_>>();
    assert_eq!(built_in(Dialect::Alibaba), ["RELEASE", "PRE", "TEST"]);
    assert_eq!(built_in(Dialect::Huawei), ["RELEASE"]);
    for stage in Dialect::ALL.into_iter().flat_map(Stage::built_in) {
        assert!(stage.is_built_in() && stage.check().is_ok(), "{stage:?}");
    }
    let stage = |dialect, name: &str| Stage {
        id: id(1).into(),
        dialect,
        name: name.to_owned(),
        description: String::new(),
    };
    assert!(!stage(Dialect::Alibaba, "RELEASE").is_built_in(), "the id decides");
    assert_snapshot!(told(stage(Dialect::Alibaba, "dev").check()), @"/name (format): `dev` must start with one of: digits, `ABCDEFGHIJKLMNOPQRSTUVWXYZ`");
    let chatty = Stage { description: "x".repeat(256), ..stage(Dialect::Huawei, "dev") };
    assert_snapshot!(told(chatty.check()), @"/description (range): `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` has 256 characters, but 0 to 255 are allowed");
    assert_eq!(Stage::matched_name(Dialect::Alibaba, "Pre"), "PRE");
    assert_eq!(Stage::matched_name(Dialect::Huawei, "Pre"), "Pre");
}

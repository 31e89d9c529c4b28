//! Ids: their text, and that derived ones never change, because documents and other documents' links hold them.

use std::collections::HashSet;

use insta::assert_snapshot;
use paifang_model::id::ApiId;
use paifang_model::{AccessKey, AppKey, Deployment, Dialect, Domain, Grant, Id, Kind, Stage};
use proptest::prelude::*;

use crate::samples::id;

#[test]
fn derived_ids_stay_what_they_are() {
    let lines = [
        format!("nothing {}", Id::derived("kind", &[])),
        format!("parts {}", Id::derived("kind", &[b"a", b"", b"bc"])),
        format!("stage {}", Stage::built_in_id(Dialect::Alibaba, "RELEASE")),
        format!("environment {}", Stage::built_in_id(Dialect::Huawei, "RELEASE")),
        format!("deployment {}", Deployment::id_of(id(1).into(), id(2).into())),
        format!("grant {}", Grant::id_of(id(1).into(), id(2).into(), id(3).into())),
        format!("app key {}", AppKey::id_of("203753385")),
        format!("access key {}", AccessKey::id_of("LTAI5tExample")),
        format!("domain {}", Domain::id_of("api.example.com")),
    ];
    assert_snapshot!(lines.join("\n"), @r"
    nothing 74d5d9d658622b0a3197360293617be5
    parts 338244cc6d15b6b411bf6ac08f5a677e
    stage e49bcbba2333b5e5bbce697dd44e34e4
    environment 3c66892c3a6deeff1a934a93ced9aa65
    deployment fd1c09944d2d704d959dec21281f3f9a
    grant f3495d85d2b900a8009b0f8dc6b04a79
    app key f168f6aeddbadb0e05fa3998fec94559
    access key f7bc9159e426be1c5ea87ee56a6bc85e
    domain 1eb86a2fac437e1701bff8b255fb5519
    ");
}

#[test]
fn parts_do_not_run_into_each_other() {
    let all = [
        Id::derived("a", &[b"bc"]),
        Id::derived("ab", &[b"c"]),
        Id::derived("a", &[b"b", b"c"]),
        Id::derived("a", &[b"bc", b""]),
        Id::derived("a", &[b"", b"bc"]),
    ];
    assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len());
}

#[test]
fn only_thirty_two_hex_digits_are_an_id() {
    let text = "00112233445566778899aabbccddeeff";
    assert_eq!(text.parse::<Id>().unwrap().to_string(), text);
    assert_eq!(text.to_uppercase().parse::<Id>().unwrap().to_string(), text, "written in lower case");
    for wrong in ["", "0", &text[1..], &format!("{text}0"), &format!(" {}", &text[1..]), &"g".repeat(32)] {
        assert!(wrong.parse::<Id>().is_err(), "{wrong:?}");
    }
    assert_snapshot!(serde_json::from_str::<ApiId>("\"pets\"").unwrap_err(), @"an id is 32 hexadecimal digits");
    assert_eq!(format!("{:?}", ApiId(id(0xab))), "ab".repeat(16));
}

#[test]
fn drawn_ids_differ() {
    assert_ne!(Id::random(), Id::random());
    assert_ne!(Id::random(), Id::ROOT);
}

#[test]
fn a_kind_has_one_name_everywhere() {
    for kind in Kind::ALL {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        assert_eq!(kind.name().parse::<Kind>().unwrap(), *kind);
    }
    let names: Vec<_> = Kind::ALL.iter().map(|kind| kind.name()).collect();
    assert_snapshot!(names.join(" "), @"account user access_key group stage variable api version deployment app app_key app_code grant app_quota domain certificate authority backend_access backend_instance backend_service channel policy binding group_binding access_list black_list manifest manifest_entry quota");
    assert_snapshot!("pets".parse::<Kind>().unwrap_err(), @"no kind of document is called `pets`");
}

proptest! {
    #[test]
    fn an_id_survives_its_text(bytes in any::<[u8; 16]>(), text in "\\PC{0,40}") {
        let id = Id::from_bytes(bytes);
        prop_assert_eq!(id.to_string().parse::<Id>(), Ok(id));
        prop_assert_eq!(serde_json::from_value::<Id>(serde_json::to_value(id).unwrap()).unwrap(), id);
        let _ = text.parse::<Id>();
    }
}

//! Every number by name, and the page that tells them to people.

use std::path::Path;

use paifang_model::id::QuotaId;
use paifang_model::limits::{Limits, Profile};
use paifang_model::quota::Item;
use paifang_model::{Dialect, Quota, QuotaName, Record as _};

use crate::samples::{said, told};

fn name(text: &str) -> QuotaName {
    text.parse().unwrap()
}

fn quota(text: &str, value: Option<u64>) -> Quota {
    Quota { id: Quota::id_of(name(text)), name: name(text), value, by: "admin".to_owned() }
}

#[test]
fn names_are_read_as_they_are_written() {
    for name in QuotaName::all() {
        assert_eq!(name.to_string().parse(), Ok(name));
    }
    for text in ["groups", "all.groups", "huawei.apps", "alibaba.parameters_per_api", "Huawei.groups", ""] {
        assert!(text.parse::<QuotaName>().is_err(), "{text}");
    }
}

#[test]
fn every_number_may_be_what_its_profiles_say() {
    for name in QuotaName::all() {
        for profile in [Profile::Own, Profile::Cloud] {
            assert_eq!(said(name.check(name.default_in(profile))), "fine", "{name} in {profile:?}");
        }
    }
}

/// Spec: aliyun/console-and-quotas.md §4, huawei/console-and-quotas.md.
#[test]
fn in_the_clouds_profile_numbers_are_those_of_the_clouds() {
    let numbers = [
        ("all.apis", 10_000),
        ("all.channels", 30),
        ("all.app_codes_per_app", 5),
        ("all.members_per_channel", 200),
        ("huawei.groups", 50),
        ("huawei.domains_per_group", 5),
        ("huawei.stages", 10),
        ("huawei.versions_per_stage", 10),
        ("huawei.parameters_per_api", 50),
        ("huawei.backend_policies_per_api", 5),
        ("huawei.variables_per_stage", 50),
        ("huawei.throttling_policies", 30),
        ("huawei.signature_keys", 30),
        ("huawei.access_policies", 100),
        ("huawei.addresses_per_list", 100),
        ("huawei.request_body", 12 * 1024 * 1024),
        ("huawei.subdomain_calls_per_day", 1_000),
        ("huawei.api_calls_per_second", 200),
    ];
    for (text, number) in numbers {
        assert_eq!(name(text).default_in(Profile::Cloud), Some(number), "{text}");
    }
}

#[test]
fn what_it_may_not_be_is_said_with_the_range() {
    insta::assert_snapshot!(told(quota("alibaba.request_target", Some(5)).check()), @"/value (range): `alibaba.request_target` cannot be 5: 256 to 131072 bytes are allowed");
    insta::assert_snapshot!(told(quota("huawei.backend_timeout", None).check()), @"/value (range): `huawei.backend_timeout` cannot be off");
    assert_eq!(told(quota("huawei.groups", None).check()), "fine");
}

#[test]
fn an_id_follows_from_the_name() {
    assert_eq!(quota("all.apps", None).id(), Quota::id_of(name("all.apps")).0);
    assert_ne!(Quota::id_of(name("alibaba.groups")), Quota::id_of(name("huawei.groups")));
    let _: QuotaId = quota("all.apps", None).id;
}

#[test]
fn a_change_reaches_the_limits_of_its_dialect_alone() {
    for item in Item::ALL {
        for dialect in Dialect::ALL {
            let before = Limits::of(Profile::Cloud, dialect);
            let name = QuotaName { dialect: Some(dialect), item: *item };
            let quota = Quota { id: Quota::id_of(name), name, value: Some(300), by: "admin".to_owned() };
            let other = Dialect::ALL.into_iter().find(|other| *other != dialect).unwrap();
            assert_eq!(before.changed(other, std::iter::once(&quota)), before);
            let is_about_calls = item.counted().is_none()
                && ![
                    Item::VersionsPerStage,
                    Item::ParametersPerApi,
                    Item::BackendPoliciesPerApi,
                    Item::MembersPerChannel,
                ]
                .contains(item);
            assert_eq!(before.changed(dialect, std::iter::once(&quota)) != before, is_about_calls, "{name}");
        }
    }
}

#[test]
fn what_cannot_be_off_stays_on() {
    let own = Limits::of(Profile::Own, Dialect::Alibaba);
    let off = quota("alibaba.request_body", None);
    assert_eq!(own.changed(Dialect::Alibaba, std::iter::once(&off)), own);
}

/// The table between its marks in the page is made of the code. Written anew with `UPDATE_GOLDEN=1`.
#[test]
fn the_page_tells_every_number() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/operating/limits-and-quotas.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let made = format!("{before}{BEGIN}\n{}{END}{after}", table());
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let page = std::fs::read_to_string(&path).unwrap();
    assert_eq!(page, made, "the table in {} is old: UPDATE_GOLDEN=1 writes it anew", path.display());
}

const BEGIN: &str = "<!-- made by paifang-model -->";
const END: &str = "<!-- end -->";

fn table() -> String {
    let mut table =
        "| name | limits | unit | `own` | `cloud` | may be |\n|---|---|---|---|---|---|\n".to_owned();
    for name in QuotaName::all() {
        let shown = |value: Option<u64>| value.map_or("off".to_owned(), |value| value.to_string());
        let (least, most) = name.item.range().into_inner();
        let off = if name.item.may_be_off() { " or off" } else { "" };
        table += &format!(
            "| `{name}` | {} | {} | {} | {} | {least} to {most}{off} |\n",
            name.item.what(),
            name.item.unit(),
            shown(name.default_in(Profile::Own)),
            shown(name.default_in(Profile::Cloud)),
        );
    }
    table
}

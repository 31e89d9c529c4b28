//! Access control: what lists say, and what is no list.

use std::net::IpAddr;

use paifang_model::limits::{Limits, Profile};
use paifang_model::policy::{AddressRange, AddressSet, Settings};
use paifang_model::{Dialect, PolicyKind};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::complaints;

fn read(kind: PolicyKind, settings: &Value) -> Result<Settings, paifang_model::Violations> {
    Settings::read(Dialect::Huawei, kind, settings)
}

fn set(entries: &str) -> AddressSet {
    entries.split(',').map(|entry| entry.parse::<AddressRange>().unwrap()).collect()
}

#[test]
fn an_entry_is_an_address_a_network_or_a_range() {
    let set = set("192.0.2.1,10.1.2.3/8,192.168.1.5-192.168.1.10,2001:db8::/32,::ffff:198.51.100.0/120");
    for (address, listed) in [
        ("192.0.2.1", true),
        ("192.0.2.2", false),
        ("::ffff:192.0.2.1", true),
        ("10.0.0.0", true),
        ("10.255.255.255", true),
        ("11.0.0.0", false),
        ("192.168.1.4", false),
        ("192.168.1.5", true),
        ("192.168.1.10", true),
        ("192.168.1.11", false),
        ("2001:db8:ffff::1", true),
        ("2001:db9::", false),
        ("198.51.100.255", true),
        ("198.51.101.0", false),
    ] {
        assert_eq!(set.contains(address.parse().unwrap()), listed, "{address}");
    }
}

#[test]
fn what_is_no_entry_is_told() {
    let told = |text: &str| text.parse::<AddressRange>().unwrap_err().message;
    insta::assert_snapshot!(told("10.0.0.0/33"), @"`10.0.0.0/33` is neither an address nor a network or range of them");
    insta::assert_snapshot!(told(""), @"`` is neither an address nor a network or range of them");
    insta::assert_snapshot!(told("10.0.0.9-10.0.0.1"), @"`10.0.0.9-10.0.0.1` ends before it begins, or in another version of IP");
    insta::assert_snapshot!(told("10.0.0.1-::2"), @"`10.0.0.1-::2` ends before it begins, or in another version of IP");
    insta::assert_snapshot!(told("::ffff:10.0.0.0/80"), @"`::ffff:10.0.0.0/80` goes beyond the IPv4 addresses inside of IPv6: write it as an IPv4 network");
}

#[test]
fn every_complaint_about_a_list_comes_at_once() {
    let wrong = json!({ "acl_type": "MAYBE", "acl_value": "10.0.0.1,shop,,1.2.3.4/40", "entity_type": "IP" });
    insta::assert_snapshot!(complaints(read(PolicyKind::AddressList, &wrong)), @r"
    /acl_type Format: `MAYBE` is none of: PERMIT, DENY
    /acl_value Format: `shop` is neither an address nor a network or range of them
    /acl_value Format: `` is neither an address nor a network or range of them
    /acl_value Format: `1.2.3.4/40` is neither an address nor a network or range of them
    /entity_type Unknown: there is no setting `entity_type`
    ");
    insta::assert_snapshot!(complaints(read(PolicyKind::AccountList, &json!({ "acl_value": "shop,12,ümlaut" }))), @r"
    /acl_type Required: it is missing
    /acl_value Format: `12` is not an account's name: 1 to 64 characters of ASCII that are not all digits
    /acl_value Format: `ümlaut` is not an account's name: 1 to 64 characters of ASCII that are not all digits
    ");
    let names: Vec<String> = (0..20).map(|n| format!("{n:02}{}", "x".repeat(50))).collect();
    let long = json!({ "acl_type": "DENY", "acl_value": names.join(",") });
    insta::assert_snapshot!(complaints(read(PolicyKind::AccountList, &long)), @"/acl_value Range: 1059 characters are too many: 1024 are allowed");
    let ids = json!({ "acl_type": "DENY", "acl_value": "01010101010101010101010101010101,shop" });
    insta::assert_snapshot!(complaints(read(PolicyKind::AccountIdList, &ids)), @"/acl_value Format: `shop`: an id is 32 hexadecimal digits");
    let rubbish = json!({ "acl_type": "DENY", "acl_value": "x,".repeat(1_000) });
    assert_eq!(read(PolicyKind::AddressList, &rubbish).unwrap_err().iter().count(), 20);
}

/// Only the cloud has a number for it.
#[test]
fn the_profile_says_how_long_a_list_is() {
    let of = |entries: usize| {
        let value = vec!["10.0.0.1"; entries].join(",");
        read(PolicyKind::AddressList, &json!({ "acl_type": "DENY", "acl_value": value })).unwrap()
    };
    let cloud = Limits::of(Profile::Cloud, Dialect::Huawei);
    assert!(of(100).check_within(&cloud).is_ok());
    insta::assert_snapshot!(complaints(of(101).check_within(&cloud)), @"/acl_value Range: 101 are too many: 100 are allowed");
    assert!(of(3_000).check_within(&Limits::of(Profile::Own, Dialect::Huawei)).is_ok());
}

#[test]
fn ip_control_is_read_from_json_and_yaml() {
    let read = |data: Value| Settings::read(Dialect::Alibaba, PolicyKind::AddressList, &data);
    let yaml = "type: ALLOW\nresource: XFF:-1\nitems:\n- blocks: [79.11.12.2]\n- blocks: [10.0.0.0/8]\n  appId: 219810\n";
    let Settings::IpControl(control) = read(json!(yaml)).unwrap() else { panic!("another kind") };
    assert_eq!((control.forwarded, control.of_apps.len(), control.of_apps[0].0), (Some(-1), 1, 219_810));
    assert!(control.everyone.contains("79.11.12.2".parse().unwrap()));
    let wrong = json!({ "type": "PERMIT", "resource": "Header:X", "items": [{ "appId": "shop" }, { "blocks": ["x", 5] }] });
    insta::assert_snapshot!(complaints(read(wrong)), @r#"
    /type Format: `PERMIT` is none of: ALLOW, REFUSE
    /resource Format: `Header:X` is no element of X-Forwarded-For: write `XFF:-1`
    /items/0/blocks Required: it is missing
    /items/0/appId Format: `"shop"` is not a number
    /items/1/blocks/0 Format: `x` is neither an address nor a network or range of them
    /items/1/blocks/1 Format: it is not a string
    "#);
    insta::assert_snapshot!(complaints(Settings::read(Dialect::Alibaba, PolicyKind::AccountList, &json!({}))), @" Unsupported: groups of alibaba have no policies of the kind `account_list`");
}

fn range() -> impl Strategy<Value = (u32, u32)> {
    (0_u32..2_000, 0_u32..50).prop_map(|(first, more)| (first, first + more))
}

proptest! {
    #[test]
    fn a_set_is_what_a_walk_through_its_entries_says(
        ranges in prop::collection::vec(range(), 0..60),
        wanted in prop::collection::vec(0_u32..2_100, 1..40),
    ) {
        let set: AddressSet = ranges.iter().map(|(first, last)| AddressRange::V4(*first, *last)).collect();
        for wanted in wanted {
            let listed = ranges.iter().any(|(first, last)| (*first..=*last).contains(&wanted));
            let address = IpAddr::V4(wanted.into());
            prop_assert_eq!(set.contains(address), listed);
        }
    }

    #[test]
    fn no_text_makes_an_entry_panic(text in ".{0,60}") {
        let _ = text.parse::<AddressRange>();
    }
}

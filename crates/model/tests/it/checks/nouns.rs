//! The nouns beside a definition: groups, apps, backend accesses, channels.

use insta::assert_snapshot;
use paifang_model::channel::{ChannelKind, MEMBERS_AT_MOST, MemberGroup};
use paifang_model::definition::{AppCodeMode, Scheme};
use paifang_model::policy::TimeUnit;
use paifang_model::{
    AccessList, AccessListEntry, App, AppQuota, BackendAccess, BackendInstance, BlackList, BlackListEntries,
    Channel, Dialect, Group, IpVersion, Member,
};

use crate::samples::{id, told};

fn group(dialect: Dialect) -> Group {
    Group {
        id: id(1).into(),
        account: id(2).into(),
        dialect,
        name: "pet_shop".to_owned(),
        description: String::new(),
        base_path: "/v1".to_owned(),
        subdomain: "pets.apis.localhost".to_owned(),
        subdomain_enabled: true,
        app_code: AppCodeMode::Header,
        passthrough_headers: vec!["host".to_owned()],
        calls_per_second: Some(1),
        tls: paifang_model::domain::GroupTls::default(),
        extra: serde_json::Map::new(),
    }
}

#[test]
fn groups() {
    for dialect in Dialect::ALL {
        assert_eq!(group(dialect).check(), Ok(()));
    }
    let wrong = Group {
        name: "1 shop".to_owned(),
        description: "x".repeat(1_001),
        base_path: "/v1/{x}".to_owned(),
        app_code: AppCodeMode::Inherit,
        passthrough_headers: vec!["fine".to_owned(), "not fine".to_owned()],
        calls_per_second: Some(0),
        ..group(Dialect::Huawei)
    };
    assert_snapshot!(told(wrong.check()), @r"
    /name (format): `1 shop` contains ' ', but only these are allowed: letters, digits, Chinese characters, `_-./:()（）：、`
    /description (range): `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` has 1001 characters, but 0 to 1000 are allowed
    /base_path (format): the base path `/v1/{x}` may not hold parameters
    /passthrough_headers/1 (format): `not fine` is not a header name (RFC 9110 §5.1)
    /app_code (format): `inherit` is for APIs; a group says `disabled`, `header` or `header_or_query`
    /calls_per_second (range): 0 calls per second would refuse every call
    ");
    let base_path =
        |path: &str| told(Group { base_path: path.to_owned(), ..group(Dialect::Alibaba) }.check());
    assert_eq!(base_path("/"), "fine");
    assert_snapshot!(base_path("v1"), @"/base_path (format): the path `v1` must start with `/`");
    assert_snapshot!(base_path("/v1/*"), @"/base_path (format): the base path `/v1/*` may not hold parameters");
    let described =
        |dialect, length| told(Group { description: "述".repeat(length), ..group(dialect) }.check());
    assert_eq!(
        (described(Dialect::Alibaba, 180), described(Dialect::Huawei, 1_000)),
        ("fine".into(), "fine".into())
    );
    assert_snapshot!(described(Dialect::Alibaba, 181), @"/description (range): `述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述述…` has 181 characters, but 0 to 180 are allowed");
}

#[test]
fn apps() {
    let app = |name: &str, description: String| App {
        id: id(1).into(),
        number: 1,
        account: id(2).into(),
        name: name.to_owned(),
        description,
        access: None,
        frozen: false,
        quota: None,
    };
    assert_eq!(app("shop", "述".repeat(255)).check(), Ok(()));
    assert_snapshot!(told(app("1", "x".repeat(256)).check()), @r"
    /name (range): `1` has 1 characters, but 3 to 64 are allowed
    /description (range): `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` has 256 characters, but 0 to 255 are allowed
    ");
}

fn access() -> BackendAccess {
    BackendAccess {
        id: id(1).into(),
        name: "cattle".to_owned(),
        network: "vpc-2ze".to_owned(),
        instance: "i-2ze".to_owned(),
        port: 8080,
        address: Some("10.0.0.1".to_owned()),
        scheme: Scheme::Http,
        host: None,
        description: String::new(),
    }
}

#[test]
fn backend_accesses() {
    let host = |host: &str| told(BackendAccess { host: Some(host.to_owned()), ..access() }.check());
    assert_eq!((told(access().check()), host("inside.example.com:80")), ("fine".into(), "fine".into()));
    assert_eq!(access().target(), "10.0.0.1");
    let by_address = BackendAccess { instance: "2001:db8::1".to_owned(), address: None, ..access() };
    assert_eq!((by_address.target(), by_address.check()), ("2001:db8::1", Ok(())));
    let by_inventory = BackendAccess { address: None, ..access() };
    assert_eq!((by_inventory.named_instance(), by_inventory.check()), (Some("i-2ze"), Ok(())));
    let fallback = BackendAccess { address: Some("i-2ze".to_owned()), ..access() };
    assert_eq!(
        fallback.named_instance(),
        Some("i-2ze"),
        "an address that says nothing else is none of its own"
    );
    assert_eq!((access().named_instance(), by_address.named_instance()), (None, None));
    let wrong = BackendAccess {
        name: "c".to_owned(),
        network: String::new(),
        instance: "-".repeat(65),
        port: 0,
        address: Some("*.example.com".to_owned()),
        host: Some("a b".to_owned()),
        description: "x".repeat(256),
        ..access()
    };
    assert_snapshot!(told(wrong.check()), @r"
    /name (range): `c` has 1 characters, but 4 to 50 are allowed
    /network (range): `` has 0 characters, but 1 to 64 are allowed
    /instance (range): `----------------------------------------------------------------…` has 65 characters, but 1 to 64 are allowed
    /description (range): `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` has 256 characters, but 0 to 255 are allowed
    /port (range): 0 is not a port: 1 to 65535 are allowed
    /address (format): `*.example.com` is a pattern, not a place to connect to
    /host (format): `a b` is not a host name: a label holds letters, digits, `-` and `_`
    ");
}

fn instance(network: Option<&str>, address: &str) -> BackendInstance {
    BackendInstance {
        id: id(2).into(),
        network: network.map(str::to_owned),
        instance: "i-2ze".to_owned(),
        name: None,
        address: address.to_owned(),
        description: String::new(),
    }
}

#[test]
fn backend_instances() {
    let named = BackendInstance { name: Some("谷仓".to_owned()), ..instance(Some("vpc-1"), "2001:db8::1") };
    assert_eq!((named.check(), instance(None, "barn").check()), (Ok(()), Ok(())));
    let wrong = BackendInstance {
        network: Some("vpc 1".to_owned()),
        instance: "i.2ze".to_owned(),
        name: Some(String::new()),
        address: "http://barn".to_owned(),
        description: "x".repeat(256),
        ..instance(None, "")
    };
    assert_snapshot!(told(wrong.check()), @r"
    /network (format): `vpc 1` contains ' ', but only these are allowed: letters, digits, `-_`
    /instance (format): `i.2ze` contains '.', but only these are allowed: letters, digits, `-_`
    /name (range): `` has 0 characters, but 1 to 64 are allowed
    /address (format): `http://barn` is not a host name: a label holds letters, digits, `-` and `_`
    /description (range): `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` has 256 characters, but 0 to 255 are allowed
    ");
}

#[test]
fn an_instance_is_meant_in_its_network_before_any() {
    let all = [instance(Some("vpc-2"), "b"), instance(None, "any"), instance(Some("vpc-1"), "a")];
    let meant = |all: &[BackendInstance], network| {
        BackendInstance::meant(all, network).map_or("none", |one| one.address.as_str()).to_owned()
    };
    assert_eq!((meant(&all, Some("vpc-1")), meant(&all, Some("vpc-2"))), ("a".into(), "b".into()));
    assert_eq!((meant(&all, Some("vpc-3")), meant(&all, None)), ("any".into(), "any".into()));
    let (placed, apart) = (&all[..1], [all[0].clone(), all[2].clone()]);
    assert_eq!((meant(placed, Some("vpc-1")), meant(&apart, None)), ("none".into(), "a".into()));
}

#[test]
fn a_member_may_be_an_instance() {
    let member = Member { instance: Some("i-2ze".to_owned()), ..Member::at("") };
    assert_eq!((member.named_instance(), member.place()), (Some("i-2ze"), "i-2ze"));
    let pinned = Member { host: "10.0.0.1".to_owned(), ..member.clone() };
    assert_eq!((pinned.named_instance(), pinned.place()), (None, "10.0.0.1"));
    assert_eq!(
        (told(channel(vec![member]).check()), told(channel(vec![pinned]).check())),
        ("fine".into(), "fine".into())
    );
    let wrong = Member { instance: Some("i.2ze".to_owned()), ..Member::at("") };
    assert_snapshot!(told(channel(vec![wrong, Member::at("")]).check()), @r"
    /members/0/instance (format): `i.2ze` contains '.', but only these are allowed: letters, digits, `-_`
    /members/1/host (range): `` has 0 characters, but 1 to 253 are allowed
    ");
}

fn channel(members: Vec<Member>) -> Channel {
    Channel { members, ..Channel::named("herd.1-a", 80) }
}

fn member(host: &str, weight: u16) -> Member {
    Member { weight, ..Member::at(host) }
}

#[test]
fn channels() {
    assert_eq!(channel(Vec::new()).check(), Ok(()));
    let members = vec![member("10.0.0.1", 0), member("::1", 10_000), member("b.example.com", 1)];
    assert_eq!(channel(members).check(), Ok(()));
    assert_eq!(channel(vec![member("b", 1); MEMBERS_AT_MOST]).check(), Ok(()));
    let crowd = channel(vec![member("b", 1); MEMBERS_AT_MOST + 1]);
    assert_snapshot!(told(crowd.check()), @"/members (range): 201 members are too many: 200 are allowed");
    let wrong = Channel {
        name: "1".to_owned(),
        port: 0,
        host: Some("a:b".to_owned()),
        ..channel(vec![member("b", 1), member("a b", 10_001)])
    };
    assert_snapshot!(told(wrong.check()), @r"
    /name (range): `1` has 1 characters, but 3 to 64 are allowed
    /port (range): 0 is not a port: 1 to 65535 are allowed
    /host (format): `a:b` is not host[:port]: the port is a number from 1 to 65535
    /members/1/host (format): `a b` is not a host name: a label holds letters, digits, `-` and `_`
    /members/1/weight (range): 10001 is too heavy: 0 to 10000 are allowed
    ");
}

#[test]
fn members_are_of_groups_that_are_there() {
    let group = |name: &str, weight| MemberGroup { name: name.to_owned(), remark: String::new(), weight };
    let of = |name: &str| Member { group: Some(name.to_owned()), ..member("b", 7) };
    let good =
        Channel { groups: vec![group("blue", Some(3)), group("green", None)], ..channel(vec![of("blue")]) };
    assert_eq!(good.check(), Ok(()));
    assert_eq!(good.shares(), [3]);
    let wrong =
        Channel { groups: vec![group("blue", Some(101)), group("blue", None)], ..channel(vec![of("red")]) };
    assert_snapshot!(told(wrong.check()), @r"
    /members/0/group (unknown): the channel has no group `red`
    /groups/0/weight (range): 101 is too heavy: 0 to 100 are allowed
    /groups/1/name (duplicate): the group `blue` is there twice
    ");
}

#[test]
fn a_load_balancer_is_one_member() {
    let of = |members| Channel { kind: ChannelKind::LoadBalancer, ..channel(members) };
    assert_eq!(of(vec![member("10.0.0.1", 1)]).check(), Ok(()));
    assert_snapshot!(told(of(Vec::new()).check()), @"/members (conflict): a load balancer's channel has one member, not 0");
}

#[test]
fn health_checks() {
    let check = |text: &str| {
        Channel { health: Some(serde_json::from_str(text).unwrap()), ..channel(Vec::new()) }.check()
    };
    assert_eq!(check("{}"), Ok(()));
    assert_eq!(check(r#"{"protocol":"http","path":"/up?x=1","codes":"200, 204,300-399"}"#), Ok(()));
    assert_snapshot!(told(check(r#"{"protocol":"https"}"#)), @r"
    /health/path (required): it is missing: members are asked over HTTP
    /health/codes (required): it is missing: members are asked over HTTP
    ");
    let wrong = r#"{"healthy_after":0,"unhealthy_after":11,"timeout_s":31,"interval_s":301,"path":"up","codes":"200-100"}"#;
    assert_snapshot!(told(check(wrong)), @r"
    /health/healthy_after (range): 0 is out of range: 1 to 10 are allowed
    /health/unhealthy_after (range): 11 is out of range: 1 to 10 are allowed
    /health/timeout_s (range): 31 is out of range: 1 to 30 are allowed
    /health/interval_s (range): 301 is out of range: 1 to 300 are allowed
    /health/path (format): `up` is not a path to ask: it begins with `/` and has no spaces, `#` or characters beyond ASCII
    /health/codes (format): `200-100` is no set of status codes: write codes from 100 to 599 and ranges of them, as `200,201,300-399`
    ");
    assert_snapshot!(told(check(r#"{"timeout_s":10,"interval_s":10}"#)), @"/health/timeout_s (conflict): 10 s is not less than the interval of 10 s");
}

#[test]
fn a_member_needs_little_to_be_read() {
    let read: Member = serde_json::from_str(r#"{"host":"b"}"#).unwrap();
    assert_eq!((read.port, read.weight, read.enabled), (0, 1, true));
}

#[test]
fn app_quotas() {
    let quota = AppQuota {
        id: id(1).into(),
        account: id(2).into(),
        name: "gold_1".to_owned(),
        calls: 1,
        interval: 2_147_483_647,
        unit: TimeUnit::Day,
        first_reset: Some(1_600_560_000_000),
        description: String::new(),
    };
    assert_eq!(quota.check(), Ok(()));
    let wrong = AppQuota {
        name: "1st".to_owned(),
        calls: 0,
        interval: 2_147_483_648,
        first_reset: Some(1_600_560_000_001),
        description: "x".repeat(256),
        ..quota
    };
    assert_snapshot!(told(wrong.check()), @r"
    /name (format): `1st` must start with one of: letters
    /calls (range): 0 is out of range: 1 to 2147483647 are allowed
    /interval (range): 2147483648 is out of range: 1 to 2147483647 are allowed
    /first_reset (format): 1600560000001 is not a whole second
    /description (range): `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` has 256 characters, but 0 to 255 are allowed
    ");
    for (first_reset, sound) in [(None, true), (Some(0), true), (Some(-1000), false), (Some(i64::MAX), false)]
    {
        assert_eq!(AppQuota { first_reset, ..quota.clone() }.check().is_ok(), sound, "{first_reset:?}");
    }
}

#[test]
fn access_lists() {
    let entry = |address: &str| AccessListEntry { address: address.to_owned(), comment: String::new() };
    let list = AccessList {
        id: id(1).into(),
        name: "office".to_owned(),
        ip_version: IpVersion::Ipv4,
        entries: vec![entry("192.0.2.0/24"), entry("::ffff:192.0.2.1")],
        enforced: None,
    };
    assert_eq!(list.check(), Ok(()));
    assert_eq!(AccessList { entries: Vec::new(), ..list.clone() }.check(), Ok(()));
    let comment = "x".repeat(257);
    let wrong = AccessList {
        name: "o".to_owned(),
        entries: vec![
            entry("2001:db8::1"),
            entry("office"),
            AccessListEntry { comment, ..entry("192.0.2.1") },
        ],
        ..list
    };
    assert_snapshot!(told(wrong.check()), @r"
    /name (range): `o` has 1 characters, but 2 to 64 are allowed
    /entries/0/address (format): `2001:db8::1` is of ipv6, and the list of ipv4
    /entries/1/address (format): `office` is neither an address nor a network or range of them
    /entries/2/comment (range): `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` has 257 characters, but 0 to 256 are allowed
    ");
    let many = AccessList { entries: vec![entry("192.0.2.1"); 5_001], ..list };
    assert_snapshot!(told(many.check()), @"/entries (range): it has 5001 entries, but 5000 at most are allowed");
}

#[test]
fn black_lists() {
    let list = |entries| BlackList {
        id: id(1).into(),
        account: id(2).into(),
        name: "scrapers".to_owned(),
        entries,
        description: String::new(),
    };
    assert_eq!(list(BlackListEntries::App(vec![id(3).into()])).check(), Ok(()));
    assert_eq!(list(BlackListEntries::User(vec![id(3).into(); 1_000])).check(), Ok(()));
    let addresses = ["192.0.2.0/24", "::1", "192.0.2.9-192.0.2.1"].map(str::to_owned).to_vec();
    let wrong = BlackList { name: "1".to_owned(), ..list(BlackListEntries::Address(addresses)) };
    assert_snapshot!(told(wrong.check()), @r"
    /name (range): `1` has 1 characters, but 3 to 64 are allowed
    /entries/address/2 (format): `192.0.2.9-192.0.2.1` ends before it begins, or in another version of IP
    ");
    assert_snapshot!(told(list(BlackListEntries::App(Vec::new())).check()), @"/entries/app (range): it has 0 entries, but 1 to 1000 are allowed");
    assert_snapshot!(told(list(BlackListEntries::User(vec![id(3).into(); 1_001])).check()), @"/entries/user (range): it has 1001 entries, but 1 to 1000 are allowed");
}

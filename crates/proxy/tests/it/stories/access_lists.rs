//! Access lists of the whole gateway: before anything else, for every call (spec: aliyun/management-actions.md, "Instances,
//! regions, access control lists"). Calls come from 127.0.0.1.

use paifang_model::policy::Effect;
use paifang_model::record::Key;
use paifang_model::{AccessList, AccessListEntry, Dialect, IpVersion};
use paifang_proxy::config::{Change, Document};
use paifang_testkit::{Scene, TestGateway, api};

fn kept_out(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Alibaba => "403 A403IP Access denied by IP Control Policy",
        Dialect::Huawei => "403 APIG.0402 The IP address is not authorized to access the API.",
    }
}

fn entries(addresses: &[&str]) -> Vec<AccessListEntry> {
    let entry = |address: &&str| AccessListEntry { address: (*address).to_owned(), comment: String::new() };
    addresses.iter().map(entry).collect()
}

fn list(enforced: Option<Effect>, addresses: &[&str]) -> AccessList {
    let (id, name) = (paifang_model::id::AccessListId::random(), "office".to_owned());
    AccessList { id, name, ip_version: IpVersion::Ipv4, entries: entries(addresses), enforced }
}

/// `/pets` for everybody, with a list.
async fn pets(dialect: Dialect, list: AccessList) -> TestGateway {
    let mut scene = Scene::new(dialect);
    scene.publish(api::get("/pets"));
    scene.put(Document::AccessList(list));
    scene.start().await
}

#[tokio::test]
async fn addresses_are_let_in_alone_or_kept_out() {
    for dialect in Dialect::ALL {
        for (addresses, on_it) in [
            (&["127.0.0.1"][..], true),
            (&["192.0.2.1", "127.0.0.0/8"], true),
            (&["126.0.0.0-127.0.0.1"], true),
            (&["192.0.2.0/24"], false),
        ] {
            for (effect, admitted) in [(Effect::Allow, on_it), (Effect::Deny, !on_it)] {
                let gateway = pets(dialect, list(Some(effect), addresses)).await;
                let verdict = gateway.get("/pets").send().await.verdict();
                let expected = if admitted { "200" } else { kept_out(dialect) };
                assert!(verdict.starts_with(expected), "{dialect} {effect:?} {addresses:?}: {verdict}");
            }
        }
    }
}

/// What is called does not matter: no host, stage or API has to be there.
#[tokio::test]
async fn it_comes_before_everything_else() {
    for dialect in Dialect::ALL {
        let gateway = pets(dialect, list(Some(Effect::Deny), &["127.0.0.1"])).await;
        let stage = if dialect == Dialect::Alibaba { "x-ca-stage" } else { "x-stage" };
        for call in [
            gateway.get("/nothing"),
            gateway.get("/pets").header(stage, "NOWHERE"),
            gateway.get(&format!("/pets?{}", "a".repeat(40_000))),
            gateway.call(http::Method::OPTIONS, "/pets").header("origin", "https://page.example"),
        ] {
            assert_eq!(call.send().await.verdict(), kept_out(dialect));
        }
    }
    let gateway = pets(Dialect::Alibaba, list(Some(Effect::Deny), &["127.0.0.1"])).await;
    let stranger = gateway.get("/pets").host("nobody.example").send().await;
    assert_eq!(stranger.verdict(), kept_out(Dialect::Alibaba));
}

/// Whoever made a list did not mean to lock everybody out (source: Alibaba Cloud, "Use instance-level access control").
#[tokio::test]
async fn a_list_without_entries_or_that_is_not_enforced_does_nothing() {
    for list in [list(Some(Effect::Allow), &[]), list(None, &["127.0.0.1"]), list(None, &["192.0.2.1"])] {
        assert_eq!(pets(Dialect::Huawei, list).await.get("/pets").send().await.status, 200);
    }
}

#[tokio::test]
async fn a_list_is_about_its_version_of_ip_alone() {
    let of_v6 = AccessList { ip_version: IpVersion::Ipv6, ..list(Some(Effect::Allow), &["2001:db8::/32"]) };
    assert_eq!(pets(Dialect::Huawei, of_v6).await.get("/pets").send().await.status, 200);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn each_client_is_judged_by_its_own_address() {
    let gateway = pets(Dialect::Alibaba, list(Some(Effect::Allow), &["127.0.0.0/30"])).await;
    for (last, status) in [(1, 200), (3, 200), (4, 403), (200, 403)] {
        let call = gateway.get("/pets").from(std::net::Ipv4Addr::new(127, 0, 0, last).into());
        // What a client says of itself is not believed.
        assert_eq!(call.header("x-forwarded-for", "127.0.0.1").send().await.status, status, "{last}");
    }
}

#[tokio::test]
async fn lists_come_into_force_change_and_go_while_serving() {
    let mut deny = list(Some(Effect::Deny), &["127.0.0.1"]);
    let gateway = pets(Dialect::Huawei, deny.clone()).await;
    let status = async || gateway.get("/pets").send().await.status;
    assert_eq!(status().await, 403);
    deny.entries = entries(&["192.0.2.1"]);
    gateway.change(vec![Change::Put(Document::AccessList(deny.clone()))]).await;
    assert_eq!(status().await, 200);
    // Another one of the version takes its place, in one update.
    deny.enforced = None;
    let allow = list(Some(Effect::Allow), &["192.0.2.1"]);
    let both = [deny, allow.clone()].map(|list| Change::Put(Document::AccessList(list)));
    gateway.change(both.to_vec()).await;
    assert_eq!(status().await, 403);
    gateway.change(vec![Change::Delete(Key::of::<AccessList>(allow.id))]).await;
    assert_eq!(status().await, 200);
}

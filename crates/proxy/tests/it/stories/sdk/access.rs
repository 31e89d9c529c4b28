//! Access control: lists of addresses and of accounts (spec: huawei/throttling-and-access.md §3). Calls come from 127.0.0.1
//! unless a story says otherwise; Linux has all of 127.0.0.0/8.

use paifang_model::id::{AccountId, ApiId};
use paifang_model::record::Key;
use paifang_model::{Account, Binding, PolicyKind};
use paifang_proxy::config::{Change, Document};
use paifang_testkit::{Scene, TestGateway, api, policy};
use serde_json::{Value, json};

use super::scene;

const ADDRESS: &str = "403 APIG.0402 The IP address is not authorized to access the API.";
const ACCOUNT: &str = "403 APIG.0302 The IAM user is not authorized to access the API.";

fn list(effect: &str, value: &str) -> Value {
    json!({ "acl_type": effect, "acl_value": value })
}

/// `/pets`, with a list of addresses.
async fn pets(effect: &str, value: &str) -> TestGateway {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets"));
    scene.policy(pets, PolicyKind::AddressList, list(effect, value));
    scene.start().await
}

#[tokio::test]
async fn addresses_networks_and_ranges_are_let_in_or_kept_out() {
    for (listed, on_it) in [
        ("127.0.0.1", true),
        ("192.0.2.1, 127.0.0.0/8", true),
        ("127.0.0.77/8", true),
        ("126.0.0.0-127.0.0.1", true),
        ("127.0.0.2-127.255.255.255,126.0.0.0/8", false),
        ("::/0", false),
        ("::ffff:127.0.0.1", true),
    ] {
        for (effect, admitted) in [("PERMIT", on_it), ("DENY", !on_it)] {
            let answer = pets(effect, listed).await.get("/pets").send().await;
            let expected = if admitted { "200" } else { ADDRESS };
            assert!(answer.verdict().starts_with(expected), "{effect} {listed}: {}", answer.verdict());
        }
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn each_client_is_judged_by_its_own_address() {
    let gateway = pets("DENY", "127.0.0.2,127.0.0.16/28").await;
    for (last, status) in [(1, 200), (2, 403), (3, 200), (15, 200), (16, 403), (31, 403), (32, 200)] {
        let call = gateway.get("/pets").from(std::net::Ipv4Addr::new(127, 0, 0, last).into());
        // What a client says of itself is not believed.
        assert_eq!(call.header("x-forwarded-for", "192.0.2.1").send().await.status, status, "{last}");
    }
}

/// As many entries as fit into a policy's settings.
#[tokio::test]
async fn thousands_of_entries_are_one_list() {
    let entries: Vec<String> = (0..3_000).map(|n| format!("10.{}.{}.0/24", n / 250, n % 250)).collect();
    let without = entries.join(",");
    assert_eq!(pets("PERMIT", &without).await.get("/pets").send().await.verdict(), ADDRESS);
    let with = format!("{without},127.0.0.1");
    assert_eq!(pets("PERMIT", &with).await.get("/pets").send().await.status, 200);
}

struct Shops {
    scene: Scene,
    pets: ApiId,
    seller: paifang_testkit::Caller,
    buyer: paifang_testkit::Caller,
    buyers: AccountId,
}

/// Two apps of two accounts, which may both call `/pets`.
fn shops() -> Shops {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets").for_apps());
    let (sellers, buyers) = (AccountId::random(), AccountId::random());
    for (id, number, name) in [(sellers, 1001, "sellers"), (buyers, 1002, "buyers")] {
        scene.put(Document::Account(Account { id, number, name: name.to_owned() }));
    }
    let [seller, buyer] = [sellers, buyers].map(|account| scene.app_of(account, "shop"));
    for app in [&seller, &buyer] {
        scene.grant(app, pets);
    }
    Shops { scene, pets, seller, buyer, buyers }
}

/// What the seller and the buyer are told, in short.
async fn told(shops: Shops) -> [bool; 2] {
    let Shops { scene, seller, buyer, .. } = shops;
    let gateway = scene.start().await;
    let mut admitted = [false; 2];
    for (admitted, caller) in admitted.iter_mut().zip([&seller, &buyer]) {
        let answer = caller.sign_sdk(gateway.get("/pets")).send().await;
        *admitted = answer.status == 200;
        assert!(*admitted || answer.verdict() == ACCOUNT, "{}", answer.verdict());
    }
    admitted
}

#[tokio::test]
async fn accounts_are_let_in_or_kept_out_by_name_and_by_id() {
    for (effect, expected) in [("PERMIT", [false, true]), ("DENY", [true, false])] {
        let mut shops = self::shops();
        shops.scene.policy(shops.pets, PolicyKind::AccountList, list(effect, "nobody, buyers"));
        assert_eq!(told(shops).await, expected, "{effect} by name");
        let mut shops = self::shops();
        let ids = list(effect, &shops.buyers.to_string());
        shops.scene.policy(shops.pets, PolicyKind::AccountIdList, ids);
        assert_eq!(told(shops).await, expected, "{effect} by id");
    }
}

/// Of two that contradict each other the one that lets in counts; of two of a sort both do.
#[tokio::test]
async fn lists_of_names_and_of_ids_stand_side_by_side() {
    for (names, ids, expected) in [
        (("PERMIT", "sellers"), "DENY", [true, false]),
        (("DENY", "buyers"), "PERMIT", [false, true]),
        (("PERMIT", "sellers,buyers"), "PERMIT", [false, true]),
        (("DENY", "sellers"), "DENY", [false, false]),
    ] {
        let mut shops = self::shops();
        let buyers = shops.buyers.to_string();
        shops.scene.policy(shops.pets, PolicyKind::AccountList, list(names.0, names.1));
        shops.scene.policy(shops.pets, PolicyKind::AccountIdList, list(ids, &buyers));
        assert_eq!(told(shops).await, expected, "{names:?} {ids}");
    }
}

/// An API that asks nobody who calls has no account to look for.
#[tokio::test]
async fn nobody_is_on_no_list_of_accounts() {
    for (effect, status) in [("PERMIT", 403), ("DENY", 200)] {
        let mut scene = scene();
        let pets = scene.publish(api::get("/pets"));
        scene.policy(pets, PolicyKind::AccountList, list(effect, "buyers"));
        assert_eq!(scene.start().await.get("/pets").send().await.status, status, "{effect}");
    }
}

#[tokio::test]
async fn address_and_account_must_both_be_right() {
    let mut shops = shops();
    shops.scene.policy(shops.pets, PolicyKind::AccountList, list("PERMIT", "sellers"));
    shops.scene.policy(shops.pets, PolicyKind::AddressList, list("DENY", "127.0.0.1"));
    let Shops { scene, seller, .. } = shops;
    let gateway = scene.start().await;
    assert_eq!(seller.sign_sdk(gateway.get("/pets")).send().await.verdict(), ADDRESS);
    assert_eq!(gateway.get("/pets").send().await.verdict(), ADDRESS, "before it is asked who calls");
}

#[tokio::test]
async fn lists_are_bound_changed_and_unbound_while_serving() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets"));
    let gateway = scene.start().await;
    let stage = paifang_model::Stage::built_in_id(gateway.group.dialect, "RELEASE");
    let mut policy = policy::of_kind(&gateway.group, PolicyKind::AddressList, list("PERMIT", "192.0.2.0/24"));
    let binding = policy::binding(&gateway.group, &policy, pets, stage);
    gateway.change(policy::bound(&policy, &binding)).await;
    assert_eq!(gateway.get("/pets").send().await.status, 403);
    policy.settings = list("PERMIT", "192.0.2.0/24,127.0.0.1");
    gateway.change(vec![Change::Put(Document::Policy(policy))]).await;
    assert_eq!(gateway.get("/pets").send().await.status, 200);
    gateway.change(vec![Change::Delete(Key::of::<Binding>(binding.id))]).await;
    assert_eq!(gateway.get("/pets").send().await.status, 200);
}

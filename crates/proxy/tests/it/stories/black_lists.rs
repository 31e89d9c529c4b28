//! Black lists: kinds address, app and user; for all APIs of an account; addresses before it is asked who calls, apps and users
//! after it. Calls come from 127.0.0.1.

use paifang_model::id::{AccountId, BlackListId};
use paifang_model::record::Key;
use paifang_model::{Account, BlackList, BlackListEntries, Dialect};
use paifang_proxy::config::{Change, Document};
use paifang_testkit::{Call, Caller, Scene, TestGateway, api};

fn address(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Alibaba => "403 A403IP Access denied by IP Control Policy",
        Dialect::Huawei => "403 APIG.0402 The IP address is not authorized to access the API.",
    }
}

fn app(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Alibaba => "403 I403AA Unauthorized",
        Dialect::Huawei => "403 APIG.0304 The app is not authorized to access the API.",
    }
}

fn user(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Alibaba => "403 I403AA Unauthorized",
        Dialect::Huawei => "403 APIG.0302 The IAM user is not authorized to access the API.",
    }
}

fn sign(dialect: Dialect, caller: &Caller, call: Call) -> Call {
    match dialect {
        Dialect::Alibaba => caller.sign_ca(call),
        Dialect::Huawei => caller.sign_sdk(call),
    }
}

/// Two APIs for apps and one for everybody; two apps of two accounts that were granted the first.
struct Shops {
    dialect: Dialect,
    scene: Scene,
    seller: Caller,
    buyer: Caller,
    buyers: AccountId,
}

impl Shops {
    fn new(dialect: Dialect) -> Self {
        let mut scene = Scene::new(dialect);
        let apis = ["/pets", "/toys"].map(|path| scene.publish(api::get(path).for_apps()));
        scene.publish(api::get("/open"));
        let (sellers, buyers) = (AccountId::random(), AccountId::random());
        for (id, number, name) in [(sellers, 1001, "sellers"), (buyers, 1002, "buyers")] {
            scene.put(Document::Account(Account { id, number, name: name.to_owned() }));
        }
        let [seller, buyer] = [sellers, buyers].map(|account| scene.app_of(account, "shop"));
        for (app, api) in [(&seller, apis[0]), (&seller, apis[1]), (&buyer, apis[0]), (&buyer, apis[1])] {
            scene.grant(app, api);
        }
        Self { dialect, scene, seller, buyer, buyers }
    }
}

fn listed(addresses: &[&str]) -> BlackListEntries {
    BlackListEntries::Address(addresses.iter().map(ToString::to_string).collect())
}

async fn told(gateway: &TestGateway, dialect: Dialect, caller: &Caller, path: &str) -> String {
    sign(dialect, caller, gateway.get(path)).send().await.verdict()
}

#[tokio::test]
async fn an_address_is_kept_out_of_all_apis_before_it_is_asked_who_calls() {
    for dialect in Dialect::ALL {
        for (entries, kept_out) in [
            (&["127.0.0.1"][..], true),
            (&["192.0.2.1", "127.0.0.0/8"], true),
            (&["126.0.0.0-127.0.0.1"], true),
            (&["127.0.0.2-127.255.255.255", "::/0"], false),
        ] {
            let mut shops = Shops::new(dialect);
            shops.scene.black_list(listed(entries));
            let gateway = shops.scene.start().await;
            for path in ["/pets", "/toys"] {
                let signed = told(&gateway, dialect, &shops.seller, path).await;
                let unsigned = gateway.get(path).send().await.verdict();
                if kept_out {
                    assert_eq!([signed, unsigned], [address(dialect); 2], "{entries:?}");
                } else {
                    assert!(signed.starts_with("200") && !unsigned.starts_with("403"), "{entries:?}");
                }
            }
            let open = gateway.get("/open").send().await.verdict();
            assert_eq!(open == address(dialect), kept_out, "{entries:?}: {open}");
        }
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn each_client_is_judged_by_its_own_address() {
    let mut shops = Shops::new(Dialect::Huawei);
    shops.scene.black_list(listed(&["127.0.0.2"]));
    shops.scene.black_list(listed(&["127.0.0.16/28"]));
    let gateway = shops.scene.start().await;
    for (last, status) in [(1, 200), (2, 403), (3, 200), (15, 200), (16, 403), (31, 403), (32, 200)] {
        let call = gateway.get("/open").from(std::net::Ipv4Addr::new(127, 0, 0, last).into());
        // What a client says of itself is not believed.
        assert_eq!(call.header("x-forwarded-for", "192.0.2.1").send().await.status, status, "{last}");
    }
}

#[tokio::test]
async fn an_app_is_kept_out_of_all_apis_once_it_has_proved_who_it_is() {
    for dialect in Dialect::ALL {
        let mut shops = Shops::new(dialect);
        shops.scene.black_list(BlackListEntries::App(vec![shops.buyer.app]));
        let gateway = shops.scene.start().await;
        for path in ["/pets", "/toys"] {
            assert_eq!(told(&gateway, dialect, &shops.buyer, path).await, app(dialect));
            assert!(told(&gateway, dialect, &shops.seller, path).await.starts_with("200"));
        }
        let forged = Caller { secret: "another".to_owned(), ..shops.buyer.clone() };
        let refused = told(&gateway, dialect, &forged, "/pets").await;
        assert!(!refused.starts_with("200") && refused != app(dialect), "{refused}");
        assert_eq!(gateway.get("/open").send().await.status, 200, "nobody is asked");
    }
}

#[tokio::test]
async fn a_user_is_kept_out_with_all_apps() {
    for dialect in Dialect::ALL {
        let mut shops = Shops::new(dialect);
        shops.scene.black_list(BlackListEntries::User(vec![shops.buyers]));
        let gateway = shops.scene.start().await;
        for path in ["/pets", "/toys"] {
            assert_eq!(told(&gateway, dialect, &shops.buyer, path).await, user(dialect));
            assert!(told(&gateway, dialect, &shops.seller, path).await.starts_with("200"));
        }
    }
}

/// A list is for the APIs of its own account.
#[tokio::test]
async fn other_accounts_keep_out_nobody_here() {
    let mut shops = Shops::new(Dialect::Huawei);
    let lists = [listed(&["0.0.0.0/0"]), BlackListEntries::App(vec![shops.seller.app])];
    for (name, entries) in ["everybody", "seller"].into_iter().zip(lists) {
        let (id, account) = (BlackListId::random(), AccountId::random());
        let (name, description) = (name.to_owned(), String::new());
        shops.scene.put(Document::BlackList(BlackList { id, account, name, entries, description }));
    }
    let gateway = shops.scene.start().await;
    assert!(told(&gateway, Dialect::Huawei, &shops.seller, "/pets").await.starts_with("200"));
}

#[tokio::test]
async fn lists_are_made_changed_and_deleted_while_serving() {
    let Shops { dialect, mut scene, buyer, .. } = Shops::new(Dialect::Alibaba);
    let mut list = scene.black_list(listed(&["192.0.2.1"]));
    let gateway = scene.start().await;
    let told = async || told(&gateway, dialect, &buyer, "/pets").await;
    assert!(told().await.starts_with("200"));
    for (entries, expected) in [
        (listed(&["127.0.0.1"]), address(dialect)),
        (BlackListEntries::App(vec![buyer.app]), app(dialect)),
        (listed(&["192.0.2.1"]), "200"),
        (listed(&["127.0.0.0/30"]), address(dialect)),
    ] {
        list.entries = entries;
        gateway.change(vec![Change::Put(Document::BlackList(list.clone()))]).await;
        assert!(told().await.starts_with(expected));
    }
    gateway.change(vec![Change::Delete(Key::of::<BlackList>(list.id))]).await;
    assert!(told().await.starts_with("200"));
}

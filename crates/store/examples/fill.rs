//! Fills a gateway's SQLite store with apps, for measuring: `cargo run -p paifang-store --example fill -- DATA_DIRECTORY APPS`.
//!
//! Each app has a key and a grant of one of the APIs that are there. Through the management interface a million of them take
//! half an hour, a transaction each; here thousands share one. The gateway must not run meanwhile.
#![allow(clippy::unwrap_used, reason = "a tool for measuring")]

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use paifang_model::id::{AccountId, AppId};
use paifang_model::{Account, Api, App, AppKey, Dialect, Grant, Kind, Secret, Stage};
use paifang_store::{Batch, MAX_LIMIT, MasterKey, Query, SqliteStore, Store as _, StoreExt as _, Write};

/// Apps that are made in one transaction.
const AT_ONCE: u32 = 2_000;

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), Some(apps)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: fill DATA_DIRECTORY APPS");
        return;
    };
    let (folder, apps): (&Path, u32) = (folder.as_ref(), apps.parse().unwrap());
    let master: MasterKey =
        std::fs::read_to_string(folder.join("master.key")).unwrap().trim().parse().unwrap();
    let store = SqliteStore::open(folder.join("paifang.db"), master).await.unwrap();
    let apis = apis(&store).await;
    assert!(!apis.is_empty(), "there are no APIs that could be granted");
    let accounts = store.list_as::<Account>(&Query::of_kind(Kind::Account)).await.unwrap();
    let account = accounts.items.into_iter().next().unwrap().unwrap().value.id;
    for first in (0..apps).step_by(AT_ONCE as usize) {
        let now = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap();
        let mut batch = Batch::at(now);
        for number in first..apps.min(first + AT_ONCE) {
            batch.writes.extend(app(number, account, &apis[number as usize % apis.len()]));
        }
        // All conflicts of thousands of apps are more than anybody reads.
        assert!(store.commit(batch).await.is_ok(), "the apps from {first} on are refused");
    }
    println!("{apps} apps beside {} APIs", apis.len());
}

/// All APIs.
async fn apis(store: &SqliteStore) -> Vec<Api> {
    let mut query = Query::of_kind(Kind::Api).limit(MAX_LIMIT);
    let mut apis = Vec::new();
    loop {
        let page = store.list_as::<Api>(&query).await.unwrap();
        apis.extend(page.items.into_iter().map(|api| api.unwrap().value));
        match page.next {
            Some(next) => query = query.after(next),
            None => return apis,
        }
    }
}

/// An app with its key and its grant.
fn app(number: u32, account: AccountId, api: &Api) -> [Write; 3] {
    let app = App {
        id: AppId::random(),
        number: 2_000_000_000 + i64::from(number),
        account,
        name: format!("filled_app_{number}"),
        description: String::new(),
        access: None,
        frozen: false,
        quota: None,
    };
    let text = format!("{}", 3_000_000_000_u64 + u64::from(number));
    let secret = Secret::new(format!("{:032x}", u128::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15)));
    let key = AppKey { id: AppKey::id_of(&text), app: app.id, key: text, secret };
    let stage = Stage::built_in_id(Dialect::Alibaba, "RELEASE");
    let grant = Grant {
        id: Grant::id_of(app.id, api.id, stage),
        app: app.id,
        api: api.id,
        group: api.group,
        stage,
        until: None,
        remark: String::new(),
    };
    [Write::put(&app), Write::put(&key), Write::put(&grant)]
}

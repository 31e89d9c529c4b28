//! The publisher over a store in memory and a data plane without sockets.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use paifang_model::id::{AccountId, AppId};
use paifang_model::{Account, App, Key, Stage};
use paifang_proxy::observe::{AccessLog, Destination};
use paifang_proxy::{Gateway, GatewaySettings};
use paifang_store::{Batch, MasterKey, PostgresStore, SqliteStore, Store, Write};
use paifang_testkit::postgres::Database;

use super::{Defects, Publisher, Trouble};

struct Story {
    store: Arc<dyn Store>,
    gateway: Arc<Gateway>,
    publisher: Publisher,
}

async fn story() -> Story {
    story_of(Arc::new(SqliteStore::open_in_memory().await.unwrap()))
}

fn story_of(store: Arc<dyn Store>) -> Story {
    let gateway = Gateway::start(GatewaySettings {
        sockets: Vec::new(),
        workers: 1,
        access_log: AccessLog::start(Destination::Off).unwrap(),
        settings: paifang_proxy::Settings { nonces: 1, ..paifang_proxy::Settings::default() },
    });
    let gateway = Arc::new(gateway.unwrap());
    let publisher = Publisher::new(Arc::clone(&store), &gateway, Defects::default());
    Story { store, gateway, publisher }
}

impl Story {
    async fn commit(&self, write: Write) -> u64 {
        self.store.commit(Batch::at(1).write(write)).await.unwrap().revision
    }

    async fn wait_until_served(&self, revision: u64) {
        let mut served = self.gateway.served_revision();
        served.wait_for(|served| *served >= revision).await.unwrap();
    }
}

fn stages() -> Vec<Stage> {
    Stage::built_in(paifang_model::Dialect::Alibaba).collect()
}

fn account() -> Account {
    Account { id: AccountId::random(), number: 1, name: "default".to_owned() }
}

#[tokio::test]
async fn what_calls_do_not_need_moves_the_revision_alone() {
    let mut story = story().await;
    assert_eq!(story.publisher.load().await.unwrap(), 0);
    let revision = story.commit(Write::put(&account())).await;
    assert_eq!(story.publisher.follow(0).await.unwrap(), revision);
    assert!(story.publisher.told.is_empty());
    story.wait_until_served(revision).await;
}

#[tokio::test]
async fn follows_what_comes_and_goes() {
    let mut story = story().await;
    let account = account();
    story.commit(Write::put(&account)).await;
    let loaded = story.publisher.load().await.unwrap();
    let app = App {
        id: AppId::random(),
        number: 7,
        account: account.id,
        name: "caller".to_owned(),
        description: String::new(),
    };
    story.commit(Write::put(&app)).await;
    let there = story.publisher.follow(loaded).await.unwrap();
    assert!(story.publisher.told.contains(&Key::of::<App>(app.id)));
    story.commit(Write::delete(Key::of::<App>(app.id))).await;
    let gone = story.publisher.follow(there).await.unwrap();
    assert!(story.publisher.told.is_empty());
    story.wait_until_served(gone).await;
}

#[tokio::test]
async fn reads_everything_again_when_the_feed_was_cut() {
    let mut story = story().await;
    let [stays, goes, ..] = &stages()[..] else { panic!("there are three") };
    story.commit(Write::put(stays)).await;
    story.commit(Write::put(goes)).await;
    let loaded = story.publisher.load().await.unwrap();
    assert_eq!(story.publisher.told.len(), 2);

    story.commit(Write::delete(Key::of::<Stage>(goes.id))).await;
    let newest = story.commit(Write::put(&account())).await;
    story.store.compact(0).await.unwrap();
    assert!(matches!(story.publisher.follow(loaded).await, Err(Trouble::Cut(after)) if after == loaded));

    assert_eq!(story.publisher.load().await.unwrap(), newest);
    assert_eq!(story.publisher.told.iter().collect::<Vec<_>>(), [&Key::of::<Stage>(stays.id)]);
    story.wait_until_served(newest).await;
}

#[tokio::test]
async fn reads_everything_again_when_an_older_copy_was_put_back() {
    let database = Database::fresh();
    let store = PostgresStore::open(&database.url().parse().unwrap(), MasterKey::random().unwrap()).await.unwrap();
    let mut story = story_of(Arc::new(store));
    story.commit(Write::put(&account())).await;
    let newest = story.commit(Write::put(&stages()[0])).await;
    let loaded = story.publisher.load().await.unwrap();
    assert_eq!(loaded, newest);
    database.sql("DELETE FROM changes WHERE revision = 2; UPDATE head SET revision = 1");
    assert!(matches!(story.publisher.follow(loaded).await, Err(Trouble::Cut(2))));
    assert_eq!(story.publisher.load().await.unwrap(), 1);
}

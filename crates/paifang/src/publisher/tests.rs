//! The publisher over a store in memory and a data plane without sockets.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use paifang_model::id::{AccountId, AppId, UserId};
use paifang_model::{Account, App, Key, Role, Stage, User};
use paifang_proxy::observe::{AccessLog, Destination};
use paifang_proxy::{Begin, Gateway, GatewaySettings};
use paifang_store::{Batch, MasterKey, PostgresStore, SqliteStore, Store, Write};
use paifang_testkit::postgres::Database;
use tokio::sync::oneshot;

use super::{Defects, Place, Publisher, Trouble};

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
        tls_sockets: Vec::new(),
        sockets: Vec::new(),
        begin: Begin::Served,
        workers: 1,
        access_log: AccessLog::start(Destination::Off).unwrap(),
        counting_secret: None,
        redis: None,
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

fn user(account: AccountId) -> User {
    User {
        id: UserId::random(),
        account,
        name: "reader".to_owned(),
        role: Role::ReadOnly,
        enabled: true,
        password_hash: None,
    }
}

#[tokio::test]
async fn what_calls_do_not_need_moves_the_revision_alone() {
    let mut story = story().await;
    let account = account();
    let before = story.commit(Write::put(&account)).await;
    assert_eq!(story.publisher.load().await.unwrap(), before);
    let revision = story.commit(Write::put(&user(account.id))).await;
    assert_eq!(story.publisher.follow(before).await.unwrap(), revision);
    assert_eq!(story.publisher.seen.keys(), [Key::of::<Account>(account.id)]);
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
        access: None,
        frozen: false,
        quota: None,
    };
    story.commit(Write::put(&app)).await;
    let there = story.publisher.follow(loaded).await.unwrap();
    assert!(story.publisher.seen.keys().contains(&Key::of::<App>(app.id)));
    story.commit(Write::delete(Key::of::<App>(app.id))).await;
    let gone = story.publisher.follow(there).await.unwrap();
    assert_eq!(story.publisher.seen.keys(), [Key::of::<Account>(account.id)]);
    story.wait_until_served(gone).await;
}

#[tokio::test]
async fn reads_everything_again_when_the_feed_was_cut() {
    let mut story = story().await;
    let [stays, goes, ..] = &stages()[..] else { panic!("there are three") };
    story.commit(Write::put(stays)).await;
    story.commit(Write::put(goes)).await;
    let loaded = story.publisher.load().await.unwrap();
    assert_eq!(story.publisher.seen.len(), 2);

    story.commit(Write::delete(Key::of::<Stage>(goes.id))).await;
    let account = account();
    let newest = story.commit(Write::put(&account)).await;
    story.store.compact(0).await.unwrap();
    assert!(matches!(story.publisher.follow(loaded).await, Err(Trouble::Cut(after)) if after == loaded));

    assert_eq!(story.publisher.load().await.unwrap(), newest);
    let keys = story.publisher.seen.keys();
    assert_eq!(keys.len(), 2);
    assert!(keys.contains(&Key::of::<Stage>(stays.id)) && keys.contains(&Key::of::<Account>(account.id)));
    story.wait_until_served(newest).await;
}

#[tokio::test]
async fn reads_everything_again_when_an_older_copy_was_put_back() {
    let database = Database::fresh();
    let store =
        PostgresStore::open(&database.url().parse().unwrap(), MasterKey::random().unwrap()).await.unwrap();
    let mut story = story_of(Arc::new(store));
    story.commit(Write::put(&account())).await;
    let newest = story.commit(Write::put(&stages()[0])).await;
    let loaded = story.publisher.load().await.unwrap();
    assert_eq!(loaded, newest);
    database.sql("DELETE FROM changes WHERE revision = 2; UPDATE head SET revision = 1");
    assert!(matches!(story.publisher.follow(loaded).await, Err(Trouble::Cut(2))));
    assert_eq!(story.publisher.load().await.unwrap(), 1);
}

/// Runs the publisher until it serves what is stored, and ends it.
async fn serve_once(store: &Arc<dyn Store>, gateway: &Arc<Gateway>, place: Place) -> Option<u64> {
    let mut publisher = Publisher::new(Arc::clone(store), gateway, Defects::default());
    let restored = publisher.restore(place).await;
    let (end, ended) = oneshot::channel();
    let running = tokio::spawn(publisher.run(restored, ended));
    let head = store.head().await.unwrap();
    gateway.served_revision().wait_for(|served| *served >= head).await.unwrap();
    end.send(()).unwrap();
    running.await.unwrap();
    restored
}

#[tokio::test]
async fn a_start_goes_on_from_what_was_served() {
    let folder = tempfile::tempdir().unwrap();
    let master = MasterKey::random().unwrap();
    let place =
        || Place { path: folder.path().join("last-good"), cipher: Arc::new(master.cipher("test").unwrap()) };
    let first = story().await;
    let [one, other, ..] = &stages()[..] else { panic!("there are three") };
    first.commit(Write::put(one)).await;
    assert_eq!(serve_once(&first.store, &first.gateway, place()).await, None, "there is no file yet");

    // Another process on the same store: it begins where the first ended, and then follows.
    first.commit(Write::put(other)).await;
    let second = story().await;
    assert_eq!(serve_once(&first.store, &second.gateway, place()).await, Some(1));
    assert_eq!(*second.gateway.served_revision().borrow(), 2);

    // A store that cannot be read takes no part in it.
    let third = story().await;
    let mut publisher = third.publisher;
    assert_eq!(publisher.restore(place()).await, Some(2));
    assert_eq!(publisher.seen.len(), 2);
    third.gateway.served_revision().wait_for(|served| *served == 2).await.unwrap();
}

#[tokio::test]
async fn what_was_missed_is_found_and_mended() {
    let mut story = story().await;
    let [missed, kept, ..] = &stages()[..] else { panic!("there are three") };
    story.commit(Write::put(missed)).await;
    story.commit(Write::put(kept)).await;
    let served = story.publisher.load().await.unwrap();
    assert_eq!(story.publisher.compare(served).await.unwrap(), served, "nothing differs");

    story.publisher.seen.forget(Key::of::<Stage>(missed.id));
    let ghost = Key::of::<App>(AppId::random());
    story.publisher.seen.pretend(ghost, 1);
    assert_eq!(story.publisher.compare(served).await.unwrap(), served);
    let mut keys = story.publisher.seen.keys();
    keys.sort();
    let mut expected = [missed, kept].map(|stage| Key::of::<Stage>(stage.id));
    expected.sort();
    assert_eq!(keys, expected);
}

#[tokio::test]
async fn what_changes_while_it_is_compared_is_no_drift() {
    let mut story = story().await;
    let stages = stages();
    story.commit(Write::put(&stages[0])).await;
    let served = story.publisher.load().await.unwrap();
    let newest = story.commit(Write::put(&stages[1])).await;
    story.commit(Write::delete(Key::of::<Stage>(stages[0].id))).await;
    let reached = story.publisher.compare(served).await.unwrap();
    assert!(reached > newest, "it follows the feed before it judges");
    assert_eq!(story.publisher.seen.keys(), [Key::of::<Stage>(stages[1].id)]);
}

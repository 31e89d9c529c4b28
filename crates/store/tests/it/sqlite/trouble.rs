//! A database that fails in the middle of things: whoever caused it hears of it, and nobody else.

use paifang_store::{Batch, CommitError, KeyChange, SqliteStore, StoreError, StoreExt as _, Write};

use crate::nouns::{Group, Safe, id};
use crate::sqlite::File;
use crate::suite::documents::join_all;
use crate::suite::master;
use crate::suite::{Home as _, NOW, commit, put};

#[tokio::test]
async fn a_failure_is_not_shared_by_those_in_the_same_transaction() {
    let home = File::open().await;
    let store = home.store();
    // ROLLBACK ends the whole transaction, as a full disk does.
    home.tamper(
        "CREATE TRIGGER trouble BEFORE INSERT ON documents WHEN NEW.id = X'00000000000000000000000000000002'
         BEGIN SELECT RAISE(ROLLBACK, 'no space'); END",
    )
    .await;
    let groups = [Group::new(1, "a"), Group::new(2, "b"), Group::new(3, "c")];
    let answers = join_all(groups.iter().map(|group| store.commit(put(group))).collect()).await;
    let [Ok(first), Err(CommitError::Store(error)), Ok(third)] = &answers[..] else { panic!("{answers:?}") };
    assert_eq!((first.revision, third.revision), (1, 2));
    assert!(matches!(error, StoreError::Database { doing: "writing a document", .. }), "{error:?}");
    assert!(std::error::Error::source(error).unwrap().to_string().contains("no space"));
    assert!(store.get_as::<Group>(id(2)).await.unwrap().is_none());
    home.tamper("DROP TRIGGER trouble").await;
    let again = Batch::at(NOW).write(Write::put(&groups[1]));
    assert_eq!(commit(store, again).await, 3);
    assert_eq!(store.changes(0, 100).await.unwrap().changes.len(), 3);
}

/// A key that a transaction made is gone when the transaction fails; made again, it is another one.
#[tokio::test]
async fn nothing_is_sealed_with_a_key_of_a_failed_transaction() {
    let home = File::open().await;
    let store = home.store();
    home.tamper(
        "CREATE TRIGGER trouble BEFORE INSERT ON documents WHEN NEW.id = X'00000000000000000000000000000002'
         BEGIN SELECT RAISE(ROLLBACK, 'no space'); END",
    )
    .await;
    let batches = vec![
        store.commit(Batch::at(NOW).keys(KeyChange::Rotate)),
        store.commit(put(&Safe::new(1, "code-one"))),
        store.commit(put(&Safe::new(2, "code-two"))),
    ];
    let answers = join_all(batches).await;
    assert!(answers[0].is_ok() && answers[1].is_ok() && answers[2].is_err(), "{answers:?}");
    // Whoever opens the file anew knows nothing but what is in it.
    let again = SqliteStore::open(home.path(), master()).await.unwrap();
    let safe = again.get_as::<Safe>(id(1)).await.unwrap().unwrap();
    assert_eq!(safe.value.code.expose(), "code-one");
}

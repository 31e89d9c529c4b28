//! What a check of the store finds.

use paifang_model::Kind;
use paifang_store::{Document, Unreadable, Write};

use crate::nouns::{Api, Group, Safe};
use crate::suite::{Home, NOW, commit, put};

fn as_noun(document: &Document) -> Result<Write, Unreadable> {
    match document.key.kind {
        Kind::Group => document.read::<Group>().map(|stored| Write::put(&stored.value)),
        Kind::Api => document.read::<Api>().map(|stored| Write::put(&stored.value)),
        _ => document.read::<Safe>().map(|stored| Write::put(&stored.value)),
    }
}

async fn stock(home: &impl Home) {
    let batch = put(&Group::new(1, "a")).write(Write::put(&Group::new(2, "b")));
    let batch = batch.write(Write::put(&Api::new(3, 1, "get"))).write(Write::put(&Safe::new(4, "code")));
    commit(home.store(), batch.write(Write::put(&Safe::new(5, "other")))).await;
}

async fn found(home: &impl Home) -> Vec<String> {
    let findings = home.store().check(&as_noun).await.unwrap();
    let sentences = findings.iter().map(ToString::to_string);
    // Ids of tests differ in their last two digits.
    sentences.map(|sentence| sentence.replace("000000000000000000000000000000", "")).collect()
}

pub(crate) async fn a_sound_store_has_no_findings(home: impl Home) {
    super::backup::stock(home.store()).await;
    commit(home.store(), paifang_store::Batch::at(NOW)).await;
    assert_eq!(found(&home).await, Vec::<String>::new());
}

/// Each damage is made, found, and undone by the one after it, if it matters to what is found there.
pub(crate) async fn damage_of_every_sort_is_found(home: impl Home) {
    stock(&home).await;
    home.tamper("UPDATE fields SET value = 'z' WHERE kind = 'group' AND name = 'name' AND value = 'a'").await;
    assert_eq!(
        found(&home).await,
        [
            "group/01: it is not found by its name: the row for it is missing or says something else",
            "group/01: it is found by a name that it does not have"
        ]
    );
    home.tamper("UPDATE fields SET value = 'a' WHERE value = 'z'").await;

    home.tamper("DELETE FROM links").await;
    assert_eq!(found(&home).await, ["api/03: its link to group/01 (group) has no row"]);
    home.tamper(
        "INSERT INTO links (kind, id, edge, target_kind, target_id, on_delete) VALUES ('api',
            X'00000000000000000000000000000003', 'group', 'group', X'00000000000000000000000000000001', 'refuse')",
    )
    .await;
    assert_eq!(found(&home).await, Vec::<String>::new());

    home.tamper(
        "UPDATE documents SET body = X'FF' WHERE kind = 'group' AND id = X'00000000000000000000000000000002'",
    )
    .await;
    let unreadable = found(&home).await;
    assert_eq!(unreadable.len(), 1);
    assert!(unreadable[0].starts_with("group/02: it cannot be read: its JSON is not what"), "{unreadable:?}");
    home.tamper("DELETE FROM changes WHERE id = X'00000000000000000000000000000002'").await;
    assert_eq!(found(&home).await[1], "group/02: it is at revision 1, of which the feed does not tell");
    home.tamper("DELETE FROM documents WHERE kind = 'group' AND id = X'00000000000000000000000000000002'")
        .await;
    assert_eq!(found(&home).await, ["group/02: rows for finding it are there, and it is not"]);
    home.tamper("DELETE FROM fields WHERE kind = 'group' AND id = X'00000000000000000000000000000002'").await;

    home.tamper(
        "UPDATE documents SET sealed = (SELECT sealed FROM documents WHERE id = X'00000000000000000000000000000005')
         WHERE id = X'00000000000000000000000000000004'",
    )
    .await;
    assert_eq!(
        found(&home).await,
        ["app_key/04: it cannot be read: its secrets cannot be opened: they are not what was sealed for it"]
    );
    home.tamper("DELETE FROM documents WHERE kind = 'group'").await;
    assert_eq!(
        found(&home).await[1..],
        [
            "api/03: it needs group/01 (group), which does not exist",
            "group/01: rows for finding it are there, and it is not",
            "group/01: the feed's newest entry about it, of revision 1, does not agree with what is there"
        ]
    );
    home.tamper("UPDATE head SET revision = 0").await;
    assert!(found(&home).await.contains(&"documents: it has revision 1, and the newest one is 0".to_owned()));
}

//! Bad rows: each is shown in its place, and its neighbours are served.

use paifang_model::record::Key;
use paifang_store::{
    AuditLine, AuditQuery, Batch, Defect, Query, ReadError, StoreExt as _, Unreadable, Write,
};

use crate::nouns::{Group, Safe, id};
use crate::suite::sealing::{reseal, rotate};
use crate::suite::{Home, NOW, commit, put};

async fn three_groups(home: &impl Home) {
    let batch = put(&Group::new(1, "a")).write(Write::put(&Group::new(2, "b")));
    commit(home.store(), batch.write(Write::put(&Group::new(3, "c")))).await;
}

fn by_name() -> Query {
    Query::of::<Group>().by("name")
}

pub(crate) async fn a_bad_document_does_not_take_its_page_down(home: impl Home) {
    three_groups(&home).await;
    home.tamper("UPDATE documents SET body = X'FF00' WHERE id = X'00000000000000000000000000000002'").await;
    let page = home.store().list_as::<Group>(&by_name()).await.unwrap();
    let [Ok(a), Err(bad), Ok(c)] = &page.items[..] else { panic!("{page:?}") };
    assert_eq!((a.value.name.as_str(), c.value.name.as_str()), ("a", "c"));
    assert_eq!(bad.key, Some(Key::of::<Group>(id(2))));
    assert!(matches!(bad.defect, Defect::Json(_)));
    let error = home.store().get_as::<Group>(id(2)).await.unwrap_err();
    assert!(matches!(error, ReadError::Unreadable(_)), "{error}");
    commit(home.store(), put(&Group::new(2, "mended"))).await;
    assert!(home.store().get_as::<Group>(id(2)).await.unwrap().is_some());
}

pub(crate) async fn a_lost_document_is_shown(home: impl Home) {
    three_groups(&home).await;
    home.tamper("DELETE FROM documents WHERE id = X'00000000000000000000000000000002'").await;
    home.tamper("UPDATE documents SET scope = X'01' WHERE id = X'00000000000000000000000000000003'").await;
    let page = home.store().list(&by_name()).await.unwrap();
    let [Ok(_), Err(lost), Err(odd)] = &page.items[..] else { panic!("{page:?}") };
    assert!(matches!(lost.defect, Defect::Lost), "{lost:?}");
    assert!(matches!(odd.defect, Defect::Column { column: "scope", .. }), "{odd:?}");
}

pub(crate) async fn a_bad_change_does_not_take_the_feed_down(home: impl Home) {
    three_groups(&home).await;
    home.tamper("UPDATE changes SET schema = -1 WHERE id = X'00000000000000000000000000000002'").await;
    let changes = home.store().changes(0, 100).await.unwrap();
    let [Ok(_), Err(bad), Ok(_)] = &changes.changes[..] else { panic!("{changes:?}") };
    assert_eq!(bad.key, Some(Key::of::<Group>(id(2))));
    assert_eq!(changes.through, 1);
}

pub(crate) async fn a_kind_of_a_newer_binary_is_set_aside(home: impl Home) {
    three_groups(&home).await;
    home.tamper("UPDATE changes SET kind = 'teapot' WHERE id = X'00000000000000000000000000000002'").await;
    let changes = home.store().changes(0, 100).await.unwrap().changes;
    let bad: Vec<&Unreadable> = changes.iter().filter_map(|change| change.as_ref().err()).collect();
    let [Unreadable { key: None, defect: Defect::Address(address) }] = bad[..] else { panic!("{bad:?}") };
    assert_eq!(address, "teapot/00000000000000000000000000000002");
}

pub(crate) async fn odd_audit_detail_is_shown_as_text(home: impl Home) {
    let [actor, action, resource, outcome] = ["ann", "create", "group/1", "done"].map(str::to_owned);
    let line = AuditLine { at: 1, actor, action, resource, outcome, detail: serde_json::Value::Null };
    commit(home.store(), Batch::at(NOW).audit(line)).await;
    home.tamper("UPDATE audit SET detail = X'7B6F6464'").await;
    let page = home.store().audit(&AuditQuery::default()).await.unwrap();
    assert_eq!(page.lines[0].line.detail, "{odd");
}

async fn two_safes(home: &impl Home) {
    let batch = put(&Safe::new(1, "code-one")).write(Write::put(&Safe::new(2, "code-two")));
    commit(home.store(), batch).await;
}

pub(crate) async fn a_sealed_value_opens_in_its_own_document_only(home: impl Home) {
    two_safes(&home).await;
    home.tamper(
        "UPDATE documents SET sealed = (SELECT sealed FROM documents WHERE id = X'00000000000000000000000000000001')
         WHERE id = X'00000000000000000000000000000002'",
    )
    .await;
    let moved = home.store().get_as::<Safe>(id(2)).await.unwrap_err();
    assert!(
        matches!(&moved, ReadError::Unreadable(unreadable) if matches!(unreadable.defect, Defect::Sealed)),
        "{moved:?}"
    );
    let page = home.store().list_as::<Safe>(&Query::of::<Safe>()).await.unwrap();
    let [Ok(sound), Err(bad)] = &page.items[..] else { panic!("{page:?}") };
    assert_eq!((sound.value.code.expose(), bad.key), ("code-one", Some(Key::of::<Safe>(id(2)))));
    home.tamper("UPDATE documents SET data_key = 77 WHERE id = X'00000000000000000000000000000002'").await;
    let lost = home.store().get_as::<Safe>(id(2)).await.unwrap_err();
    let ReadError::Unreadable(Unreadable { defect: Defect::NoDataKey { number: 77 }, .. }) = lost else {
        panic!("{lost:?}")
    };
    home.tamper(
        "UPDATE documents SET data_key = 1, sealed = X'' WHERE id = X'00000000000000000000000000000002'",
    )
    .await;
    home.store().get_as::<Safe>(id(2)).await.unwrap_err();
    assert_eq!(home.store().get_as::<Safe>(id(1)).await.unwrap().unwrap().value, Safe::new(1, "code-one"));
}

pub(crate) async fn what_cannot_be_opened_keeps_its_key_and_holds_nobody_up(home: impl Home) {
    two_safes(&home).await;
    home.tamper("UPDATE documents SET sealed = X'FF' WHERE id = X'00000000000000000000000000000001'").await;
    rotate(home.store()).await;
    let (sealed, left) = reseal(home.store(), 1).await;
    assert_eq!((sealed, left), (3, 1), "one document and two entries of the feed");
    let keys = home.store().keys().await.unwrap().data;
    assert_eq!(keys.iter().map(|key| (key.number, key.documents)).collect::<Vec<_>>(), [(1, 1), (2, 1)]);
    // Written again, nothing needs the old key.
    commit(home.store(), put(&Safe::new(1, "code-new"))).await;
    reseal(home.store(), 1).await;
    assert_eq!(home.store().keys().await.unwrap().data.len(), 1);
}

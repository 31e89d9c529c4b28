//! Bad rows: each is shown in its place, and its neighbours are served.

use paifang_model::record::Key;
use paifang_store::{
    AuditLine, AuditQuery, Batch, Defect, Query, ReadError, StoreExt as _, Unreadable, Write,
};

use crate::nouns::{Group, id};
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

//! Lists, by hand-picked cases; [`super::model`] tries the rest.

use paifang_model::Kind;
use paifang_model::record::{Key, Sortable as _};
use paifang_store::{
    BadQuery, Batch, Cursor, Direction, Filter, ListError, MAX_LIMIT, Query, Store, StoreExt as _, Write,
};

use crate::nouns::{Api, App, Grant, Group, id};
use crate::suite::{Home, NOW, commit, put};

/// No numbers.
const NONE: [u8; 0] = [];

/// Groups 1 and 2; in group 1 the APIs 10 to 14, in group 2 the API 20.
async fn shop(store: &dyn Store) {
    commit(store, put(&Group::new(1, "pets")).write(Write::put(&Group::new(2, "orders")))).await;
    let apis = [
        (10, 1, "GetPet", 30, &["read"][..]),
        (11, 1, "PutPet", -5, &["write"]),
        (12, 1, "getOwner", 7, &["read", "slow"]),
        (13, 1, "100%_sure", 7, &[]),
        (14, 1, "列出宠物", 0, &["read"]),
        (20, 2, "GetPet", 1, &["read"]),
    ];
    for (time, (number, group, name, calls, tags)) in (0..).zip(apis) {
        let tags = tags.iter().map(ToString::to_string).collect();
        let api = Api { calls, tags, ..Api::new(number, group, name) };
        commit(store, Batch::at(NOW - time).write(Write::put(&api))).await;
    }
}

/// The numbers of the ids that a list finds.
async fn found(store: &dyn Store, query: &Query) -> Vec<u8> {
    let page = store.list(query).await.unwrap();
    page.items.into_iter().map(|item| item.unwrap().key.id.as_bytes()[15]).collect()
}

fn apis() -> Query {
    Query::of::<Api>()
}

pub(crate) async fn are_sorted_by_time_or_field_either_way(home: impl Home) {
    let store = home.store();
    shop(store).await;
    assert_eq!(found(store, &apis()).await, [20, 14, 13, 12, 11, 10]);
    assert_eq!(found(store, &apis().descending()).await, [10, 11, 12, 13, 14, 20]);
    assert_eq!(found(store, &apis().by("calls")).await, [11, 14, 20, 12, 13, 10]);
    assert_eq!(found(store, &apis().by("calls").descending()).await, [10, 13, 12, 20, 14, 11]);
    assert_eq!(found(store, &apis().by("name")).await, [13, 10, 20, 11, 12, 14], "by code points");
    assert_eq!(found(store, &apis().by("nothing")).await, NONE);
}

pub(crate) async fn are_told_apart_by_scope(home: impl Home) {
    let store = home.store();
    shop(store).await;
    assert_eq!(found(store, &apis().within(id(2))).await, [20]);
    assert_eq!(found(store, &apis().within(id(1)).by("name").eq("name", "GetPet")).await, [10]);
    assert_eq!(found(store, &apis().within(id(1)).eq("tag", "read")).await, [14, 12, 10]);
    assert_eq!(found(store, &Query::of_kind(Kind::App)).await, NONE);
}

pub(crate) async fn filter_by_value(home: impl Home) {
    let store = home.store();
    shop(store).await;
    let with = |filter| apis().by("calls").filter(filter);
    assert_eq!(found(store, &with(Filter::Eq("name", "GetPet".into()))).await, [20, 10]);
    assert_eq!(found(store, &with(Filter::Eq("calls", 7_i64.sortable()))).await, [12, 13]);
    assert_eq!(found(store, &with(Filter::Prefix("name", "Get".into()))).await, [20, 10]);
    assert_eq!(found(store, &with(Filter::Prefix("name", String::new()))).await.len(), 6);
    let tags = vec!["slow".to_owned(), "read".to_owned(), "none".to_owned()];
    assert_eq!(found(store, &with(Filter::In("tag", tags))).await, [14, 20, 12, 10], "each once");
    assert_eq!(found(store, &with(Filter::In("tag", Vec::new()))).await, NONE);
    let both = apis().eq("tag", "read").eq("tag", "slow");
    assert_eq!(found(store, &both).await, [12], "a field may have both values");
}

pub(crate) async fn filter_by_link(home: impl Home) {
    let store = home.store();
    shop(store).await;
    let grants = [Grant::new(10, 40), Grant::new(11, 40), Grant::new(10, 41)];
    let apps = put(&App::new(40, "x")).write(Write::put(&App::new(41, "y")));
    commit(store, grants.iter().fold(apps, |batch, grant| batch.write(Write::put(grant)))).await;
    let of = |query: Query| async move {
        let page = store.list_as::<Grant>(&query).await.unwrap();
        let mut found: Vec<_> = page.items.into_iter().map(|item| item.unwrap().value).collect();
        found.sort_by_key(|grant| (grant.api, grant.app));
        found
    };
    let of_app = Query::of::<Grant>().linked::<App>("app", id(40));
    assert_eq!(of(of_app.clone()).await, grants[..2]);
    assert_eq!(of(of_app.clone().linked::<Api>("api", id(11))).await, grants[1..2]);
    assert!(of(Query::of::<Grant>().linked::<App>("api", id(40))).await.is_empty());
    let not = Filter::NotLinked("api", Key::of::<Api>(id(10)));
    assert_eq!(of(of_app.filter(not.clone())).await, grants[1..2]);
    assert_eq!(of(Query::of::<Grant>().filter(not)).await, grants[1..2]);
}

pub(crate) async fn contain_text_as_it_is_written(home: impl Home) {
    let store = home.store();
    shop(store).await;
    let containing = |text: &str| apis().filter(Filter::Contains("name", text.to_owned()));
    assert_eq!(found(store, &containing("GET")).await, [20, 12, 10], "letters in either case");
    assert_eq!(found(store, &containing("宠物")).await, [14]);
    assert_eq!(found(store, &containing("%_s")).await, [13], "signs of patterns are signs");
    assert_eq!(found(store, &containing("1%s")).await, NONE);
    assert_eq!(found(store, &containing("pet").by("name")).await, [10, 20, 11]);
}

pub(crate) async fn follow_cursors_while_documents_come_and_go(home: impl Home) {
    let store = home.store();
    shop(store).await;
    let query = apis().by("calls").limit(2);
    let first = store.list(&query).await.unwrap();
    assert_eq!((first.items.len(), first.revision), (2, 7));
    let cursor = first.next.unwrap();
    // 11 and 14 were on the first page: one goes, one comes before the cursor.
    let batch = Batch::at(NOW).write(Write::delete(Key::of::<Api>(id(11))));
    commit(store, batch.write(Write::put(&Api { calls: -9, ..Api::new(21, 2, "new") }))).await;
    let cursor = Cursor::new(cursor.to_string());
    let second = store.list(&query.clone().after(cursor)).await.unwrap();
    let numbers: Vec<u8> = second.items.iter().map(|i| i.as_ref().unwrap().key.id.as_bytes()[15]).collect();
    assert_eq!(numbers, [20, 12]);
    let third = store.list(&query.after(second.next.unwrap())).await.unwrap();
    assert_eq!((third.items.len(), third.next), (2, None));
}

pub(crate) async fn count_and_skip(home: impl Home) {
    let store = home.store();
    shop(store).await;
    let query = apis().by("calls").eq("tag", "read").limit(2).counted();
    let page = store.list(&query.clone().offset(1)).await.unwrap();
    assert_eq!((page.items.len(), page.total), (2, Some(4)));
    assert_eq!(found(store, &query.clone().offset(3)).await, [10]);
    let beyond = store.list(&query.offset(u64::MAX)).await.unwrap();
    assert_eq!((beyond.items.len(), beyond.next, beyond.total), (0, None, Some(4)));
    assert_eq!(store.list(&apis()).await.unwrap().total, None);
}

pub(crate) async fn refuse_what_breaks_a_limit(home: impl Home) {
    let store = home.store();
    let refused = async |query: Query| match store.list(&query).await.unwrap_err() {
        ListError::Query(reason) => reason,
        ListError::Store(error) => panic!("{error}"),
    };
    assert_eq!(refused(apis().limit(0)).await, BadQuery::Limit { given: 0 });
    assert_eq!(refused(apis().limit(MAX_LIMIT + 1)).await, BadQuery::Limit { given: MAX_LIMIT + 1 });
    let many = (0..17).fold(apis(), |query, _| query.eq("name", "x"));
    assert_eq!(refused(many).await, BadQuery::Filters { given: 17 });
    let values = apis().filter(Filter::In("name", vec![String::new(); 501]));
    assert_eq!(refused(values).await, BadQuery::Values { field: "name", given: 501 });
    let full = apis().limit(MAX_LIMIT).filter(Filter::In("name", vec![String::new(); 500]));
    assert!(store.list(&full).await.unwrap().items.is_empty());
}

pub(crate) async fn refuse_foreign_cursors(home: impl Home) {
    let store = home.store();
    shop(store).await;
    let cursor = store.list(&apis().by("calls").limit(1)).await.unwrap().next.unwrap();
    let others = [
        apis().by("name").after(cursor.clone()),
        apis().by("calls").descending().after(cursor.clone()),
        Query { kind: Kind::App, ..apis() }.by("calls").after(cursor.clone()),
        apis().after(Cursor::new("")),
        apis().after(Cursor::new("not hexadecimal")),
        apis().by("calls").after(Cursor::new(&cursor.as_str()[..20])),
    ];
    for query in others {
        let error = store.list(&query).await.unwrap_err();
        assert!(matches!(error, ListError::Query(BadQuery::Cursor)), "{query:?}: {error}");
    }
    assert_eq!(apis().direction, Direction::Ascending);
}

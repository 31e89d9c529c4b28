//! The shapes that a list may have, for the tests that look at how a home finds its rows.

use paifang_model::record::Key;
use paifang_store::{Batch, Filter, Query, Store, Write};

use crate::nouns::{Api, Group, id};
use crate::suite::{NOW, commit};

/// More than the few that a filter may meet to lead.
const MANY: u16 = 2100;

/// Fills a store so that there are many of some things and few of others.
pub(crate) async fn stock(store: &dyn Store) {
    let mut batch = Batch::at(NOW).write(Write::put(&Group::new(1, "pets")));
    for number in 0..MANY {
        let tags = vec!["common".to_owned(), format!("rare {number}")];
        let api = Api { tags, ..Api::new(1000 + number, 1, &format!("api {number}")) };
        batch = batch.write(Write::put(&api));
    }
    commit(store, batch).await;
}

fn apis() -> Query {
    Query::of::<Api>()
}

/// Every shape of list, with what it is.
pub(crate) async fn shapes(store: &dyn Store) -> Vec<(&'static str, Query)> {
    let cursor = store.list(&apis().by("name").limit(1)).await.unwrap().next.unwrap();
    let group = Key::of::<Group>(id(1));
    let text = str::to_owned;
    vec![
        ("all, by time, newest first", apis().descending()),
        ("all, by field, counted", apis().by("name").counted()),
        ("in a scope, by field, counted", apis().within(id(1)).by("name").counted()),
        ("in a scope, by time", apis().within(id(1))),
        ("after a cursor", apis().by("name").after(cursor.clone())),
        ("in a scope, after a cursor", apis().within(id(1)).by("name").after(cursor)),
        ("far on", apis().by("name").offset(2000)),
        ("prefix of what it is sorted by", apis().by("name").filter(Filter::Prefix("name", text("api 7")))),
        ("part of what it is sorted by", apis().by("name").filter(Filter::Contains("name", text("99")))),
        ("one of what it is sorted by", apis().by("name").filter(Filter::In("name", vec![text("api 7"); 3]))),
        ("a rare value", apis().eq("tag", "rare 7").counted()),
        ("a rare value in a scope", apis().within(id(1)).eq("tag", "rare 7")),
        ("a rare value in a scope, counted", apis().within(id(1)).eq("tag", "rare 7").by("name").counted()),
        ("linked, in a scope", apis().within(id(1)).linked::<Group>("group", id(9))),
        ("a common value, counted", apis().eq("tag", "common").counted()),
        ("a common value in a scope", apis().within(id(1)).eq("tag", "common")),
        ("a rare prefix", apis().filter(Filter::Prefix("tag", text("rare 77")))),
        ("a common prefix", apis().filter(Filter::Prefix("tag", text("rare")))),
        ("a rare part", apis().filter(Filter::Contains("name", text("99")))),
        ("a common part", apis().filter(Filter::Contains("name", text("api")))),
        ("one of a few", apis().filter(Filter::In("tag", vec![text("rare 1"), text("rare 2")]))),
        ("linked to what many are", apis().by("name").filter(Filter::Linked("group", group)).counted()),
        ("linked to what few are", apis().linked::<Group>("group", id(9)).counted()),
        ("not linked", apis().by("name").filter(Filter::NotLinked("group", group)).counted()),
    ]
}

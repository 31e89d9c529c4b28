//! Lists against a search that anyone can see is right, over random documents and queries.

use paifang_model::id::Id;
use paifang_model::record::{Key, Record as _, Sortable as _};
use paifang_store::{Batch, Direction, Filter, Order, Query, Store, Write};

use crate::nouns::{Api, Group, id};
use crate::suite::{Home, NOW, commit};

/// More than the few that a filter may meet to lead, so that both ways of listing are tried.
const APIS: u16 = 2600;

pub(crate) async fn every_list_is_what_a_naive_search_finds(home: impl Home) {
    let store = home.store();
    let mut dice = Dice(7);
    let apis = stock(store, &mut dice).await;
    for round in 0..150 {
        let query = random_query(&mut dice);
        let expected = naive(&apis, &query);
        let page = store.list(&query).await.unwrap();
        assert_eq!(page.total, Some(expected.len() as u64), "round {round}: {query:?}");
        let found = all_pages(store, query.clone()).await;
        assert_eq!(found, expected, "round {round}: {query:?}");
    }
}

/// A made API and the time it was made.
struct Made {
    api: Api,
    at: i64,
}

async fn stock(store: &dyn Store, dice: &mut Dice) -> Vec<Made> {
    let groups = Batch::at(NOW).write(Write::put(&Group::new(1, "a")));
    commit(store, groups.write(Write::put(&Group::new(2, "b")))).await;
    let mut made = Vec::new();
    for number in 0..APIS {
        let group = if dice.roll(10) == 0 { 2 } else { 1 };
        let mut tags = vec!["common".to_owned()];
        tags.extend((0..dice.roll(3)).map(|_| format!("tag{}", dice.roll(40))));
        let name = format!("{}{number}", ["get", "Put", "列出", "del%"][dice.roll(4)]);
        let calls = dice.roll(50) as i64 - 25;
        made.push(Made { api: Api { calls, tags, ..Api::new(1000 + number, group, &name) }, at: 0 });
    }
    for chunk in made.chunks_mut(400) {
        let now = NOW + dice.roll(5) as i64;
        let mut batch = Batch::at(now);
        for made in chunk {
            made.at = now;
            batch = batch.write(Write::put(&made.api));
        }
        commit(store, batch).await;
    }
    made
}

fn random_query(dice: &mut Dice) -> Query {
    let mut query = Query::of::<Api>().limit([40, 250, 500][dice.roll(3)]).counted();
    query.order = [Order::Created, Order::Field("name"), Order::Field("calls")][dice.roll(3)];
    query.direction = [Direction::Ascending, Direction::Descending][dice.roll(2)];
    query.scope = [None, Some(id(1)), Some(id(2))][dice.roll(3)];
    for _ in 0..dice.roll(3) {
        query = query.filter(random_filter(dice));
    }
    query
}

fn random_filter(dice: &mut Dice) -> Filter {
    let tag = format!("tag{}", dice.roll(40));
    match dice.roll(10) {
        0 => Filter::Eq("tag", tag),
        1 => Filter::Eq("tag", "common".to_owned()),
        2 => Filter::Eq("calls", (dice.roll(50) as i64 - 25).sortable()),
        3 => Filter::In("tag", vec![tag, "tag3".to_owned(), "tag3".to_owned()]),
        4 => Filter::Prefix("name", ["get", "列", "Put1", ""][dice.roll(4)].to_owned()),
        5 => Filter::Prefix("tag", "tag1".to_owned()),
        6 => Filter::Contains("name", ["ET", "%1", "出", "7"][dice.roll(4)].to_owned()),
        7 => Filter::Contains("tag", ["7", "ommo"][dice.roll(2)].to_owned()),
        8 => Filter::Linked("group", Key::of::<Group>(id(1 + dice.roll(2) as u16))),
        _ => Filter::NotLinked("group", Key::of::<Group>(id(1 + dice.roll(2) as u16))),
    }
}

fn naive(apis: &[Made], query: &Query) -> Vec<Id> {
    let mut met: Vec<(String, Id)> = apis
        .iter()
        .filter(|made| query.scope.is_none_or(|scope| scope == made.api.scope()))
        .filter(|made| query.filters.iter().all(|filter| meets(&made.api, filter)))
        .map(|made| (sort_key(made, query.order), made.api.id))
        .collect();
    met.sort_unstable();
    if query.direction == Direction::Descending {
        met.reverse();
    }
    met.into_iter().map(|(_, id)| id).collect()
}

fn sort_key(made: &Made, order: Order) -> String {
    match order {
        Order::Created => made.at.sortable(),
        Order::Field("name") => made.api.name.clone(),
        Order::Field(_) => made.api.calls.sortable(),
    }
}

fn meets(api: &Api, filter: &Filter) -> bool {
    let values = |field: &str| match field {
        "name" => vec![api.name.clone()],
        "calls" => vec![api.calls.sortable()],
        _ => api.tags.clone(),
    };
    match filter {
        Filter::Eq(field, value) => values(field).contains(value),
        Filter::In(field, wanted) => values(field).iter().any(|value| wanted.contains(value)),
        // None of its fields is secret.
        Filter::Secret(..) => false,
        Filter::Prefix(field, prefix) => values(field).iter().any(|value| value.starts_with(prefix)),
        Filter::Contains(field, part) => {
            let part = part.to_ascii_lowercase();
            values(field).iter().any(|value| value.to_ascii_lowercase().contains(&part))
        }
        Filter::Linked(_, target) => api.group == target.id,
        Filter::NotLinked(_, target) => api.group != target.id,
    }
}

async fn all_pages(store: &dyn Store, mut query: Query) -> Vec<Id> {
    let mut found = Vec::new();
    loop {
        let page = store.list(&query).await.unwrap();
        found.extend(page.items.into_iter().map(|item| item.unwrap().key.id));
        match page.next {
            Some(next) => query = query.after(next),
            None => return found,
        }
    }
}

/// Numbers that look random and are the same every time: Knuth's linear congruence, upper half.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

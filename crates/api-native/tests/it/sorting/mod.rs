//! Every list is sorted as the OpenAPI document says that it can be, and paged in that order.

mod stock;

use std::collections::HashSet;

use insta::assert_snapshot;
use serde_json::{Value, json};

use self::stock::stock;
use crate::support::{Client, Reply, World};

/// A list as it is described.
struct List {
    /// With places, as the document has it.
    pattern: String,
    /// Without.
    path: String,
    orders: Vec<String>,
    searched: bool,
}

impl List {
    fn is_named(&self) -> bool {
        self.orders.iter().any(|order| order == "name")
    }
}

#[tokio::test]
async fn every_list_is_sorted_as_the_document_says() {
    let world = World::new().await;
    let (stock, owner) = (stock(&world).await, world.owner());
    let lists = lists(|path| stock.fill(path));
    for List { path, orders, .. } in &lists {
        let mut seen = HashSet::new();
        for order in orders {
            let whole = owner.get(&format!("{path}?sort={order}")).await;
            let rows = rows(&whole, order);
            assert!(rows.len() >= 3, "{path}: {}", whole.shown());
            let mut sorted = rows.clone();
            sorted.sort_unstable();
            if order.starts_with('-') {
                sorted.reverse();
            }
            assert_eq!(rows, sorted, "{path} by {order}");
            let ids: Vec<_> = rows.iter().map(|(_, id)| id.clone()).collect();
            assert_eq!(page_by_page(&owner, path, order).await, ids, "{path} by {order}");
            assert!(seen.insert(ids), "{path} by {order} is as by another order");
        }
        let unsaid = rows(&owner.get(path).await, "created");
        let first = if path.ends_with("/versions") { "-created" } else { "created" };
        assert_eq!(unsaid, rows(&owner.get(&format!("{path}?sort={first}")).await, "created"), "{path}");
    }
}

#[tokio::test]
async fn a_cursor_is_good_for_its_order_alone() {
    let world = World::new().await;
    let (stock, owner) = (stock(&world).await, world.owner());
    for List { path, orders, .. } in lists(|path| stock.fill(path)) {
        for order in &orders {
            let page = owner.get(&format!("{path}?sort={order}&limit=1")).await;
            let cursor = page.text("/next");
            for other in &orders {
                let next = owner.get(&format!("{path}?sort={other}&limit=1&cursor={cursor}")).await;
                let expected = if order == other { 200 } else { 400 };
                assert_eq!(next.status, expected, "{path}: {order}, then {other}: {}", next.shown());
            }
        }
    }
}

#[tokio::test]
async fn what_has_no_name_is_not_sorted_by_it() {
    let world = World::new().await;
    let (stock, owner) = (stock(&world).await, world.owner());
    for List { path, .. } in lists(|path| stock.fill(path)).iter().filter(|list| !list.is_named()) {
        assert_eq!(owner.get(&format!("{path}?sort=name")).await.status, 400, "{path}");
    }
    assert_snapshot!(owner.get("/grants?sort=name").await.problem(), @r"
    400 query: ?sort: unknown variant `name`, expected `created` or `-created`
    ?sort (unknown): unknown variant `name`, expected `created` or `-created`
    ");
}

#[tokio::test]
async fn what_has_a_name_is_sorted_and_searched_by_it() {
    let world = World::new().await;
    let (stock, owner) = (stock(&world).await, world.owner());
    let lists = lists(|path| stock.fill(path));
    let named: Vec<_> = lists.iter().filter(|list| list.is_named()).collect();
    let patterns: Vec<_> = named.iter().map(|list| list.pattern.as_str()).collect();
    assert_snapshot!(patterns.join("\n"), @r"
    /access-lists
    /apis
    /app-quotas
    /apps
    /backend-accesses
    /backend-instances
    /backend-services
    /black-lists
    /certificates
    /channels
    /domains
    /groups
    /groups/{group}/apis
    /groups/{group}/domains
    /groups/{group}/stages/{stage}/variables
    /manifests
    /policies
    /stages
    /users
    ");
    for List { path, searched, .. } in named {
        assert!(searched, "{path}");
        let found = rows(&owner.get(&format!("{path}?search=AT&sort=-name")).await, "name");
        assert!(!found.is_empty(), "{path}");
        assert!(
            found.iter().all(|(name, _)| name.to_string().to_lowercase().contains("at")),
            "{path}: {found:?}"
        );
        assert_eq!(owner.get(&format!("{path}?search=wolves")).await.body["items"], json!([]), "{path}");
    }
}

/// Names are compared by code points, and what is named alike is told apart by its id.
#[tokio::test]
async fn names_compare_by_code_points() {
    let world = World::new().await;
    let owner = world.owner();
    for (dialect, name) in [
        ("alibaba", "ants_nest"),
        ("huawei", "宠物之家"),
        ("alibaba", "Zoo_of_ants"),
        ("huawei", "ants_nest"),
        ("alibaba", "Ants_nest"),
    ] {
        owner.post("/groups", json!({ "dialect": dialect, "name": name })).await;
    }
    let whole = owner.get("/groups?sort=name").await;
    assert_eq!(whole.items("name"), ["Ants_nest", "Zoo_of_ants", "ants_nest", "ants_nest", "宠物之家"]);
    let ids = page_by_page(&owner, "/groups", "name").await;
    assert_eq!(ids, whole.items("id"));
    assert!(ids[2] < ids[3], "{ids:?}");
}

/// The lists that the document says can be sorted.
fn lists(fill: impl Fn(&str) -> String) -> Vec<List> {
    let document = serde_json::to_value(paifang_api_native::document()).unwrap();
    let mut lists = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let parameters = item["get"]["parameters"].as_array().cloned().unwrap_or_default();
        let named = |name: &str| parameters.iter().find(|parameter| parameter["name"] == name);
        let Some(sort) = named("sort") else { continue };
        let orders = sort["schema"]["enum"].as_array().unwrap();
        let pattern = path.strip_prefix("/api/v1").unwrap().to_owned();
        lists.push(List {
            path: fill(&pattern),
            pattern,
            orders: orders.iter().map(|order| order.as_str().unwrap().to_owned()).collect(),
            searched: named("search").is_some(),
        });
    }
    assert!(lists.len() > 30, "{} lists", lists.len());
    lists
}

/// What the rows of a list are sorted by, and their ids.
fn rows(list: &Reply, order: &str) -> Vec<(Key, String)> {
    let items = list.body["items"].as_array().unwrap_or_else(|| panic!("no list: {}", list.shown()));
    let key = |item: &Value| match order.trim_start_matches('-') {
        "created" => Key::Time(item["created_at"].as_i64().unwrap()),
        _ => Key::Name(name_of(item).to_owned()),
    };
    items.iter().map(|item| (key(item), item["id"].as_str().unwrap().to_owned())).collect()
}

/// What a row is sorted by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Time(i64),
    Name(String),
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Time(time) => time.fmt(f),
            Self::Name(name) => name.fmt(f),
        }
    }
}

fn name_of(item: &Value) -> &str {
    ["/name", "/definition/name", "/host"].iter().find_map(|place| item.pointer(place)?.as_str()).unwrap()
}

/// The ids of a list, one by one.
async fn page_by_page(owner: &Client, path: &str, order: &str) -> Vec<String> {
    let (mut ids, mut cursor) = (Vec::new(), String::new());
    for _ in 0..20 {
        let page = owner.get(&format!("{path}?sort={order}&limit=1{cursor}")).await;
        ids.extend(page.items("id"));
        match page.body["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return ids,
        }
    }
    panic!("{path} has no end");
}

//! How SQLite finds the rows of every shape of list: never by walking the documents.

use std::fmt::Write as _;

use paifang_store::SqliteStore;

use crate::suite::shapes::{shapes, stock};

#[tokio::test]
async fn no_list_walks_the_documents() {
    let store = SqliteStore::open_in_memory().await.unwrap();
    stock(&store).await;
    let mut report = String::new();
    for (shape, query) in shapes(&store).await {
        let steps = store.explain(&query).await.unwrap();
        let mut led = false;
        for step in &steps {
            assert!(is_good(step, led), "{shape}: {step}\n{steps:#?}");
            led = step == "SCAN leader";
        }
        writeln!(report, "{shape}\n    {}", steps.join("\n    ")).unwrap();
    }
    insta::assert_snapshot!(report);
}

/// Whether a step finds rows by what it knows of them, rather than by looking at all. What is walked behind a leader
/// is looked up by id.
fn is_good(step: &str, led: bool) -> bool {
    if let Some(scanned) = step.strip_prefix("SCAN ") {
        return ["page", "leader", "met"].contains(&scanned);
    }
    let whole_kind = step.ends_with("(kind=?)");
    let whole_field = led && step.starts_with("SEARCH walk") && !step.contains("id=?");
    !whole_kind && !whole_field
}

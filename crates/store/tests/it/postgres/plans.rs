//! How PostgreSQL finds the rows of every shape of list, with statistics and without: never by walking the documents.

use paifang_testkit::postgres::Database;

use crate::postgres::open;
use crate::suite::shapes::{shapes, stock};

/// What reads or keeps more than a page and its leader.
const BAD: [&str; 5] = ["Seq Scan", "Bitmap", "Hash Join", "Merge Join", "Hashed"];

#[tokio::test]
async fn no_list_walks_the_documents() {
    let database = Database::fresh();
    // Nobody else decides when there are statistics.
    let store = open(&database).await;
    for table in ["documents", "fields", "links"] {
        database.sql(&format!("ALTER TABLE {table} SET (autovacuum_enabled = off)"));
    }
    stock(&store).await;
    for statistics in ["", "ANALYZE"] {
        database.sql(statistics);
        for (shape, query) in shapes(&store).await {
            let steps = store.explain(&query).await.unwrap();
            let plan = steps.join("\n");
            assert!(!BAD.iter().any(|bad| plan.contains(bad)), "{shape}, {statistics}:\n{plan}");
            // The few ids of a leader are told apart, and what has one of the values asked for is put in order; nothing
            // else is kept before the first row of a page.
            let few = ["Unique", "HashAggregate", "value = ANY"].iter().any(|few| plan.contains(few));
            assert!(few || !plan.contains("Sort"), "{shape}, {statistics}:\n{plan}");
            for walk in walks(&steps) {
                assert!(is_good(&walk), "{shape}, {statistics}: {walk:?}\n{plan}");
            }
        }
    }
}

/// Each walk of the fields: which index, and by which of its columns.
fn walks(steps: &[String]) -> Vec<(&str, &str)> {
    steps
        .windows(2)
        .filter(|pair| pair[0].contains(" on fields"))
        .map(|pair| (pair[0].trim(), pair[1].trim()))
        .collect()
}

/// Whether it begins where it is known what is looked for.
fn is_good((index, columns): &(&str, &str)) -> bool {
    let columns_of = |wanted: &[&str]| wanted.iter().all(|column| columns.contains(&format!("({column} = ")));
    let by = |name: &str| index.contains(&format!("using {name} "));
    (by("fields_by_value") && columns_of(&["kind", "name"]))
        || (by("fields_by_scope") && columns_of(&["kind", "scope", "name"]))
        || (by("fields_pkey") && columns_of(&["kind", "id", "name"]))
}

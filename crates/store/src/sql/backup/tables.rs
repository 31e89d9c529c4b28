//! The tables of a store, as a backup has them. A table of the layout that is in no list here fails a test.

/// The layout that the lists are of: what a step of it adds comes into them.
pub(super) const LAYOUT: u64 = 5;

/// A table.
pub(super) struct Table {
    pub(super) name: &'static str,
    /// Its columns, those of its primary key first.
    pub(super) columns: &'static [&'static str],
    /// How many columns its primary key has.
    pub(super) key: usize,
}

const fn table(name: &'static str, key: usize, columns: &'static [&'static str]) -> Table {
    Table { name, columns, key }
}

/// Those whose rows are backed up, in the order of the file. The keyring is first: whether the master key opens it is
/// known before anything else is looked at.
pub(super) const TABLES: [Table; 8] = [
    table(KEYRING, 1, &["number", "created_at", "master", "wrapped"]),
    table(
        "documents",
        2,
        &[
            "kind",
            "id",
            "scope",
            "schema",
            "revision",
            "created_at",
            "updated_at",
            "body",
            "data_key",
            "sealed",
        ],
    ),
    table("fields", 4, &["kind", "id", "name", "value", "scope"]),
    table("links", 5, &["kind", "id", "edge", "target_kind", "target_id", "on_delete"]),
    table(
        "changes",
        3,
        &[
            "revision",
            "kind",
            "id",
            "scope",
            "schema",
            "created_at",
            "updated_at",
            "body",
            "data_key",
            "sealed",
        ],
    ),
    table("audit", 1, &["number", "revision", "at", "actor", "action", "resource", "outcome", "detail"]),
    table("tasks", 1, &["id", "kind", "made_by", "actor", "state", "created_at", "ended_at"]),
    table("task_items", 2, &["task", "number", "body", "state", "reason", "revision", "settled_at"]),
];

pub(super) const KEYRING: &str = "keyring";

/// The one whose only row is in the header.
#[cfg(test)]
const HEAD: &str = "head";

/// Those that say what processes are doing, or did lately, which is over when a backup is restored.
#[cfg(test)]
const EPHEMERAL: [&str; 3] = ["leases", "nodes", "telemetry"];

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// The tables and columns that the steps of a layout make, by what they say.
    fn laid_out(folder: &str) -> (u64, BTreeMap<String, BTreeSet<String>>) {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let (mut tables, mut steps) = (BTreeMap::<String, BTreeSet<String>>::new(), 0);
        while let Ok(step) = std::fs::read_to_string(folder.join(format!("{}.sql", steps + 1))) {
            steps += 1;
            for statement in statements(&step) {
                let words: Vec<_> = statement.split_whitespace().collect();
                match &words[..] {
                    ["CREATE", "TABLE", name, ..] => {
                        let (_, rest) = statement.split_once('(').unwrap();
                        let lines = rest.lines().filter_map(|line| line.split_whitespace().next());
                        let columns =
                            lines.filter(|word| word.chars().all(|c| c.is_ascii_lowercase() || c == '_'));
                        tables.insert((*name).to_owned(), columns.map(str::to_owned).collect());
                    }
                    ["ALTER", "TABLE", name, "ADD", "COLUMN", column, ..] => {
                        tables.get_mut(*name).unwrap().insert((*column).to_owned());
                    }
                    ["CREATE" | "INSERT" | "UPDATE" | "DROP", ..] | [] => {}
                    other => panic!("a statement that this test does not understand: {other:?}"),
                }
            }
        }
        (steps, tables)
    }

    fn statements(step: &str) -> Vec<String> {
        let lines = step.lines().filter(|line| !line.trim_start().starts_with("--"));
        lines.collect::<Vec<_>>().join("\n").split(';').map(str::to_owned).collect()
    }

    #[test]
    fn every_table_of_both_homes_is_in_a_list_with_all_of_its_columns() {
        for home in ["src/sqlite/layout", "src/postgres/layout"] {
            let (steps, mut tables) = laid_out(home);
            assert_eq!(steps, LAYOUT, "{home}: a step was added; bring the lists up to it");
            for Table { name, columns, .. } in TABLES {
                let listed: BTreeSet<_> = columns.iter().map(|column| (*column).to_owned()).collect();
                assert_eq!(tables.remove(name).unwrap(), listed, "{home}: {name}");
            }
            for name in EPHEMERAL.into_iter().chain([HEAD]) {
                assert!(tables.remove(name).is_some(), "{home}: {name} is listed and not there");
            }
            assert!(tables.is_empty(), "{home}: in no list: {:?}", tables.keys());
        }
    }
}

//! The same bytes to four servers: this one, hyper, nginx and Python's `http.server`. What each makes of them stands in `verdicts.txt`; the
//! rows in which they disagree are argued in `docs/http1.md`.
//!
//! A verdict is the statuses of the answers, in order. Each case is followed by a whole request for `/next` and the end of the client's
//! direction, so that a server that takes part of one message for another shows it by the number of its answers. nginx and Python are
//! asked where they are installed; `cargo xtask test` installs them.

mod cases;
mod servers;

use std::fmt::Write as _;
use std::path::PathBuf;

use self::cases::CASES;
use self::servers::{Server, servers};
use crate::support::worker;

const NEXT: &str = "GET /next HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";

#[test]
fn verdicts() {
    worker(async {
        let servers = servers().await;
        let mut golden = Golden::read();
        let mut table = String::new();
        for (name, bytes) in CASES {
            write!(table, "{name:<44}").unwrap();
            for server in &servers {
                let verdict = match server {
                    Server::At { address, .. } => servers::ask(*address, &format!("{bytes}{NEXT}")).await,
                    Server::Missing { column, .. } => golden.verdict(name, *column),
                };
                write!(table, " {verdict:<10}").unwrap();
            }
            table.truncate(table.trim_end().len());
            table.push('\n');
        }
        golden.compare(&table);
        golden.is_argued();
    });
}

struct Golden {
    path: PathBuf,
    text: String,
}

impl Golden {
    fn read() -> Self {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it/differential/verdicts.txt");
        Self { text: std::fs::read_to_string(&path).unwrap_or_default(), path }
    }

    /// What the golden file says of a server that is not installed.
    fn verdict(&mut self, name: &str, column: usize) -> String {
        let row = self.text.lines().find(|line| line.get(..44).is_some_and(|cell| cell.trim_end() == name));
        let cells: Vec<&str> =
            row.and_then(|row| row.get(44..)).unwrap_or_default().split_whitespace().collect();
        cells.get(column).copied().unwrap_or("?").to_owned()
    }

    fn compare(&self, table: &str) {
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            return std::fs::write(&self.path, table).unwrap();
        }
        assert_eq!(self.text, table, "run again with UPDATE_GOLDEN=1 and read the difference");
    }

    /// Whoever accepts what we refuse, or the other way round, is named in the documentation.
    fn is_argued(&self) {
        let docs = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/http1.md");
        let docs = std::fs::read_to_string(docs).unwrap();
        let disagreements = self.text.lines().filter(|row| {
            let verdicts: Vec<&str> = row[44..].split_whitespace().collect();
            verdicts[1..].iter().any(|verdict| accepts(verdict) != accepts(verdicts[0]))
        });
        for row in disagreements {
            let name = row[..44].trim_end();
            assert!(docs.contains(&format!("| {name} |")), "`{name}` is not argued in docs/http1.md");
        }
    }
}

/// How many messages a server saw; an error counts as none.
fn accepts(verdict: &str) -> usize {
    verdict.split('+').filter(|status| status.starts_with('2')).count()
}

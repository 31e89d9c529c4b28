//! How long the files are. Reported and never judged: tables, vectors and lists may be long.

use super::sources::Source;

const CODE: &[&str] = &[".rs", ".ts", ".tsx", ".js", ".py"];

/// Where long files are no sign of anything.
const EXEMPT: &[&str] = &["/tests/", "/test/", "/vectors/", "/generated/", "/snapshots/"];

/// Lines from which a file is named.
const LONG: usize = 300;

pub(crate) fn print(files: &[Source]) {
    let mut lengths: Vec<(usize, &str)> = files.iter().filter(|file| counts(file)).map(length).collect();
    lengths.sort_unstable();
    let (Some(median), Some(ninth)) = (lengths.get(lengths.len() / 2), lengths.get(lengths.len() * 9 / 10))
    else {
        return;
    };
    eprintln!("{} code files; lines: median {}, nine of ten under {}", lengths.len(), median.0, ninth.0);
    for (lines, path) in lengths.iter().rev().take_while(|(lines, _)| *lines > LONG) {
        eprintln!("  {lines:5}  {path}");
    }
}

fn counts(file: &Source) -> bool {
    file.has_ending(CODE) && !EXEMPT.iter().any(|folder| file.path.contains(folder))
}

fn length(file: &Source) -> (usize, &str) {
    (file.text.lines().count(), &file.path)
}

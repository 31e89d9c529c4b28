//! Words that must not stand in the code. They are written in two pieces, so that this file obeys its own rules.

use std::fmt;

use super::sources::Source;

struct Rule {
    word: &'static str,
    /// Files it applies to by ending; empty: to all.
    endings: &'static [&'static str],
    why: &'static str,
}

const REGISTRY: &str = "names a package registry; a mirror would have to patch it";
const MACHINE: &str = "is a path of one machine";
const UNFINISHED: &str = "leaves work unfinished";
const SKIPPED: &str = "leaves a test out silently";

const RULES: &[Rule] = &[
    Rule { word: concat!("crates", ".io"), endings: &[], why: REGISTRY },
    Rule { word: concat!("pypi", ".org"), endings: &[], why: REGISTRY },
    Rule { word: concat!("npmjs", ".com"), endings: &[], why: REGISTRY },
    Rule { word: concat!("npmjs", ".org"), endings: &[], why: REGISTRY },
    Rule { word: concat!("deb", ".debian"), endings: &[], why: REGISTRY },
    Rule { word: concat!(" /", "work/"), endings: &[], why: MACHINE },
    Rule { word: concat!("\"/", "work/"), endings: &[], why: MACHINE },
    Rule { word: concat!("`/", "work/"), endings: &[], why: MACHINE },
    Rule { word: concat!("/", "root/"), endings: &[], why: MACHINE },
    Rule { word: concat!("/", "farm/"), endings: &[], why: MACHINE },
    Rule { word: concat!("todo", "!("), endings: &[".rs"], why: UNFINISHED },
    Rule { word: concat!("unimplemented", "!("), endings: &[".rs"], why: UNFINISHED },
    Rule { word: concat!("dbg", "!("), endings: &[".rs"], why: UNFINISHED },
    Rule { word: concat!("#[", "ignore"), endings: &[".rs"], why: SKIPPED },
    Rule { word: concat!("test", ".skip("), endings: &[".js", ".ts", ".tsx"], why: SKIPPED },
    Rule { word: concat!("it", ".skip("), endings: &[".js", ".ts", ".tsx"], why: SKIPPED },
    Rule { word: concat!("test", ".only("), endings: &[".js", ".ts", ".tsx"], why: SKIPPED },
];

/// Lock files are as their tools write them.
const EXEMPT: &[&str] = &[".lock", "package-lock.json"];

/// A line that breaks a rule.
pub(crate) struct Slip<'f> {
    path: &'f str,
    line: usize,
    rule: &'static Rule,
}

impl fmt::Display for Slip<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: `{}` {}", self.path, self.line, self.rule.word.trim(), self.rule.why)
    }
}

/// All of them.
pub(crate) fn slips(files: &[Source]) -> Vec<Slip<'_>> {
    files.iter().filter(|file| !file.has_ending(EXEMPT)).flat_map(slips_of).collect()
}

fn slips_of(file: &Source) -> impl Iterator<Item = Slip<'_>> {
    let rules = RULES.iter().filter(|rule| rule.endings.is_empty() || file.has_ending(rule.endings));
    rules.flat_map(|rule| {
        let lines = file.text.lines().enumerate().filter(|(_, line)| line.contains(rule.word));
        lines.map(|(index, _)| Slip { path: &file.path, line: index + 1, rule })
    })
}

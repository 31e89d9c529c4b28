//! Patterns against a reference that reads the definition of each segment word by word.

use std::collections::BTreeSet;

use paifang_model::path::{PATTERN_AT_MOST, PathPattern, Segment};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Whether a whole path matches; the reference for what two patterns of one shape have in common.
fn matches(segments: &[Segment], path: Option<&str>) -> bool {
    let Some((segment, others)) = segments.split_first() else { return path.is_none() };
    let Some(path) = path else { return false };
    let (first, after) = path.split_once('/').map_or((path, None), |(first, after)| (first, Some(after)));
    match segment {
        Segment::Wildcard => true,
        Segment::Rest(_) => !path.is_empty(),
        Segment::Parameter(_) => !first.is_empty() && matches(others, after),
        Segment::Literal(literal) => literal == first && matches(others, after),
    }
}

fn pattern() -> impl Strategy<Value = PathPattern> {
    let piece = select(vec!["", "a", "b", "{x}", "[y]", "*", "{z+}", "[w+]"]);
    vec(piece, 1..4).prop_filter_map("not a pattern", |pieces| format!("/{}", pieces.join("/")).parse().ok())
}

/// Every path of up to four segments over a small alphabet, one of whose letters no pattern knows.
fn paths() -> Vec<String> {
    let mut all: Vec<String> = vec![String::new()];
    let mut longest = all.clone();
    for _ in 0..4 {
        longest = longest
            .iter()
            .flat_map(|path| ["", "a", "b", "*", "c"].map(|piece| format!("{path}/{piece}")))
            .collect();
        all.extend(longest.iter().cloned());
    }
    all.retain(|path| !path.is_empty());
    all
}

fn matched<'p>(pattern: &PathPattern, paths: &'p [String]) -> BTreeSet<&'p str> {
    let fits = |path: &&str| matches(pattern.segments(), path.strip_prefix('/'));
    paths.iter().map(String::as_str).filter(fits).collect()
}

proptest! {
    #[test]
    fn reading_never_panics(text in "\\PC*", path in "/[ab/{}\\[\\]+*.%\\\\ -]{0,40}") {
        let _ = text.parse::<PathPattern>();
        let _ = path.parse::<PathPattern>();
    }

    #[test]
    fn what_is_shown_reads_as_the_same(path in "/[ab/{}\\[\\]+*.-]{0,12}", known in pattern()) {
        if let Ok(pattern) = path.parse::<PathPattern>() {
            prop_assert_eq!(pattern.to_string(), path.clone());
            prop_assert!(path.chars().count() <= PATTERN_AT_MOST);
            prop_assert_eq!(pattern.to_string().parse::<PathPattern>(), Ok(pattern));
        }
        let json = serde_json::to_string(&known).unwrap();
        prop_assert_eq!(serde_json::from_str::<PathPattern>(&json).unwrap(), known);
    }

    #[test]
    fn brackets_go_round(pattern in pattern()) {
        let square = pattern.in_brackets(('[', ']'));
        let curly = square.in_brackets(('{', '}'));
        prop_assert_eq!(&curly.in_brackets(('[', ']')), &square);
        for written in [&square, &curly] {
            let read: PathPattern = written.as_str().parse().unwrap();
            prop_assert_eq!(&read, written);
            prop_assert_eq!(read.segments(), pattern.segments());
            prop_assert_eq!(read.shape(), pattern.shape());
        }
    }

    #[test]
    fn patterns_of_one_shape_match_the_same_paths_and_others_do_not(one in pattern(), other in pattern()) {
        let paths = paths();
        let same = matched(&one, &paths) == matched(&other, &paths);
        prop_assert_eq!(one.shape() == other.shape(), same, "{} and {}", one, other);
    }
}

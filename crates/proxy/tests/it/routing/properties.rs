//! The tree against a list that is sorted by the documented order and matched one pattern after the other.

use std::sync::Arc;

use http::Method;
use paifang_model::definition::{MatchMode, MethodRule};
use paifang_model::path::{PathPattern, Segment};
use paifang_proxy::routing::{NoMatch, Request, Table};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

type Entry = (PathPattern, MethodRule, MatchMode);
type Found = Result<(usize, Vec<String>, String), NoMatch>;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn the_tree_finds_what_a_sorted_list_finds(entries in vec(entry(), 0..14), deep in vec(select(vec!["a", "b", "c", ""]), 4..7)) {
        let mut builder = Table::builder();
        let mut list: Vec<(usize, Entry)> = Vec::new();
        for (index, entry) in entries.into_iter().enumerate() {
            let (pattern, method, mode) = entry.clone();
            let added = builder.add(&Arc::new(pattern), method, mode, index);
            let same = list.iter().find(|(_, other)| identity(other) == identity(&entry));
            prop_assert_eq!(added.map_err(|conflict| conflict.existing), same.map_or(Ok(()), |(_, other)| Err(other.0.clone())));
            if same.is_none() {
                list.push((index, entry));
            }
        }
        let table = builder.build();
        list.sort_by_key(|(_, entry)| order(entry));
        for path in paths().chain([format!("/{}", deep.join("/"))]) {
            for (method, multipart) in requests() {
                let by_tree = by_tree(&table, &path, &method, multipart);
                prop_assert_eq!(by_tree, by_list(&list, &path, &method, multipart), "{} {}", method, path);
            }
        }
    }

    #[test]
    fn two_matches_of_a_path_know_which_comes_first(entries in vec(entry(), 2..14)) {
        let mut builder = Table::builder();
        for (index, (pattern, method, mode)) in entries.iter().enumerate() {
            let _ = builder.add(&Arc::new(pattern.clone()), *method, *mode, index);
        }
        let table = builder.build();
        let without_method = |index: usize| {
            let (places, mode, _) = order(&entries[index]);
            (places, mode)
        };
        for path in paths() {
            let find = |method| table.find_placed(&Request { path: &path, method, multipart: false });
            let (Ok((get_at, get)), Ok((post_at, post))) = (find(&Method::GET), find(&Method::POST)) else { continue };
            let expected = without_method(*get.value).cmp(&without_method(*post.value));
            prop_assert_eq!(get_at.order(&post_at), expected, "{}", path);
        }
    }

    #[test]
    fn no_path_panics(entries in vec(entry(), 0..14), path in ".*") {
        let mut builder = Table::builder();
        for (pattern, method, mode) in entries {
            let _ = builder.add(&Arc::new(pattern), method, mode, ());
        }
        let table = builder.build();
        if let Ok(found) = table.find(&Request { path: &path, method: &Method::GET, multipart: false }) {
            prop_assert!(path.ends_with(found.suffix));
            prop_assert!(found.captures.iter(&path).all(|value| !value.is_empty()));
        }
    }
}

fn entry() -> impl Strategy<Value = Entry> {
    let middle = vec(select(vec!["a", "b", "", "{}"]), 0..3);
    let last = select(vec!["a", "b", "", "{}", "{+}", "*"]);
    let method = select(vec![MethodRule::Get, MethodRule::Post, MethodRule::Any, MethodRule::Multipart]);
    let mode = select(vec![MatchMode::Exact, MatchMode::Prefix]);
    (middle, last, method, mode)
        .prop_map(|(middle, last, method, mode)| (pattern(&middle, last), method, mode))
}

fn pattern(middle: &[&str], last: &str) -> PathPattern {
    let segments = middle.iter().chain([&last]).enumerate();
    let text: String = segments
        .map(|(place, segment)| format!("/{}", segment.replace('{', &format!("{{p{place}"))))
        .collect();
    text.parse().unwrap()
}

/// All paths of one to three segments.
fn paths() -> impl Iterator<Item = String> {
    const SEGMENTS: [&str; 4] = ["a", "b", "c", ""];
    let one = SEGMENTS.iter().map(|segment| format!("/{segment}"));
    let two = one.clone().flat_map(|path| SEGMENTS.iter().map(move |segment| format!("{path}/{segment}")));
    let three = two.clone().flat_map(|path| SEGMENTS.iter().map(move |segment| format!("{path}/{segment}")));
    one.chain(two).chain(three)
}

fn requests() -> [(Method, bool); 4] {
    [(Method::GET, false), (Method::POST, false), (Method::POST, true), (Method::DELETE, true)]
}

fn by_tree(table: &Table<usize>, path: &str, method: &Method, multipart: bool) -> Found {
    let found = table.find(&Request { path, method, multipart })?;
    let captures = found.captures.iter(path).map(str::to_owned).collect();
    Ok((*found.value, captures, found.suffix.to_owned()))
}

fn by_list(list: &[(usize, Entry)], path: &str, method: &Method, multipart: bool) -> Found {
    let mut path_matched = false;
    for (index, (pattern, rule, mode)) in list {
        let Some((captures, suffix)) = matched(pattern, *mode, path) else { continue };
        path_matched = true;
        let fits = match rule {
            MethodRule::Any => true,
            MethodRule::Multipart => method == Method::POST && multipart,
            named => named.as_str() == Some(method.as_str()),
        };
        if fits {
            return Ok((*index, captures, suffix));
        }
    }
    Err(if path_matched { NoMatch::Method } else { NoMatch::Path })
}

fn matched(pattern: &PathPattern, mode: MatchMode, path: &str) -> Option<(Vec<String>, String)> {
    let mut captures = Vec::new();
    // What follows the next slash; none at the end.
    let mut ahead = path.strip_prefix('/');
    for (index, segment) in pattern.segments().iter().enumerate() {
        let last = index + 1 == pattern.segments().len();
        let text = ahead?;
        let (first, after) = text.split_once('/').map_or((text, None), |(first, after)| (first, Some(after)));
        match segment {
            Segment::Wildcard => return Some((captures, text.to_owned())),
            Segment::Literal(literal) if literal.is_empty() && last && mode == MatchMode::Prefix => {
                return Some((captures, text.to_owned()));
            }
            Segment::Rest(_) if text.is_empty() => return None,
            Segment::Rest(_) => {
                captures.push(text.to_owned());
                return Some((captures, String::new()));
            }
            Segment::Literal(literal) if literal == first => {}
            Segment::Parameter(_) if !first.is_empty() => captures.push(first.to_owned()),
            Segment::Literal(_) | Segment::Parameter(_) => return None,
        }
        ahead = after;
    }
    match (ahead, mode) {
        (None, _) => Some((captures, String::new())),
        (Some(after), MatchMode::Prefix) => Some((captures, format!("/{after}"))),
        (Some(_), MatchMode::Exact) => None,
    }
}

fn identity((pattern, method, mode): &Entry) -> (String, MethodRule, MatchMode) {
    (pattern.shape(), *method, *mode)
}

/// The order as the module documents it: what stands at each place, then the mode, then the method.
fn order((pattern, method, mode): &Entry) -> (Vec<u8>, MatchMode, u8) {
    let mut places: Vec<u8> = pattern
        .segments()
        .iter()
        .map(|segment| match segment {
            Segment::Literal(_) => 1,
            Segment::Parameter(_) => 2,
            Segment::Rest(_) => 3,
            Segment::Wildcard => 4,
        })
        .collect();
    match pattern.segments().last() {
        Some(Segment::Literal(last)) if last.is_empty() && *mode == MatchMode::Prefix => {
            places.pop();
            places.push(5);
        }
        Some(Segment::Literal(_) | Segment::Parameter(_)) if *mode == MatchMode::Prefix => places.push(6),
        _ => {}
    }
    let method = match method {
        MethodRule::Multipart => 0,
        MethodRule::Any => 2,
        _ => 1,
    };
    (places, *mode, method)
}

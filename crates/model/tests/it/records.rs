//! What each noun tells the store: where it hangs, what it is found by, what it needs. The table is a contract with
//! every store that exists: a changed field name or encoding leaves old rows behind.

use std::fmt::Write as _;

use insta::assert_snapshot;
use paifang_model::record::{Field, Fields, Key, OnDelete, SecretField, Sortable, Uniqueness};
use paifang_model::{Api, Id};
use proptest::prelude::*;

use crate::documents::{Read, kind_of, read, schema_1};
use crate::samples::id;

#[test]
fn fields_and_links_of_every_noun() {
    let mut table = String::new();
    for (name, document) in schema_1() {
        let Read { key: (id, scope), fields, links, .. } = read(kind_of(&name), document).unwrap();
        writeln!(table, "{name} {} in {}", short(&id), short(&scope)).unwrap();
        let (fields, secret) = fields.into_parts();
        for Field { name, value, uniqueness } in fields {
            writeln!(table, "  {name} = {}{}", short(&value), reach(uniqueness)).unwrap();
        }
        for SecretField { name, value, uniqueness } in secret {
            writeln!(table, "  {name} = {value:?}{}", reach(uniqueness)).unwrap();
        }
        for link in links.into_vec() {
            let then = match link.on_delete {
                OnDelete::Refuse => "keeps",
                OnDelete::Drop => "goes with",
            };
            writeln!(
                table,
                "  {} {then} {} {}",
                link.edge,
                link.target.kind,
                short(&link.target.id.to_string())
            )
            .unwrap();
        }
    }
    assert_snapshot!("fields_and_links", table);
}

fn reach(uniqueness: Uniqueness) -> &'static str {
    match uniqueness {
        Uniqueness::Shared => "",
        Uniqueness::InScope => " (unique in its scope)",
        Uniqueness::InKind => " (unique)",
    }
}

/// The ids of the documents are one byte sixteen times.
fn short(text: &str) -> String {
    match text.parse::<Id>() {
        Ok(id) if id.as_bytes().iter().all(|byte| byte == &id.as_bytes()[0]) => format!("#{}", &text[..2]),
        _ => text.to_owned(),
    }
}

#[test]
fn a_key_is_kind_and_id() {
    assert_snapshot!(Key::of::<Api>(id(7)), @"api/07070707070707070707070707070707");
}

#[test]
fn encoded_numbers() {
    let text = |number: i64| number.sortable();
    assert_snapshot!([text(i64::MIN), text(-1), text(0), text(i64::MAX)].join(" "), @"0000000000000000 7fffffffffffffff 8000000000000000 ffffffffffffffff");
    assert_snapshot!(u64::MAX.sortable(), @"ffffffffffffffff");
    let mut fields = Fields::new();
    fields.lookup("b", "2").lookup("a", "1");
    let names: Vec<_> = fields.into_vec().into_iter().map(|field| field.name).collect();
    assert_eq!(names, ["b", "a"], "in the order they were named");
}

proptest! {
    #[test]
    fn text_order_is_the_order_of_the_numbers(a in any::<i64>(), b in any::<i64>(), c in any::<u64>(), d in any::<u64>()) {
        prop_assert_eq!(a.sortable().cmp(&b.sortable()), a.cmp(&b));
        prop_assert_eq!(c.sortable().cmp(&d.sortable()), c.cmp(&d));
    }

    #[test]
    fn ids_sort_as_their_bytes(a in any::<[u8; 16]>(), b in any::<[u8; 16]>()) {
        prop_assert_eq!(Id::from_bytes(a).sortable().cmp(&Id::from_bytes(b).sortable()), a.cmp(&b));
    }
}

//! What the management interfaces offer of their vendors', and what a real client has exercised, as a page.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use paifang_api_alibaba as alibaba;
use paifang_api_huawei as huawei;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/compatibility.md");
const EXERCISED: &str = include_str!("../../../../conformance/exercised.json");

/// Of each interface, the operations that a client has called with success, and which clients.
type Exercised = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// Whether an operation is offered, and why not.
enum Offer {
    Offered,
    Unsupported(&'static str),
    NotYet,
}

#[test]
fn the_page_tells_what_is_offered_and_exercised() {
    let text = page();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(PAGE, &text).unwrap();
    }
    let golden = std::fs::read_to_string(PAGE).unwrap_or_default();
    let differs = text.lines().zip(golden.lines()).position(|(now, was)| now != was);
    let same = text == golden;
    assert!(same, "compatibility.md differs from line {differs:?} on; UPDATE_GOLDEN=1 writes it anew");
}

#[test]
fn what_is_exercised_is_offered() {
    let exercised = exercised();
    for (dialect, offers) in [("alibaba", alibaba_offers()), ("huawei", huawei_offers())] {
        for operation in exercised[dialect].keys() {
            let offered =
                offers.iter().any(|(name, offer)| name == operation && matches!(offer, Offer::Offered));
            assert!(offered, "{operation} was answered, and is not offered");
        }
    }
}

fn exercised() -> Exercised {
    serde_json::from_str(EXERCISED).unwrap()
}

fn alibaba_offers() -> Vec<(&'static str, Offer)> {
    let offer = |offer| match offer {
        alibaba::Offer::Offered(_) => Offer::Offered,
        alibaba::Offer::Unsupported(reason) => Offer::Unsupported(reason),
        alibaba::Offer::NotYet => Offer::NotYet,
    };
    alibaba::operations().map(|operation| (operation.name, offer(operation.offer))).collect()
}

fn huawei_offers() -> Vec<(&'static str, Offer)> {
    let offer = |offer| match offer {
        huawei::Offer::Offered => Offer::Offered,
        huawei::Offer::Unsupported(reason) => Offer::Unsupported(reason),
        huawei::Offer::NotYet => Offer::NotYet,
    };
    huawei::operations().map(|operation| (operation.name, offer(operation.offer))).collect()
}

fn page() -> String {
    let exercised = exercised();
    let clients: BTreeSet<&String> = exercised.values().flat_map(BTreeMap::values).flatten().collect();
    let clients: Vec<&String> = clients.into_iter().collect();
    let mut page = String::from(HEAD);
    for (index, client) in clients.iter().enumerate() {
        writeln!(page, "{}. {client}", index + 1).unwrap();
    }
    let mut section = |title: &str, dialect: &str, offers: Vec<(&'static str, Offer)>| {
        write!(page, "\n## {title}\n\n{}\n", counts(&offers, &exercised[dialect])).unwrap();
        page.push_str("\n| operation | here | exercised by |\n|---|---|---|\n");
        let mut rows: Vec<String> =
            offers.iter().map(|offer| row(offer, &exercised[dialect], &clients)).collect();
        rows.sort_unstable();
        page.extend(rows);
    };
    section("CloudAPI 2016-07-14", "alibaba", alibaba_offers());
    section("APIG v2", "huawei", huawei_offers());
    page
}

const HEAD: &str = "\
# Compatibility

What the management interfaces of Paifang offer of their vendors', operation by operation. An operation that is not
offered is answered with the vendor's error and the reason given here; *not yet* means that it is coming.

*Exercised by* names the vendors' own clients that have called the operation, unmodified, on a running gateway and were
answered well, each answer held against the vendor's description. This page is generated from the tables of the two
interfaces and from what the conformance run writes down ([conformance](../conformance/README.md)); a test keeps it
true.

";

fn counts(offers: &[(&str, Offer)], exercised: &BTreeMap<String, BTreeSet<String>>) -> String {
    let count = |wanted: fn(&Offer) -> bool| offers.iter().filter(|(_, offer)| wanted(offer)).count();
    format!(
        "{} operations: {} offered, {} of them exercised; {} not yet; {} unsupported.",
        offers.len(),
        count(|offer| matches!(offer, Offer::Offered)),
        exercised.len(),
        count(|offer| matches!(offer, Offer::NotYet)),
        count(|offer| matches!(offer, Offer::Unsupported(_))),
    )
}

fn row(
    (name, offer): &(&str, Offer),
    exercised: &BTreeMap<String, BTreeSet<String>>,
    clients: &[&String],
) -> String {
    let here = match offer {
        Offer::Offered => "yes".to_owned(),
        Offer::Unsupported(reason) => format!("no: {reason}"),
        Offer::NotYet => "not yet".to_owned(),
    };
    let by = exercised.get(*name);
    let numbers = clients.iter().enumerate().filter(|(_, client)| by.is_some_and(|by| by.contains(**client)));
    let numbers: Vec<String> = numbers.map(|(index, _)| (index + 1).to_string()).collect();
    format!("| {name} | {here} | {} |\n", numbers.join(" "))
}

//! Complaints: places that add up, sentences that read in a row.

use insta::assert_snapshot;
use paifang_model::{Complaint, Rule, Violations};

use crate::samples::told;

#[test]
fn nested_complaints_keep_their_order_and_get_longer_pointers() {
    let mut inner = Violations::one("/name", Rule::Format, "is odd");
    inner.add("", Rule::Required, "is incomplete");
    let mut outer = Violations::one("/first", Rule::Unknown, "is unknown");
    outer.nest("/parameters/3", inner);
    assert_eq!(outer.at("/last", Ok::<_, Complaint>(7)), Some(7));
    assert_eq!(outer.at::<()>("/last", Err(Complaint::range("is large"))), None);
    assert_snapshot!(outer, @"/first: is unknown; /parameters/3/name: is odd; /parameters/3: is incomplete; /last: is large");
    assert_snapshot!(told(outer.or(())), @r"
    /first (unknown): is unknown
    /parameters/3/name (format): is odd
    /parameters/3 (required): is incomplete
    /last (range): is large
    ");
}

#[test]
fn no_complaint_is_no_error() {
    assert!(Violations::new().is_empty());
    assert_eq!(Violations::new().or(1), Ok(1));
    assert_eq!(Violations::new().to_string(), "");
}

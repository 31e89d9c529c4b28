//! Collecting: no further than the limit, no more than the budget.

use paifang_wire::{Body, ByteBudget, CollectError, Frame, WireError};

use crate::support::worker;

fn pieces(length: Option<u64>, pieces: &'static [&'static str]) -> Body {
    let frames = pieces.iter().map(|piece| Ok(Frame::Data((*piece).into())));
    Body::stream(length, futures_util::stream::iter(frames))
}

#[test]
fn pieces_are_joined_and_the_budget_is_given_back() {
    worker(async {
        let budget = ByteBudget::new(10);
        let collected = pieces(None, &["ab", "cd", "ef"]).collect(6, &budget).await.unwrap();
        assert_eq!(collected.bytes, "abcdef");
        assert_eq!((budget.left(), collected.permit.bytes()), (4, 6));
        drop(collected);
        assert_eq!(budget.left(), 10);
        let empty = Body::empty().collect(0, &budget).await.unwrap();
        assert!(empty.bytes.is_empty() && empty.trailers.is_none());
    });
}

#[test]
fn a_body_over_the_limit_is_refused_and_costs_nothing() {
    worker(async {
        let budget = ByteBudget::new(10);
        for body in [pieces(None, &["ab", "cd"]), pieces(Some(4), &["ab", "cd"]), Body::full("abcd")] {
            let error = body.collect(3, &budget).await.unwrap_err();
            assert!(matches!(error, CollectError::TooLarge { limit: 3 }), "{error:?}");
            assert_eq!(budget.left(), 10);
        }
    });
}

#[test]
fn an_exhausted_budget_refuses() {
    worker(async {
        let budget = ByteBudget::new(5);
        let held = pieces(None, &["abc"]).collect(100, &budget).await.unwrap();
        let error = pieces(None, &["de", "f"]).collect(100, &budget.clone()).await.unwrap_err();
        assert!(matches!(error, CollectError::BudgetExhausted { total: 5 }), "{error:?}");
        assert_eq!(budget.left(), 2);
        drop(held);
        assert_eq!(budget.left(), 5);
    });
}

#[test]
fn a_body_that_breaks_off_is_an_error() {
    worker(async {
        let frames = [Ok(Frame::Data("ab".into())), Err(WireError::Incomplete)];
        let body = Body::stream(None, futures_util::stream::iter(frames));
        let error = body.collect(100, &ByteBudget::default()).await.unwrap_err();
        assert!(matches!(error, CollectError::Wire(WireError::Incomplete)), "{error:?}");
    });
}

#[test]
fn what_is_known_of_a_body_is_told() {
    assert!(Body::empty().is_empty() && Body::full("").is_empty());
    assert_eq!(Body::full("abc").declared_length(), Some(3));
    assert_eq!(pieces(None, &[]).declared_length(), None);
    assert_eq!(pieces(Some(7), &[]).declared_length(), Some(7));
}

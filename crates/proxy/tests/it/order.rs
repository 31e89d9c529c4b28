//! The order of checks: printed from the statements of the dialects, and proved by calls that are wrong in two
//! ways (decision 0008).

mod table;
mod wrong;

use paifang_model::Dialect;
use paifang_proxy::dialect::{Check, order};

use wrong::Gateways;

#[test]
fn the_order_and_the_codes() {
    insta::assert_snapshot!(table::print());
}

#[tokio::test]
async fn of_two_wrongs_the_first_check_answers() {
    for dialect in Dialect::ALL {
        let gateways = Gateways::start(dialect).await;
        let order = order(dialect);
        for (place, first) in order.iter().enumerate() {
            for second in &order[place..] {
                let Some(answer) = gateways.answer(&[*first, *second]).await else { continue };
                let expected = gateways.expected_of(*first, &[*second]);
                assert_eq!(answer, expected, "{dialect}: {first:?} before {second:?}");
            }
        }
    }
}

#[tokio::test]
async fn of_all_wrongs_at_once_the_first_check_answers() {
    for dialect in Dialect::ALL {
        let gateways = Gateways::start(dialect).await;
        let mut left: Vec<Check> =
            order(dialect).iter().copied().filter(|check| !wrong::NEVER.contains(check)).collect();
        while let Some(first) = left.first().copied() {
            if let Some(answer) = gateways.answer(&left).await {
                assert_eq!(answer, gateways.expected_of(first, &left), "{dialect}: {left:?}");
            }
            left.remove(0);
        }
    }
}

/// Neighbours that no call can break together; every other pair of neighbours is in the test above.
#[test]
fn only_these_neighbours_cannot_be_broken_together() {
    for dialect in Dialect::ALL {
        let apart: Vec<_> = order(dialect)
            .windows(2)
            .filter(|pair| !wrong::fit_together(pair))
            .map(|pair| format!("{:?}-{:?}", pair[0], pair[1]))
            .collect();
        let expected: &[&str] = match dialect {
            Dialect::Alibaba => &[
                "Route-Protocol",
                "Protocol-Network",
                "Network-Preflight",
                "Parameters-Policies",
                "Policies-Backend",
            ],
            Dialect::Huawei => &["Route-Protocol", "Protocol-Network", "Network-Preflight"],
        };
        assert_eq!(apart, expected, "{dialect}");
    }
}

/// Between these the pairs prove nothing: their answers are the same.
#[test]
fn only_these_checks_answer_alike() {
    for dialect in Dialect::ALL {
        let order = order(dialect);
        let alike = |first: &Check, second: &Check| {
            wrong::expected(dialect, *first) == wrong::expected(dialect, *second)
        };
        let mut pairs = Vec::new();
        for (place, first) in order.iter().enumerate() {
            let same = order[place + 1..].iter().filter(|second| alike(first, second));
            pairs.extend(same.map(|second| format!("{first:?}-{second:?}")));
        }
        let expected: &[&str] = match dialect {
            Dialect::Alibaba => &["AccessList-AddressList", "Grant-BlackList", "Grant-App", "BlackList-App"],
            Dialect::Huawei => &[
                "AccessList-Network",
                "AccessList-AddressList",
                "Host-Stage",
                "Host-Route",
                "Target-Parameters",
                "Stage-Route",
                "Network-AddressList",
                "Signature-Digest",
                "Grant-BlackList",
            ],
        };
        assert_eq!(pairs, expected, "{dialect}");
    }
}

/// A body is not read for a call that must be refused anyway, so that the grant is looked at before what needs
/// the body: signature, digest and nonce.
#[tokio::test]
async fn with_a_signed_body_the_grant_comes_first() {
    for dialect in Dialect::ALL {
        let gateways = Gateways::start(dialect).await;
        for second in [Check::Signature, Check::Digest, Check::Nonce] {
            let answer = gateways.answer_with_body(&[Check::Grant, second]).await;
            assert_eq!(answer, gateways.expected(Check::Grant), "{dialect}: {second:?}");
            let alone = gateways.answer_with_body(&[second]).await;
            assert_eq!(alone, gateways.expected(second), "{dialect}: {second:?}");
        }
        for first in [Check::Credential, Check::Key, Check::Time] {
            let answer = gateways.answer_with_body(&[first, Check::Grant]).await;
            assert_eq!(answer, gateways.expected(first), "{dialect}: {first:?}");
        }
    }
}

//! The table of operations against the vendor's list.

use insta::assert_snapshot;
use paifang_api_alibaba::{Offer, operations};

use crate::support::{Operations, World};

#[test]
fn every_operation_has_a_row() {
    let mut named: Vec<&str> = operations().map(|operation| operation.name).collect();
    named.sort_unstable();
    assert_eq!(named, Operations::get().names().collect::<Vec<_>>());
}

/// The contract: what is offered, with the action that it comes down to, and what is not, with the reason.
#[test]
fn what_is_offered_is_written_down() {
    let line = |name, offer| match offer {
        Offer::Offered(Some(action)) => format!("{name}: {action}\n"),
        Offer::Offered(None) => format!("{name}: anybody known\n"),
        Offer::Unsupported(reason) => format!("{name}: no, {reason}\n"),
        Offer::NotYet => format!("{name}: not yet\n"),
    };
    let table: String = operations().map(|operation| line(operation.name, operation.offer)).collect();
    assert_snapshot!("operations", table);
}

#[tokio::test]
async fn what_is_not_offered_is_told_with_the_reason() {
    let owner = World::new().await.owner();
    assert_snapshot!(owner.refused("CreateMagic", &[]).await, @"404 InvalidAction.NotFound: Specified api is not found, please check your url and method. `CreateMagic` is not offered by this gateway: there is no such action.");
    assert_snapshot!(owner.refused("OpenApiGatewayService", &[]).await, @"404 InvalidAction.NotFound: Specified api is not found, please check your url and method. `OpenApiGatewayService` is not offered by this gateway: there is no service to order.");
    assert_snapshot!(owner.refused("CreateModel", &[]).await, @"404 InvalidAction.NotFound: Specified api is not found, please check your url and method. `CreateModel` is not offered by this gateway: it is not there yet.");
}

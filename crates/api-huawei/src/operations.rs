//! The table of operations, for whoever wants to tell what is offered.

use crate::route::Does;
use crate::routes::ROUTES;

/// One of the vendor's operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    /// Its name in the vendor's SDK.
    pub name: &'static str,
    /// Whether it is offered.
    pub offer: Offer,
}

/// Whether an operation is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// It is.
    Offered,
    /// It is not, for a reason that stays.
    Unsupported(&'static str),
    /// It is coming.
    NotYet,
}

/// Every operation of the vendor's.
pub fn operations() -> impl Iterator<Item = Operation> {
    ROUTES.iter().map(|route| {
        let offer = match route.does {
            Does::Handled(_) => Offer::Offered,
            Does::Unsupported(reason) => Offer::Unsupported(reason),
            Does::NotYet => Offer::NotYet,
        };
        Operation { name: route.operation, offer }
    })
}

//! Quotas: how many of each there may be, what a call may cost, and who changed one of these numbers.

mod cap;
mod list;
mod number;
mod reset;
mod set;
mod state;

pub use list::QuotaFilter;
pub use state::{QuotaSource, QuotaState};

pub(crate) use cap::Cap;

use paifang_model::{Kind, QuotaName};

use crate::error::Error;
use crate::noun::Noun;
use crate::resource::ResourcePath;

fn path(name: QuotaName) -> ResourcePath {
    ResourcePath::of(Noun::Quota, name)
}

/// The number that is called so.
fn named(name: &str) -> Result<QuotaName, Error> {
    name.parse().map_err(|_| Error::not_found(Kind::Quota, name))
}

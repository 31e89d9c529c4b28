//! What is asked: reading the path, the query, the body and the conditions, with every complaint in its place.

mod body;
mod expected;
mod page;
mod path;
mod pointer;
mod query;
mod sort;
mod wait;

pub(crate) use body::{Sent, collect, named};
pub(crate) use expected::Expected;
pub(crate) use page::{LIMIT, PageParams, SearchParams, limit};
pub(crate) use path::At;
pub use pointer::complaint;
pub(crate) use query::{Asked, FromParams, Params};
pub(crate) use sort::{ByName, NewestFirst};
pub(crate) use wait::WaitParams;

//! Figures of calls, minute by minute, per group, API and app. Each worker counts in tables that only it touches; once a
//! minute they are asked for by a job, so that counting costs a call no lock and, once a table has its size, no memory.

mod collect;
mod left;
mod minute;
mod tables;
#[cfg(test)]
mod tests;

pub use collect::ROWS_AT_MOST;
pub(crate) use collect::{collect, minute_of};
pub(crate) use left::LeftMinutes;
pub(crate) use minute::Minute;
pub use tables::{KEYS_AT_MOST, Rollup};

/// Which minutes are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Minutes {
    /// Those that are over.
    Ended,
    /// The one that goes on too, as far as it went. What is counted in it later is to be added.
    All,
}

//! Reads a whole body into memory, no further than it may.

use bytes::{Bytes, BytesMut};

use super::{Body, ByteBudget, Frame, Permit};
use crate::{Headers, WireError};

/// A body in memory, and the permit for it.
#[derive(Debug)]
pub struct Collected {
    /// All data bytes.
    pub bytes: Bytes,
    /// The trailers, when there were any.
    pub trailers: Option<Headers>,
    /// Keep it as long as the bytes.
    pub permit: Permit,
}

/// A body could not be collected.
#[derive(Debug, thiserror::Error)]
pub enum CollectError {
    /// It is, or announces to be, longer than it may be.
    #[error("the body is longer than {limit} bytes")]
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// The process holds as many bytes of bodies as it may.
    #[error("the memory for request bodies is used up ({total} bytes)")]
    BudgetExhausted {
        /// The whole budget, in bytes.
        total: usize,
    },
    /// It broke off.
    #[error("the body broke off")]
    Wire(#[from] WireError),
}

impl Body {
    /// Reads to the end, at most `limit` bytes, drawing on `budget` for what has arrived. Nothing is reserved for a length that is
    /// only announced; an announced length above the limit is refused before anything is read.
    ///
    /// # Errors
    /// See [`CollectError`]; the body is gone then.
    pub async fn collect(mut self, limit: usize, budget: &ByteBudget) -> Result<Collected, CollectError> {
        if self.declared_length().is_some_and(|length| length > limit as u64) {
            return Err(CollectError::TooLarge { limit });
        }
        let mut pieces = Pieces::default();
        let mut permit = budget.permit();
        let mut trailers = None;
        while let Some(frame) = self.next().await {
            match frame? {
                Frame::Data(data) if data.len() > limit - permit.bytes() => {
                    return Err(CollectError::TooLarge { limit });
                }
                Frame::Data(data) => {
                    let exhausted = || CollectError::BudgetExhausted { total: budget.total() };
                    permit.grow(data.len()).ok_or_else(exhausted)?;
                    pieces.push(data);
                }
                Frame::Trailers(fields) => trailers = Some(fields),
            }
        }
        Ok(Collected { bytes: pieces.join(), trailers, permit })
    }
}

/// A body of one piece, which most are, is never copied.
#[derive(Default)]
enum Pieces {
    #[default]
    None,
    One(Bytes),
    Many(BytesMut),
}

impl Pieces {
    fn push(&mut self, data: Bytes) {
        *self = match std::mem::take(self) {
            Self::None => Self::One(data),
            Self::One(first) => {
                let mut joined = BytesMut::with_capacity(2 * (first.len() + data.len()));
                joined.extend_from_slice(&first);
                joined.extend_from_slice(&data);
                Self::Many(joined)
            }
            Self::Many(mut joined) => {
                joined.extend_from_slice(&data);
                Self::Many(joined)
            }
        };
    }

    fn join(self) -> Bytes {
        match self {
            Self::None => Bytes::new(),
            Self::One(bytes) => bytes,
            Self::Many(joined) => joined.freeze(),
        }
    }
}

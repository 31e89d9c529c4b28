//! Takes a body out of what has arrived, however its length is said.

use bytes::{Bytes, BytesMut};

use super::{BodyError, BodyLength, ChunkedDecoder};
use crate::Headers;

/// What a decoder found.
#[derive(Debug)]
pub enum Decoded {
    /// Bytes of the body, never none.
    Data(Bytes),
    /// The fields after the last bytes; the body is complete.
    Trailers(Headers),
    /// The body is complete.
    End,
    /// More has to be read.
    More,
}

/// How far a body has been read.
#[derive(Clone, Debug)]
pub enum BodyDecoder {
    /// So many bytes are still to come.
    Sized(u64),
    /// Chunks.
    Chunked(ChunkedDecoder),
    /// Whatever comes before the connection's end.
    UntilClose,
}

impl From<BodyLength> for BodyDecoder {
    fn from(length: BodyLength) -> Self {
        match length {
            BodyLength::Sized(bytes) => Self::Sized(bytes),
            BodyLength::Chunked => Self::Chunked(ChunkedDecoder::new()),
            BodyLength::UntilClose => Self::UntilClose,
        }
    }
}

impl BodyDecoder {
    /// Takes what comes next out of `input`; what belongs to the next message stays there.
    ///
    /// # Errors
    /// The first rule of framing that is broken.
    pub fn decode(&mut self, input: &mut BytesMut) -> Result<Decoded, BodyError> {
        match self {
            Self::Sized(0) => Ok(Decoded::End),
            Self::Sized(_) | Self::UntilClose if input.is_empty() => Ok(Decoded::More),
            Self::Sized(left) => {
                let take = usize::try_from(*left).map_or(input.len(), |left| left.min(input.len()));
                *left -= take as u64;
                Ok(Decoded::Data(input.split_to(take).freeze()))
            }
            Self::UntilClose => Ok(Decoded::Data(input.split().freeze())),
            Self::Chunked(chunks) => chunks.decode(input),
        }
    }

    /// Whether nothing of the body follows, as far as its framing says.
    #[must_use]
    pub fn is_done(&self) -> bool {
        match self {
            Self::Sized(left) => *left == 0,
            Self::Chunked(chunks) => chunks.is_done(),
            Self::UntilClose => false,
        }
    }

    /// How many bytes are still to come, when that was announced.
    #[must_use]
    pub fn left(&self) -> Option<u64> {
        match self {
            Self::Sized(left) => Some(*left),
            Self::Chunked(_) | Self::UntilClose => None,
        }
    }

    /// Whether the body is complete when the connection ends here.
    #[must_use]
    pub fn may_end(&self) -> bool {
        self.is_done() || matches!(self, Self::UntilClose)
    }
}

//! What the edge stands.

mod http2;

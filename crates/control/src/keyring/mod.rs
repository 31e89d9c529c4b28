//! The keys that seal what documents keep secret. Nobody is shown a key; they are counted, rotated and wrapped anew.

mod read;
mod rewrap;
mod rotate;

//! What is HTTP/1.1 and what is refused, byte by byte.

mod bodies;
mod heads;
mod splits;
mod writing;

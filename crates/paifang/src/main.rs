//! The paifang binary.
fn main() {}

//! What must not be guessed.

/// So many bytes at random, in hex digits.
#[expect(clippy::expect_used, reason = "without randomness no session may be made, and nothing can go on")]
pub(crate) fn hex<const BYTES: usize>() -> String {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).expect("the operating system provides randomness");
    hex::encode(bytes)
}

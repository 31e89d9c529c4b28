//! What is drawn at random: numbers and names in the forms people know from the clouds.

/// Letters and digits of access keys; none that is mistaken for another.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// A number of exactly so many decimal digits: 1 to 18.
pub(crate) fn number(digits: u32) -> u64 {
    let lowest = 10_u64.pow(digits - 1);
    // 64 bits over at most 18 digits: the bias towards small numbers is below one in twenty.
    lowest + u64::from_be_bytes(bytes()) % (lowest * 9)
}

/// A text of so many upper-case letters and digits.
pub(crate) fn letters(length: usize) -> String {
    let mut bytes = vec![0; length];
    fill(&mut bytes);
    bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect()
}

fn bytes() -> [u8; 8] {
    let mut bytes = [0; 8];
    fill(&mut bytes);
    bytes
}

#[expect(clippy::expect_used, reason = "without randomness no secret may be made, and nothing can go on")]
fn fill(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the operating system provides randomness");
}

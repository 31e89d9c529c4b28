//! Hashes by which members are picked: the same on every node, after every start and with every version.
//!
//! They are SipHash-1-3 without a key. The standard library's own hasher may become another with any release, and nodes that
//! are upgraded one after the other would send the same caller to different members.

use std::net::IpAddr;

use siphasher::sip::SipHasher13;

pub(super) fn of_bytes(bytes: &[u8]) -> u64 {
    SipHasher13::new().hash(bytes)
}

/// An IPv4 address written as an IPv6 one counts as the former.
pub(super) fn of_address(address: IpAddr) -> u64 {
    match address.to_canonical() {
        IpAddr::V4(address) => of_bytes(&address.octets()),
        IpAddr::V6(address) => of_bytes(&address.octets()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed by another implementation. Another number sends every caller to another member.
    #[test]
    fn hashes_never_change() {
        assert_eq!(of_bytes(b"10.0.0.1:80"), 0x4042_7a34_a8d8_4ce8);
        assert_eq!(of_address(IpAddr::from([192, 0, 2, 10])), 0x01f1_77cc_339f_4442);
        let mapped = "::ffff:192.0.2.10".parse().unwrap_or(IpAddr::from([0; 4]));
        assert_eq!(of_address(mapped), of_address(IpAddr::from([192, 0, 2, 10])));
    }
}

//! Addresses and ranges that an operator trusts.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use ipnet::IpNet;

/// Addresses and ranges, as in `10.0.0.0/8, 192.0.2.7, 2001:db8::/32`. None by default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Networks(Box<[IpNet]>);

impl Networks {
    /// Whether an address is in one of them; IPv4 inside IPv6 counts as IPv4.
    #[must_use]
    pub fn contain(&self, address: IpAddr) -> bool {
        !self.0.is_empty() && self.0.iter().any(|network| network.contains(&address.to_canonical()))
    }
}

/// One of the texts is neither an address nor a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotNetwork(String);

impl fmt::Display for NotNetwork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is neither an address nor a range, as in `192.0.2.7` or `10.0.0.0/8`", self.0)
    }
}

impl std::error::Error for NotNetwork {}

impl FromStr for Networks {
    type Err = NotNetwork;

    fn from_str(text: &str) -> Result<Self, NotNetwork> {
        let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
        words.map(network).collect::<Result<_, _>>().map(Self)
    }
}

fn network(text: &str) -> Result<IpNet, NotNetwork> {
    let single = || text.parse::<IpAddr>().map(|address| IpNet::from(address.to_canonical()));
    let shown: String = text.chars().take(64).collect();
    text.parse().or_else(|_| single()).map_err(|_| NotNetwork(shown))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_ranges_are_told_apart() {
        let networks: Networks =
            "10.0.0.0/8, 192.0.2.7,2001:db8::/32, ::ffff:198.51.100.1".parse().expect("networks");
        let contain = |text: &str| networks.contain(text.parse().expect("an address"));
        for inside in ["10.255.0.1", "192.0.2.7", "2001:db8::1", "::ffff:10.0.0.1", "198.51.100.1"] {
            assert!(contain(inside), "{inside}");
        }
        for outside in ["11.0.0.1", "192.0.2.8", "2001:db9::1", "::1"] {
            assert!(!contain(outside), "{outside}");
        }
        assert!("10.0.0.0/33".parse::<Networks>().is_err());
        assert!("10.0.0.0/8 192.0.2.7".parse::<Networks>().is_err());
        assert_eq!("".parse(), Ok(Networks::default()));
    }
}

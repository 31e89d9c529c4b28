//! Picks of members by themselves, for measuring what a call pays for one.

use std::net::IpAddr;

use paifang_model::Channel;

use super::{By, ChannelEntry, Tried};

/// A channel from which members are picked for nobody.
#[derive(Debug)]
pub struct Picks(ChannelEntry);

impl Picks {
    /// Makes a channel ready.
    #[must_use]
    pub fn of(channel: &Channel) -> Self {
        Self(ChannelEntry::new(channel, None))
    }

    /// The port of the member that would take the call; none when no member takes calls.
    #[must_use]
    pub fn pick(&self, client: IpAddr, path: &str) -> Option<u16> {
        Some(self.0.pick(By { client, path }, &Tried::new())?.seat.address.port)
    }
}

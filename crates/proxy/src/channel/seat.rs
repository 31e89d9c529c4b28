//! A member of a channel.

use std::sync::Arc;

use paifang_model::Channel;
use paifang_model::channel::Member;
use paifang_model::definition::Scheme;
use paifang_model::id::MemberId;

use super::known::{Known, Standing};
use crate::snapshot::Address;

/// A member of a channel.
#[derive(Debug)]
pub(crate) struct Seat {
    /// Its id.
    pub(crate) id: MemberId,
    /// Where it is, as `host:port`.
    pub(crate) name: Box<str>,
    /// Where it is. How it is spoken to is each API's to say.
    pub(crate) address: Arc<Address>,
    /// Its share, in a unit of the channel's own.
    pub(crate) weight: u64,
    /// Whether it takes calls only while no other can.
    pub(crate) backup: bool,
    pub(super) known: Arc<Known>,
}

/// A call under way at a member.
#[derive(Debug)]
pub(crate) struct Lease(Arc<Known>);

impl Drop for Lease {
    fn drop(&mut self) {
        self.0.leave();
    }
}

impl Seat {
    /// A member's seat, with its share; none when there is no way to it. What is known of it is that of the member before it at the same
    /// address.
    pub(super) fn new(channel: &Channel, member: &Member, share: u64, before: &[Arc<Self>]) -> Option<Self> {
        let port = channel.port_of(member);
        let name = format!("{}:{port}", member.host).into_boxed_str();
        let same = before.iter().find(|seat| seat.name == name);
        let known = same.map_or_else(Arc::default, |seat| Arc::clone(&seat.known));
        Some(Self {
            id: member.id,
            name,
            address: Arc::new(Address::new(&member.host, port, Scheme::Http)?),
            weight: share,
            backup: member.backup,
            known,
        })
    }

    pub(super) fn lease(&self) -> Lease {
        self.known.enter();
        Lease(Arc::clone(&self.known))
    }

    pub(super) fn under_way(&self) -> u32 {
        self.known.under_way()
    }

    /// What keeps calls away from it now.
    pub(super) fn standing(&self) -> Standing {
        self.known.standing()
    }

    /// Notes that it answered.
    pub(crate) fn note_reached(&self) {
        self.known.note_reached();
    }

    /// Notes that a call waited for it in vain, which may be the call's own fault. Whether it has to be looked whether it is
    /// there.
    pub(crate) fn doubt(&self) -> bool {
        self.known.doubt()
    }
}

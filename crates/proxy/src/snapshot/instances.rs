//! The inventory of backend instances. Calls never look into it: accesses and channels that name an instance are laid out
//! with its address, and again when that changes.

use foldhash::HashMap;
use paifang_model::id::{BackendAccessId, BackendInstanceId, ChannelId};
use paifang_model::{BackendAccess, BackendInstance, Channel};

/// Instances, and who names them.
#[derive(Debug, Default)]
pub(super) struct Instances {
    /// By the cloud's id; in another network another instance may have the same.
    named: HashMap<String, Vec<BackendInstance>>,
    names: HashMap<BackendInstanceId, String>,
    /// Accesses and channels that name instances, as they were written.
    accesses: HashMap<BackendAccessId, BackendAccess>,
    channels: HashMap<ChannelId, Channel>,
}

/// Who is to be laid out anew.
#[derive(Debug, Default)]
pub(super) struct Moved {
    pub(super) accesses: Vec<BackendAccess>,
    pub(super) channels: Vec<Channel>,
}

impl Instances {
    /// Takes an instance.
    pub(super) fn put(&mut self, instance: BackendInstance) -> Moved {
        let before = self.forget(instance.id);
        let name = instance.instance.clone();
        self.names.insert(instance.id, name.clone());
        self.named.entry(name.clone()).or_default().push(instance);
        self.moved(|named| named == name || before.as_deref() == Some(named))
    }

    /// Forgets an instance.
    pub(super) fn delete(&mut self, id: BackendInstanceId) -> Moved {
        let Some(name) = self.forget(id) else { return Moved::default() };
        self.moved(|named| named == name)
    }

    /// An access with the address that the inventory has for it.
    pub(super) fn access(&mut self, mut access: BackendAccess) -> BackendAccess {
        let Some(name) = access.named_instance() else {
            self.accesses.remove(&access.id);
            return access;
        };
        let address = self.address(name, Some(&access.network)).map(str::to_owned);
        self.accesses.insert(access.id, access.clone());
        access.address = address.or(access.address);
        access
    }

    /// A channel whose members have the addresses that the inventory has for them. One that it does not know stays without
    /// a host, and takes no calls.
    pub(super) fn channel(&mut self, mut channel: Channel) -> Channel {
        if !channel.members.iter().any(|member| member.named_instance().is_some()) {
            self.channels.remove(&channel.id);
            return channel;
        }
        self.channels.insert(channel.id, channel.clone());
        for member in &mut channel.members {
            if let Some(address) = member.named_instance().and_then(|name| self.address(name, None)) {
                member.host = address.to_owned();
            }
        }
        channel
    }

    pub(super) fn forget_access(&mut self, id: BackendAccessId) {
        self.accesses.remove(&id);
    }

    pub(super) fn forget_channel(&mut self, id: ChannelId) {
        self.channels.remove(&id);
    }

    fn address(&self, name: &str, network: Option<&str>) -> Option<&str> {
        let meant = BackendInstance::meant(self.named.get(name)?, network)?;
        Some(&meant.address)
    }

    /// Forgets an instance, and gives the name that it had.
    fn forget(&mut self, id: BackendInstanceId) -> Option<String> {
        let name = self.names.remove(&id)?;
        if let Some(all) = self.named.get_mut(&name) {
            all.retain(|one| one.id != id);
            if all.is_empty() {
                self.named.remove(&name);
            }
        }
        Some(name)
    }

    fn moved(&self, is_moved: impl Fn(&str) -> bool) -> Moved {
        let names = |channel: &&Channel| {
            channel.members.iter().filter_map(|member| member.named_instance()).any(&is_moved)
        };
        let accesses = self.accesses.values();
        let moved = accesses.filter(|access| access.named_instance().is_some_and(&is_moved));
        Moved {
            accesses: moved.cloned().collect(),
            channels: self.channels.values().filter(names).cloned().collect(),
        }
    }
}

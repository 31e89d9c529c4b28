//! Who reaches what they mean by a backend instance.
//!
//! Accesses and members name an instance by the cloud's id, often before it is in the inventory, so that no link of the
//! store stands for it: whoever deletes one goes through them all.

use paifang_model::{BackendAccess, BackendInstance, Channel, Key};
use paifang_store::Query;

use crate::control::Control;
use crate::error::Error;

/// How many users are named.
const NAMED: usize = 10;

impl Control {
    /// Refuses to take an instance away from where those that mean it look for it.
    pub(super) async fn check_unused(&self, instance: &BackendInstance) -> Result<(), Error> {
        let users = self.users_of(instance).await?;
        if users.is_empty() {
            return Ok(());
        }
        let (key, count) = (Key::of::<BackendInstance>(instance.id), users.len() as u64);
        Err(Error::InUse { key, by: users.into_iter().take(NAMED).collect(), count })
    }

    async fn users_of(&self, instance: &BackendInstance) -> Result<Vec<Key>, Error> {
        let same = Query::of::<BackendInstance>().eq("instance", &instance.instance);
        let found = self.documents().all::<BackendInstance>(same).await?;
        let all: Vec<BackendInstance> = found.into_iter().map(|found| found.value).collect();
        let is_meant = |network: Option<&str>| {
            BackendInstance::meant(&all, network).is_some_and(|meant| meant.id == instance.id)
        };
        let names = |name: Option<&str>| name == Some(instance.instance.as_str());
        let mut users = Vec::new();
        for access in self.documents().all::<BackendAccess>(Query::of::<BackendAccess>()).await? {
            let access = access.value;
            if names(access.named_instance()) && is_meant(Some(&access.network)) {
                users.push(Key::of::<BackendAccess>(access.id));
            }
        }
        if is_meant(None) {
            for channel in self.documents().all::<Channel>(Query::of::<Channel>()).await? {
                if channel.value.members.iter().any(|member| names(member.named_instance())) {
                    users.push(Key::of::<Channel>(channel.value.id));
                }
            }
        }
        Ok(users)
    }
}

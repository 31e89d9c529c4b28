//! Which instance of the inventory an access or a member of a channel means.

use std::collections::{BTreeMap, BTreeSet};

use paifang_model::{BackendAccess, BackendInstance, Channel, Rule, Violations};
use paifang_store::Query;

use crate::action::Action;
use crate::control::{Context, Control};
use crate::error::Error;

impl Context {
    /// The instances of the inventory that members of a channel mean, by the cloud's id. Where its members are is told to
    /// whoever may read the channel.
    ///
    /// # Errors
    /// When the caller may not read the channel, or the store does not do its part.
    pub async fn instances_of_channel(
        &self,
        channel: &Channel,
    ) -> Result<BTreeMap<String, BackendInstance>, Error> {
        self.may(Action::ReadChannel, &crate::channel::path(channel.id)).await?;
        let names: BTreeSet<_> =
            channel.members.iter().filter_map(|member| member.named_instance()).collect();
        let mut meant = BTreeMap::new();
        for name in names {
            if let Some(instance) = self.control.meant_instance(name, None).await? {
                meant.insert(name.to_owned(), instance);
            }
        }
        Ok(meant)
    }
}

impl Control {
    /// What an access leads to must be known when it is written, by its own words or by the inventory.
    pub(crate) async fn check_access(&self, access: &BackendAccess) -> Result<(), Error> {
        let mut violations = access.check().err().unwrap_or_default();
        if let (Some(name), None) = (access.named_instance(), &access.address)
            && self.meant_instance(name, Some(&access.network)).await?.is_none()
        {
            let shown = paifang_model::name::shown(name);
            let message = format!(
                "`{shown}` is neither an address nor a backend instance, so say where the instance is"
            );
            violations.add("/address", Rule::Required, message);
        }
        Ok(violations.or(())?)
    }

    /// Where an access leads now: to the instance that it means, or else where it says itself.
    pub(crate) async fn address_of(&self, access: &BackendAccess) -> Result<String, Error> {
        let meant = match access.named_instance() {
            Some(name) => self.meant_instance(name, Some(&access.network)).await?,
            None => None,
        };
        Ok(meant.map_or_else(|| access.target().to_owned(), |instance| instance.address))
    }

    /// Members that were not there before name instances that the inventory has.
    pub(crate) async fn check_member_instances(
        &self,
        before: Option<&Channel>,
        channel: &Channel,
    ) -> Result<(), Error> {
        let mut violations = Violations::new();
        for (index, member) in channel.members.iter().enumerate() {
            let Some(name) = member.named_instance() else { continue };
            let was_there = before.is_some_and(|before| {
                before.members.iter().any(|member| member.named_instance() == Some(name))
            });
            if !was_there && self.meant_instance(name, None).await?.is_none() {
                let shown = paifang_model::name::shown(name);
                let message = format!("there is no backend instance `{shown}`");
                violations.add(format!("/members/{index}/instance"), Rule::Unknown, message);
            }
        }
        Ok(violations.or(())?)
    }

    /// The instance that is meant by a cloud's id, from a network or from none.
    pub(super) async fn meant_instance(
        &self,
        name: &str,
        network: Option<&str>,
    ) -> Result<Option<BackendInstance>, Error> {
        let found = self.documents().all(Query::of::<BackendInstance>().eq("instance", name)).await?;
        let all: Vec<BackendInstance> = found.into_iter().map(|found| found.value).collect();
        Ok(BackendInstance::meant(&all, network).cloned())
    }
}

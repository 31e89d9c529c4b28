//! Changes the members of a channel: add, change (weights and switches in bulk), remove, replace.

use std::collections::HashSet;

use paifang_model::channel::ChannelKind;
use paifang_model::id::{ChannelId, MemberId};
use paifang_model::quota::Item;
use paifang_model::{Channel, Member, Rule, Violations};
use paifang_store::Stored;
use serde::Deserialize;

use crate::action::Action;
use crate::change::Change;
use crate::control::{Context, Control};
use crate::difference::changed;
use crate::error::Error;
use crate::patch::{nullable, set};

/// A change to one member; what is absent stays.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MemberPatch {
    /// Which member.
    pub id: MemberId,
    /// Its host name or address; empty: where the inventory has its instance.
    #[serde(default)]
    pub host: Option<String>,
    /// The cloud's id of the instance that it is; `null`: none.
    #[serde(default, deserialize_with = "nullable")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub instance: Option<Option<String>>,
    /// Its port; 0: the channel's.
    #[serde(default)]
    pub port: Option<u16>,
    /// Its share: 0 (none) to 10,000.
    #[serde(default)]
    pub weight: Option<u16>,
    /// Whether it takes calls.
    #[serde(default)]
    pub enabled: Option<bool>,
    /// Whether it takes calls only while no other member can.
    #[serde(default)]
    pub backup: Option<bool>,
    /// The group that it is of; `null`: none.
    #[serde(default, deserialize_with = "nullable")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub group: Option<Option<String>>,
}

impl MemberPatch {
    /// A change that changes nothing yet.
    #[must_use]
    pub fn of(id: MemberId) -> Self {
        Self {
            id,
            host: None,
            instance: None,
            port: None,
            weight: None,
            enabled: None,
            backup: None,
            group: None,
        }
    }

    fn apply(self, member: &mut Member) {
        set(&mut member.host, self.host);
        set(&mut member.instance, self.instance);
        set(&mut member.port, self.port);
        set(&mut member.weight, self.weight);
        set(&mut member.enabled, self.enabled);
        set(&mut member.backup, self.backup);
        set(&mut member.group, self.group);
    }
}

impl Context {
    /// Adds members to a channel.
    ///
    /// # Errors
    /// As [`Context::replace_members`].
    pub async fn add_members(
        &self,
        id: ChannelId,
        members: Vec<Member>,
        expected: Option<u64>,
    ) -> Result<Stored<Channel>, Error> {
        self.edit_members(id, expected, |there| {
            there.extend(members);
            Ok(())
        })
        .await
    }

    /// Changes members of a channel: all of them or none.
    ///
    /// # Errors
    /// As [`Context::replace_members`]; and when a member is not there, with a pointer into the list.
    pub async fn update_members(
        &self,
        id: ChannelId,
        patches: Vec<MemberPatch>,
        expected: Option<u64>,
    ) -> Result<Stored<Channel>, Error> {
        self.edit_members(id, expected, |there| {
            let mut violations = Violations::new();
            for (index, patch) in patches.into_iter().enumerate() {
                match there.iter_mut().find(|member| member.id == patch.id) {
                    Some(member) => patch.apply(member),
                    None => violations.add(format!("/{index}/id"), Rule::Unknown, no_member(patch.id)),
                }
            }
            violations.or(())
        })
        .await
    }

    /// Removes members from a channel: all of them or none.
    ///
    /// # Errors
    /// As [`Context::replace_members`]; and when a member is not there, with a pointer into the list.
    pub async fn remove_members(
        &self,
        id: ChannelId,
        members: &[MemberId],
        expected: Option<u64>,
    ) -> Result<Stored<Channel>, Error> {
        self.edit_members(id, expected, |there| {
            let mut violations = Violations::new();
            for (index, id) in members.iter().enumerate() {
                if !there.iter().any(|member| member.id == *id) {
                    violations.add(format!("/{index}"), Rule::Unknown, no_member(*id));
                }
            }
            there.retain(|member| !members.contains(&member.id));
            violations.or(())
        })
        .await
    }

    /// Replaces the members of a channel.
    ///
    /// # Errors
    /// When the caller may not, there is no such channel, rules are broken, or someone else changed it.
    pub async fn replace_members(
        &self,
        id: ChannelId,
        members: Vec<Member>,
        expected: Option<u64>,
    ) -> Result<Stored<Channel>, Error> {
        self.edit_members(id, expected, |there| {
            *there = members;
            Ok(())
        })
        .await
    }

    async fn edit_members(
        &self,
        id: ChannelId,
        expected: Option<u64>,
        edit: impl FnOnce(&mut Vec<Member>) -> Result<(), Violations> + Send,
    ) -> Result<Stored<Channel>, Error> {
        let permission = self.authorize(Action::SetMembers, &super::path(id)).await?;
        let old = self.documents().find::<Channel>(id).await?;
        check_replaceable(&old.value)?;
        let mut channel = old.value.clone();
        edit(&mut channel.members)?;
        check(&channel)?;
        self.control.check_member_instances(Some(&old.value), &channel).await?;
        self.control.check_member_count(&channel, old.value.members.len()).await?;
        let change = Change::new().replace(&old, expected, &channel).detail(changed(&old.value, &channel));
        Ok(permission.commit(&self.control, change).await?.changed(old.created_at, channel))
    }
}

impl Control {
    /// More members than the quota are refused, unless there were as many before it was lowered.
    pub(super) async fn check_member_count(&self, channel: &Channel, before: usize) -> Result<(), Error> {
        let count = channel.members.len();
        let at_most = self.number(Item::MembersPerChannel, None).await?;
        match at_most.filter(|at_most| count > before && count as u64 > *at_most) {
            None => Ok(()),
            Some(at_most) => {
                let message = format!("{count} members are too many: {at_most} are allowed");
                Err(Violations::one("/members", Rule::Range, message).into())
            }
        }
    }
}

/// The member of a load balancer's channel stays.
pub(super) fn check_replaceable(channel: &Channel) -> Result<(), Violations> {
    if channel.kind != ChannelKind::LoadBalancer {
        return Ok(());
    }
    let message = "the channel is a load balancer's, whose member is not changed";
    Err(Violations::one("/members", Rule::Conflict, message))
}

/// A load balancer's channel leads where it led: the port of its member may be the channel's.
pub(super) fn check_stays(before: &Channel, after: &Channel) -> Result<(), Violations> {
    let place = |channel: &Channel| channel.members.first().map(|member| channel.port_of(member));
    if after.kind != ChannelKind::LoadBalancer || place(before) == place(after) {
        return Ok(());
    }
    let message = "the channel is a load balancer's, whose port is not changed";
    Err(Violations::one("/port", Rule::Conflict, message))
}

/// Checks a channel as the model does, and that no member is there twice.
pub(super) fn check(channel: &Channel) -> Result<(), Violations> {
    let mut violations = channel.check().err().unwrap_or_default();
    let (mut ids, mut places) = (HashSet::new(), HashSet::new());
    for (index, member) in channel.members.iter().enumerate() {
        if !ids.insert(member.id) {
            let message = format!("the member `{}` is there twice", member.id);
            violations.add(format!("/members/{index}/id"), Rule::Duplicate, message);
        }
        let port = channel.port_of(member);
        let (named, place) = (member.named_instance(), member.place());
        if !places.insert((named.is_some(), place.to_ascii_lowercase(), port)) {
            let message = format!("`{}` with port {port} is there twice", paifang_model::name::shown(place));
            let field = if named.is_some() { "instance" } else { "host" };
            violations.add(format!("/members/{index}/{field}"), Rule::Duplicate, message);
        }
    }
    violations.or(())
}

fn no_member(id: MemberId) -> String {
    format!("the channel has no member `{id}`")
}

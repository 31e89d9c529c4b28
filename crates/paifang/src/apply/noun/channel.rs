//! `kind: channel`. Its own kind is called `channel_kind`. Members have no names; they are compared one by one, in their order.

use paifang_model::{Channel, Id};
use serde_json::{Value, json};

use crate::apply::object::Identity;
use crate::apply::reader::Reader;

/// Reads a document.
pub(crate) fn read(reader: &mut Reader<'_>) {
    let members = reader.fields().get("members").and_then(Value::as_array).cloned().unwrap_or_default();
    for (index, member) in members.iter().enumerate() {
        if member.get("id").is_some() {
            reader.complain(&format!("/members/{index}/id"), "the gateway chooses it: leave it out");
        }
    }
    let mut fields = reader.fields().clone();
    if let Some(kind) = fields.shift_remove("channel_kind") {
        fields.insert("kind".to_owned(), kind);
    }
    let Some(channel) = reader.completed::<Channel>(fields, &[("id", json!(Id::ROOT))]) else { return };
    reader.note(channel.check());
    reader.want(Identity::channel(&channel.name), canonical(&channel), Vec::new());
}

/// What is compared, and what a new channel is to be.
pub(crate) fn canonical(channel: &Channel) -> Value {
    let mut value = super::without(channel, &["id"]);
    value["host"] = json!(channel.host);
    value["health"] = json!(channel.health);
    value["groups"] = json!(channel.groups);
    value["members"] = channel.members.iter().map(|member| super::without(member, &["id"])).collect();
    value
}

/// What is to change of a channel, with all of its members.
pub(crate) fn patch(body: &Value) -> Value {
    super::without(body, &["kind"])
}

/// The same where nothing differs about its members.
pub(crate) fn patch_beside_members(body: &Value) -> Value {
    super::without(body, &["kind", "members"])
}

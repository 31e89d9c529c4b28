//! `kind: channel`. Members have no names; they are compared one by one, in their order.

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
    let Some(channel) = reader.typed::<Channel>(&[("id", json!(Id::ROOT))]) else { return };
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

/// What is to change of a channel, beside its members.
pub(crate) fn patch(body: &Value) -> Value {
    super::without(body, &["members"])
}

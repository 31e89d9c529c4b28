//! Channels: members to balance over. Changes reach callers at once.

mod create;
mod delete;
mod list;
mod members;
mod read;
mod update;

pub use create::ChannelDraft;
pub use members::MemberPatch;
pub use update::ChannelPatch;

use paifang_model::id::ChannelId;

use crate::noun::Noun;
use crate::resource::ResourcePath;

pub(crate) fn path(channel: ChannelId) -> ResourcePath {
    ResourcePath::of(Noun::Channel, channel)
}

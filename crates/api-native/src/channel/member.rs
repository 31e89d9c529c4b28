//! `/channels/{channel}/members`: lists in, the whole channel out. All of a list is done, or none of it.

use paifang_control::{Error, MemberPatch};
use paifang_model::id::{ChannelId, MemberId};
use paifang_model::{Channel, Member, Violation, Violations};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer, View};
use crate::ask::{At, Expected, Sent};
use crate::caller::Caller;
use crate::state::NativeState;

type ChannelView = View<Channel>;

pub(super) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default()
        .routes(routes!(add_members, replace_members, update_members))
        .routes(routes!(remove_member))
}

/// Add members to a channel
#[utoipa::path(post, path = "/channels/{channel}/members", tag = "channels", request_body = Vec<Member>,
    params(("channel" = ChannelId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = ChannelView)))]
async fn add_members(
    Caller(control): Caller,
    At(channel): At<ChannelId>,
    Expected(expected): Expected,
    Sent(members): Sent<Vec<Member>>,
) -> Answer {
    answer::one(control.add_members(channel, members, expected).await?)
}

/// Replace the members of a channel
#[utoipa::path(put, path = "/channels/{channel}/members", tag = "channels", request_body = Vec<Member>,
    params(("channel" = ChannelId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = ChannelView)))]
async fn replace_members(
    Caller(control): Caller,
    At(channel): At<ChannelId>,
    Expected(expected): Expected,
    Sent(members): Sent<Vec<Member>>,
) -> Answer {
    answer::one(control.replace_members(channel, members, expected).await.map_err(into_the_list)?)
}

/// Change members of a channel: weights, addresses, switches
#[utoipa::path(patch, path = "/channels/{channel}/members", tag = "channels", request_body = Vec<MemberPatch>,
    params(("channel" = ChannelId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = ChannelView)))]
async fn update_members(
    Caller(control): Caller,
    At(channel): At<ChannelId>,
    Expected(expected): Expected,
    Sent(patches): Sent<Vec<MemberPatch>>,
) -> Answer {
    answer::one(control.update_members(channel, patches, expected).await?)
}

/// Remove a member from a channel
#[utoipa::path(delete, path = "/channels/{channel}/members/{member}", tag = "channels",
    params(("channel" = ChannelId, Path), ("member" = MemberId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = ChannelView)))]
async fn remove_member(
    Caller(control): Caller,
    At((channel, member)): At<(ChannelId, MemberId)>,
    Expected(expected): Expected,
) -> Answer {
    answer::one(control.remove_members(channel, &[member], expected).await?)
}

/// Complaints point into the channel; what was sent is its list of members.
fn into_the_list(error: Error) -> Error {
    let Error::Invalid(violations) = error else { return error };
    let mut pointed = Violations::new();
    for Violation { pointer, rule, message } in violations.into_vec() {
        pointed.add(pointer.strip_prefix("/members").unwrap_or(&pointer), rule, message);
    }
    Error::Invalid(pointed)
}

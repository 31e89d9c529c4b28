//! `/channels/{channel}/health`: the state of each member, as the node that answers sees it.

use axum::extract::State;
use paifang_model::Member;
use paifang_model::id::ChannelId;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer};
use crate::ask::At;
use crate::caller::Caller;
use crate::port::{MemberHealth, MemberState};
use crate::state::NativeState;

pub(super) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default().routes(routes!(read_channel_health))
}

/// The state of a channel's members.
#[derive(Debug, Serialize, ToSchema)]
struct ChannelHealth {
    /// Each member, in the channel's order.
    members: Vec<MemberHealth>,
}

/// The state of a channel's members, as this node sees it
#[utoipa::path(get, path = "/channels/{channel}/health", tag = "channels", params(("channel" = ChannelId, Path)),
    responses((status = 200, body = ChannelHealth)))]
async fn read_channel_health(
    Caller(control): Caller,
    State(state): State<NativeState>,
    At(id): At<ChannelId>,
) -> Answer {
    let channel = control.read_channel(id).await?.value;
    let known = state.observer().channel_health(id).unwrap_or_default();
    let of = |member: &Member| {
        let known = known.iter().find(|health| health.member == member.id).cloned();
        known.unwrap_or(MemberHealth {
            member: member.id,
            state: if member.enabled { MemberState::Unknown } else { MemberState::Disabled },
            since_ms: None,
            reason: None,
            under_way: 0,
        })
    };
    answer::plain(ChannelHealth { members: channel.members.iter().map(of).collect() })
}

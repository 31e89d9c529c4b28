//! `/channels`: members to balance over.

mod health;
mod member;

use paifang_control::{ChannelDraft, ChannelPatch};
use paifang_model::Channel;
use paifang_model::id::ChannelId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer, List, View};
use crate::ask::{Asked, At, ByName, Expected, PageParams, SearchParams, Sent};
use crate::caller::Caller;
use crate::state::NativeState;

type ChannelView = View<Channel>;
type ChannelList = List<ChannelView>;

pub(crate) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default()
        .routes(routes!(list_channels, create_channel))
        .routes(routes!(read_channel, update_channel, delete_channel))
        .merge(member::routes())
        .merge(health::routes())
}

/// Channels
#[utoipa::path(get, path = "/channels", tag = "channels", params(SearchParams, PageParams<ByName>),
    responses((status = 200, body = ChannelList)))]
async fn list_channels(
    Caller(control): Caller,
    Asked((SearchParams { search }, page)): Asked<(SearchParams, PageParams<ByName>)>,
) -> Answer {
    answer::page(control.list_channels(search.as_deref(), &page.paging()).await?)
}

/// Make a channel
#[utoipa::path(post, path = "/channels", tag = "channels", request_body = ChannelDraft,
    responses((status = 201, body = ChannelView)))]
async fn create_channel(Caller(control): Caller, Sent(draft): Sent<ChannelDraft>) -> Answer {
    let channel = control.create_channel(draft).await?;
    answer::made_one(&format!("/channels/{}", channel.value.id), channel)
}

/// A channel, with its members
#[utoipa::path(get, path = "/channels/{channel}", tag = "channels", params(("channel" = ChannelId, Path)),
    responses((status = 200, body = ChannelView)))]
async fn read_channel(Caller(control): Caller, At(channel): At<ChannelId>) -> Answer {
    answer::one(control.read_channel(channel).await?)
}

/// Change a channel, and replace its members where they are named
#[utoipa::path(patch, path = "/channels/{channel}", tag = "channels", request_body = ChannelPatch,
    params(("channel" = ChannelId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = ChannelView)))]
async fn update_channel(
    Caller(control): Caller,
    At(channel): At<ChannelId>,
    Expected(expected): Expected,
    Sent(patch): Sent<ChannelPatch>,
) -> Answer {
    answer::one(control.update_channel(channel, patch, expected).await?)
}

/// Delete a channel that no API uses
#[utoipa::path(delete, path = "/channels/{channel}", tag = "channels",
    params(("channel" = ChannelId, Path), ("If-Match" = Option<String>, Header)), responses((status = 204)))]
async fn delete_channel(
    Caller(control): Caller,
    At(channel): At<ChannelId>,
    Expected(expected): Expected,
) -> Answer {
    control.delete_channel(channel, expected).await?;
    answer::nothing()
}

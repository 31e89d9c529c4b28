// What the pages of channels read and change.
import { queryOptions } from '@tanstack/react-query'
import { answer, client, type Schemas, unchanged } from '../../api/client'
import { type NamedSearch, paging, present } from '../../ui/list/search'

export type Channel = Schemas['ChannelView']
export type ChannelDraft = Schemas['ChannelDraft']
export type Member = Schemas['Member']
export type MemberPatch = Schemas['MemberPatch']
export type MemberHealth = Schemas['MemberHealth']

export const balances = ['weighted_round_robin', 'weighted_least_connection', 'source_hash', 'uri_hash'] as const

export const channelsKey = ['channels'] as const

export function channelsQuery(search: NamedSearch) {
  const query = present({ search: search.search, ...paging(search) })
  return queryOptions({
    queryKey: [...channelsKey, 'list', query],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/channels', { params: { query }, signal })),
  })
}

export function channelQuery(channel: string) {
  return queryOptions({
    queryKey: [...channelsKey, channel],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/channels/{channel}', { params: { path: { channel } }, signal })),
  })
}

const POLL_MS = 2_000

/** How its members are, as the node that answers sees them; asked anew while it is looked at. */
export function healthQuery(channel: string) {
  return queryOptions({
    queryKey: [...channelsKey, channel, 'health'],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/channels/{channel}/health', { params: { path: { channel } }, signal })),
    refetchInterval: POLL_MS,
  })
}

export function createChannel(body: ChannelDraft): Promise<Channel> {
  return answer(client.POST('/api/v1/channels', { body }))
}

export function updateChannel(channel: Channel, body: Schemas['ChannelPatch']): Promise<Channel> {
  return answer(client.PATCH('/api/v1/channels/{channel}', { params: at(channel), body }))
}

export function deleteChannel(channel: Channel): Promise<unknown> {
  return answer(client.DELETE('/api/v1/channels/{channel}', { params: at(channel) }))
}

export function addMembers(channel: Channel, body: Member[]): Promise<Channel> {
  return answer(client.POST('/api/v1/channels/{channel}/members', { params: at(channel), body }))
}

export function changeMembers(channel: Channel, body: MemberPatch[]): Promise<Channel> {
  return answer(client.PATCH('/api/v1/channels/{channel}/members', { params: at(channel), body }))
}

/** Leaves these out, in one change. */
export function removeMembers(channel: Channel, members: readonly Member[]): Promise<Channel> {
  const gone = new Set(members.map(({ id }) => id))
  const body = (channel.members ?? []).filter(({ id }) => !gone.has(id))
  return answer(client.PUT('/api/v1/channels/{channel}/members', { params: at(channel), body }))
}

function at(channel: Channel) {
  return { path: { channel: channel.id }, header: unchanged(channel) }
}

/** A channel of servers as `paifang apply` reads it; a load balancer's has no document. */
export function channelDocument(channel: Channel): Record<string, unknown> {
  const { id: _id, revision: _revision, created_at: _c, updated_at: _u, kind: _kind, members = [], ...fields } = channel
  return { kind: 'channel', ...fields, members: members.map(({ id: _member, ...member }) => member) }
}

// What the pages of APIs read of other nouns: names for ids, what one can choose from, and where calls go.
import { queryOptions } from '@tanstack/react-query'
import { answer, client, type Schemas } from '../../api/client'
import { readable } from '../../api/page'

export type Stage = Schemas['StageView']

const MANY = 500

/** Stages of both dialects, as lists that mix them show. */
export const allStagesQuery = queryOptions({
  queryKey: ['stages', 'of', 'all'],
  queryFn: async ({ signal }) => readable(await answer(client.GET('/api/v1/stages', { params: { query: { limit: MANY } }, signal }))),
})

/** Groups to choose from. */
export const groupChoicesQuery = queryOptions({
  queryKey: ['groups', 'choices'],
  queryFn: async ({ signal }) => readable(await answer(client.GET('/api/v1/groups', { params: { query: { limit: MANY, sort: '-created' } }, signal }))),
})

export const accessChoicesQuery = queryOptions({
  queryKey: ['backend-accesses', 'choices'],
  queryFn: async ({ signal }) => readable(await answer(client.GET('/api/v1/backend-accesses', { params: { query: { limit: MANY } }, signal }))),
})

export const serviceChoicesQuery = queryOptions({
  queryKey: ['backend-services', 'choices'],
  queryFn: async ({ signal }) => readable(await answer(client.GET('/api/v1/backend-services', { params: { query: { limit: MANY } }, signal }))),
})

export const channelChoicesQuery = queryOptions({
  queryKey: ['channels', 'choices'],
  queryFn: async ({ signal }) => readable(await answer(client.GET('/api/v1/channels', { params: { query: { limit: MANY } }, signal }))),
})

export const appChoicesQuery = queryOptions({
  queryKey: ['apps', 'choices'],
  queryFn: async ({ signal }) => readable(await answer(client.GET('/api/v1/apps', { params: { query: { limit: MANY, sort: '-created' } }, signal }))),
})

/** Where calls go, as `http://host:port`: the node that answers here, or any that is live. */
export const callAddressQuery = queryOptions({
  queryKey: ['nodes', 'address'],
  staleTime: 60_000,
  queryFn: async ({ signal }) => {
    const nodes = readable(await answer(client.GET('/api/v1/nodes', { signal }))).filter(({ live }) => live)
    const node = nodes.find(({ management }) => management === location.host) ?? nodes[0]
    return `http://${reachable(node?.http ?? `${location.hostname}:8080`, location.hostname)}`
  },
})

/** A socket that listens everywhere is reached by the name by which the console was. */
export function reachable(socket: string, host: string): string {
  return socket.replace(/^(0\.0\.0\.0|\[::\])(?=:)/, host.includes(':') && !host.startsWith('[') ? `[${host}]` : host)
}

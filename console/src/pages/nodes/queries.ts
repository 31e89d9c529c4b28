// What the page of nodes reads.
import { queryOptions } from '@tanstack/react-query'
import { answer, client, type Schemas } from '../../api/client'
import { type ListSearch, listSearch, oneOf, present } from '../../ui/list/search'

export type GatewayNode = Schemas['NodeView']

export const livenesses = ['live', 'silent'] as const

export interface NodeSearch extends ListSearch {
  readonly live?: (typeof livenesses)[number]
}

export function nodeSearch(raw: Record<string, unknown>): NodeSearch {
  return { ...listSearch(raw), ...present({ live: oneOf(raw, 'live', livenesses) }) }
}

/** Nodes say something every few seconds. */
const REFRESH_MS = 3000

export const nodesQuery = queryOptions({
  queryKey: ['nodes'],
  queryFn: ({ signal }) => answer(client.GET('/api/v1/nodes', { signal })),
  refetchInterval: REFRESH_MS,
})

export const statusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: ({ signal }) => answer(client.GET('/api/v1/status', { signal })),
  refetchInterval: REFRESH_MS,
})

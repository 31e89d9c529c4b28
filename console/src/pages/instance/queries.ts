// What the page of the instance reads and changes; nodes and status are those of the page of nodes.
import { queryOptions } from '@tanstack/react-query'
import { answer, client, type Schemas } from '../../api/client'

export type Authority = Schemas['AuthorityInfoView']
export type AuthorityDraft = Schemas['AuthorityDraft']

export const authorityKey = ['authority'] as const

export const authorityQuery = queryOptions({
  queryKey: authorityKey,
  queryFn: ({ signal }) => answer(client.GET('/api/v1/authority', { signal })),
})

/** Anybody may have the authority's certificate, signed in or not. */
export const CA_URL = '/api/v1/ca.pem'

export function replaceAuthority(body: AuthorityDraft): Promise<Authority> {
  return answer(client.PUT('/api/v1/authority', { body }))
}

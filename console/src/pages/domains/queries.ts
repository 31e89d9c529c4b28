// What the page of a group's domains reads and changes.
import { queryOptions } from '@tanstack/react-query'
import { answer, client, type Schemas, unchanged } from '../../api/client'
import { type ListSearch, listSearch, paging } from '../../ui/list/search'

export type Domain = Schemas['DomainView']

/** Domains are not searched by name. */
export function domainSearch(raw: Record<string, unknown>): ListSearch {
  const { search: _search, ...list } = listSearch(raw)
  return list
}

export const domainsKey = ['domains'] as const

export function domainsQuery(group: string, search: ListSearch) {
  const query = paging(search)
  return queryOptions({
    queryKey: [...domainsKey, 'list', group, query],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/groups/{group}/domains', { params: { path: { group }, query }, signal })),
  })
}

export function bindDomain(group: string, body: Schemas['DomainDraft']): Promise<Domain> {
  return answer(client.POST('/api/v1/groups/{group}/domains', { params: { path: { group } }, body }))
}

export function fixDomain(domain: Domain, stage: string | null): Promise<Domain> {
  const params = { path: { host: domain.host }, header: unchanged(domain) }
  // The generator demands every member of a change; one that is absent stays as it is.
  const body = { stage } as Schemas['DomainPatch']
  return answer(client.PATCH('/api/v1/domains/{host}', { params, body }))
}

export function unbindDomain(domain: Domain): Promise<unknown> {
  const params = { path: { host: domain.host }, header: unchanged(domain) }
  return answer(client.DELETE('/api/v1/domains/{host}', { params }))
}

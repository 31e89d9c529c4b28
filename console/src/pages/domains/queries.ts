// What the page of a group's domains reads and changes.
import { queryOptions } from '@tanstack/react-query'
import { answer, client, type Schemas, unchanged } from '../../api/client'
import { isUnreadable, readable } from '../../api/page'
import { type NamedSearch, paging, present } from '../../ui/list/search'
import { names } from '../../ui/names'

export type Domain = Schemas['DomainView']
export type DomainTls = Schemas['DomainTls']

/** A domain, with what its certificate is called. */
export interface DomainRow extends Domain {
  readonly certificateName?: string | undefined
}

export const domainsKey = ['domains'] as const

export function domainsQuery(group: string, search: NamedSearch) {
  const query = present({ search: search.search, ...paging(search) })
  return queryOptions({
    queryKey: [...domainsKey, 'list', group, query],
    queryFn: async ({ signal, client: queries }) => {
      const page = await answer(client.GET('/api/v1/groups/{group}/domains', { params: { path: { group }, query }, signal }))
      const called = await names(queries, 'certificate', readable<Domain>(page).map(({ tls }) => tls?.certificate))
      const named = (domain: Domain): DomainRow => ({ ...domain, certificateName: called.get(domain.tls?.certificate ?? '') })
      return { ...page, items: page.items.map((item) => (isUnreadable(item) ? item : named(item))) }
    },
  })
}

export function bindDomain(group: string, body: Schemas['DomainDraft']): Promise<Domain> {
  return answer(client.POST('/api/v1/groups/{group}/domains', { params: { path: { group } }, body }))
}

export function fixDomain(domain: Domain, stage: string | null): Promise<Domain> {
  return patchDomain(domain, { stage })
}

/** Only these have patterns. */
export function isWildcard(host: string): boolean {
  return host.trim().startsWith('*.')
}

/** All of them, in their order. */
export function setPatterns(domain: Domain, patterns: string[]): Promise<Domain> {
  return patchDomain(domain, { patterns })
}

/** The name by which versions were asked for goes when others are chosen. */
export function secureDomain(domain: Domain, { certificate, ...tls }: DomainTls): Promise<Domain> {
  const policy_name = tls.versions === domain.tls?.versions ? (domain.tls?.policy_name ?? null) : null
  return patchDomain(domain, { tls: { ...tls, certificate: certificate ?? null, policy_name } })
}

function patchDomain(domain: Domain, patch: Partial<Schemas['DomainPatch']>): Promise<Domain> {
  const params = { path: { host: domain.host }, header: unchanged(domain) }
  // The generator demands every member of a change; one that is absent stays as it is.
  return answer(client.PATCH('/api/v1/domains/{host}', { params, body: patch as Schemas['DomainPatch'] }))
}

export function unbindDomain(domain: Domain): Promise<unknown> {
  const params = { path: { host: domain.host }, header: unchanged(domain) }
  return answer(client.DELETE('/api/v1/domains/{host}', { params }))
}

// What the page of quotas and limits reads and changes.
import { queryOptions } from '@tanstack/react-query'
import { answer, client, type Schemas } from '../../api/client'
import { type ListSearch, listSearch, oneOf, present, text } from '../../ui/list/search'

export type Quota = Schemas['QuotaView']
export type Dialect = Schemas['Dialect']

export const dialects = ['alibaba', 'huawei'] as const satisfies readonly Dialect[]
export const sources = ['profile', 'changed'] as const satisfies readonly Quota['source']['kind'][]

export interface QuotaSearch extends ListSearch {
  readonly dialect?: Dialect
  readonly source?: Quota['source']['kind']
  /** Within this group, or this app, what is in use is counted. */
  readonly group?: string
  readonly app?: string
}

export function quotaSearch(raw: Record<string, unknown>): QuotaSearch {
  const own = { dialect: oneOf(raw, 'dialect', dialects), source: oneOf(raw, 'source', sources), group: text(raw, 'group'), app: text(raw, 'app') }
  return { ...listSearch(raw), ...present(own) }
}

export const quotasKey = ['quotas'] as const

export function quotasQuery({ dialect, group, app }: QuotaSearch) {
  const query = present({ dialect, group, app })
  return queryOptions({
    queryKey: [...quotasKey, 'list', query],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/quotas', { params: { query }, signal })),
  })
}

export function setQuota(quota: Quota, body: Schemas['QuotaValue']): Promise<Quota> {
  return answer(client.PUT('/api/v1/quotas/{name}', { params: { path: { name: quota.name }, header: asRead(quota) }, body }))
}

export function resetQuota(quota: Quota): Promise<Quota> {
  return answer(client.DELETE('/api/v1/quotas/{name}', { params: { path: { name: quota.name }, header: asRead(quota) } }))
}

/** A number that nobody changed has no revision to be compared. */
function asRead({ source }: Quota): { 'If-Match'?: string } {
  return source.kind === 'changed' ? { 'If-Match': `"r${source.revision}"` } : {}
}

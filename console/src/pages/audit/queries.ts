// What the page of the audit trail reads.
import { queryOptions } from '@tanstack/react-query'
import { answer, client, type Schemas } from '../../api/client'
import { type CursorSearch, cursorSearch, present, text } from '../../ui/list/search'

export type AuditRow = Schemas['AuditRow']

export interface AuditSearch extends CursorSearch {
  readonly actor?: string
  readonly action?: string
  readonly resource?: string
  /** Milliseconds since 1970. */
  readonly since?: number
  readonly until?: number
}

export function auditSearch(raw: Record<string, unknown>): AuditSearch {
  const texts = { actor: text(raw, 'actor'), action: text(raw, 'action'), resource: text(raw, 'resource') }
  return { ...cursorSearch(raw), ...present({ ...texts, since: time(raw, 'since'), until: time(raw, 'until') }) }
}

function time(raw: Record<string, unknown>, key: string): number | undefined {
  const value = raw[key]
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined
}

export function isFiltered({ cursor: _cursor, ...filters }: AuditSearch): boolean {
  return Object.keys(filters).length > 0
}

const LIMIT = 50

export function auditQuery(search: AuditSearch) {
  const query = { ...search, limit: LIMIT }
  return queryOptions({
    queryKey: ['audit', query],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/audit', { params: { query }, signal })),
  })
}

// What the pages of authorizations read and change.
import { queryOptions } from '@tanstack/react-query'
import { answer, client, type Schemas, unchanged } from '../../api/client'
import { isUnreadable, readable } from '../../api/page'
import { type ListSearch, listSearch, paging, present, text } from '../../ui/list/search'
import { names } from '../../ui/names'
import type { Choice } from '../../ui/pick/pick'

export type Grant = Schemas['GrantView']
export type Dialect = Schemas['Dialect']

/** A grant, with what its ids are called. */
export interface GrantRow extends Grant {
  readonly named: { readonly app: string; readonly api: string; readonly group: string; readonly stage: string }
}

export interface GrantSearch extends ListSearch {
  readonly app?: string
  readonly api?: string
  readonly group?: string
  readonly stage?: string
}

const ID = /^[0-9a-f]{32}$/

export function grantSearch(raw: Record<string, unknown>): GrantSearch {
  const { search: _search, ...list } = listSearch(raw)
  return { ...list, ...present({ app: id(raw, 'app'), api: id(raw, 'api'), group: id(raw, 'group'), stage: id(raw, 'stage') }) }
}

function id(raw: Record<string, unknown>, key: string): string | undefined {
  const value = text(raw, key)
  return value !== undefined && ID.test(value) ? value : undefined
}

/** What is chosen before the form of new authorizations is open. */
export interface NewGrantSearch {
  readonly group?: string
  /** Ids with commas between. */
  readonly apis?: string
  readonly apps?: string
}

export function newGrantSearch(raw: Record<string, unknown>): NewGrantSearch {
  return present({ group: id(raw, 'group'), apis: text(raw, 'apis'), apps: text(raw, 'apps') })
}

export const grantsKey = ['grants'] as const

export function grantsQuery({ app, api, group, stage, ...search }: GrantSearch) {
  const query = present({ app, api, group, stage, ...paging(search) })
  return queryOptions({
    queryKey: [...grantsKey, 'list', query],
    queryFn: async ({ signal, client: queries }) => {
      const page = await answer(client.GET('/api/v1/grants', { params: { query }, signal }))
      const rows = readable<Grant>(page)
      const [apps, apis, groups, stages] = await Promise.all([
        names(queries, 'app', rows.map((row) => row.app)),
        names(queries, 'api', rows.map((row) => row.api)),
        names(queries, 'group', rows.map((row) => row.group)),
        names(queries, 'stage', rows.map((row) => row.stage)),
      ])
      const named = (row: Grant): GrantRow => ({
        ...row,
        named: { app: apps.get(row.app) ?? row.app, api: apis.get(row.api) ?? row.api, group: groups.get(row.group) ?? row.group, stage: stages.get(row.stage) ?? row.stage },
      })
      return { ...page, items: page.items.map((item) => (isUnreadable(item) ? item : named(item))) }
    },
  })
}

/** Names of what the form has chosen already. */
export function chosenQuery(search: NewGrantSearch) {
  return queryOptions({
    queryKey: [...grantsKey, 'chosen', search],
    queryFn: async ({ client: queries }) => {
      const [apps, apis] = await Promise.all([names(queries, 'app', split(search.apps)), names(queries, 'api', split(search.apis))])
      const group = search.group ?? (await groupOf(split(search.apis)))
      const groups = await names(queries, 'group', [group])
      return { group, groups: choices(groups), apps: choices(apps), apis: choices(apis) }
    },
  })
}

async function groupOf([api]: readonly string[]): Promise<string | undefined> {
  if (api === undefined) return undefined
  return (await answer(client.GET('/api/v1/apis/{api}', { params: { path: { api } } }))).group
}

function split(ids: string | undefined): readonly string[] {
  return (ids ?? '').split(',').filter((part) => ID.test(part))
}

function choices(found: ReadonlyMap<string, string>): readonly Choice[] {
  return [...found].map(([value, label]) => ({ value, label }))
}

/** How many grants are made, or revoked, in one call: all of them, or none. */
export const AT_ONCE = 100
/** How many a task takes. */
export const PER_TASK = 1000

export interface GrantDraft {
  readonly group: string
  readonly apis: string[]
  readonly apps: string[]
  readonly stage: string
  readonly until?: number | null
  readonly remark?: string
}

/** The task that does it; undefined: it is done. */
export type Started = Schemas['TaskView'] | undefined

export async function createGrants({ group: _group, remark = '', ...draft }: GrantDraft): Promise<Started> {
  const { apis, apps, stage, until = null } = draft
  if (apis.length * apps.length <= AT_ONCE) {
    await answer(client.POST('/api/v1/grants', { body: { apis, apps, stage, until, remark } }))
    return undefined
  }
  const items = apps.flatMap((app) => apis.map((api) => ({ app, api, stage })))
  return startTask({ kind: 'create_grants', items, until, remark })
}

export async function revokeGrants(grants: readonly Grant[]): Promise<Started> {
  if (grants.length <= AT_ONCE) {
    await answer(client.POST('/api/v1/grants/revoke', { body: grants.map((grant) => grant.id) }))
    return undefined
  }
  return startTask({ kind: 'revoke_grants', items: grants.map((grant) => ({ grant: grant.id })) })
}

interface TaskDraft {
  readonly kind: 'create_grants' | 'revoke_grants'
  readonly items: readonly Partial<Schemas['TaskItemDraft']>[]
  readonly until?: number | null
  readonly remark?: string
}

function startTask(draft: TaskDraft): Promise<Schemas['TaskView']> {
  // The OpenAPI document has the names that kinds have in code, not those of the interface, and every member of an item.
  return answer(client.POST('/api/v1/tasks', { body: draft as unknown as Schemas['TaskDraft'] }))
}

export function extendGrant(grant: Grant, until: number | null): Promise<Grant> {
  return answer(client.PATCH('/api/v1/grants/{grant}', { params: { path: { grant: grant.id }, header: unchanged(grant) }, body: { until } }))
}

// What the pages of policies read and change.
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { answer, client, type Schemas, unchanged } from '../../api/client'
import { isUnreadable, readable } from '../../api/page'
import { type ListSearch, listSearch, type NamedSearch, namedSearch, oneOf, paging, present, text } from '../../ui/list/search'
import { names } from '../../ui/names'
import { type Dialect, dialects } from '../groups/queries'
import { stagesOfQuery } from '../stages/queries'
import { type Family, firstKind, kinds, kindsOf, type PolicyKind } from './families'

export type Policy = Schemas['PolicyView']
export type PolicyDraft = Schemas['PolicyDraft']

export interface PolicySearch extends NamedSearch {
  readonly dialect?: Dialect
  /** Which of the family's kinds; absent: its first. */
  readonly kind?: PolicyKind
}

export function policySearch(raw: Record<string, unknown>): PolicySearch {
  return { ...namedSearch(raw), ...present({ dialect: oneOf(raw, 'dialect', dialects), kind: oneOf(raw, 'kind', kinds) }) }
}

/** The kind that is shown: the interface lists one at a time. */
export function shownKind(family: Family, { kind }: PolicySearch): PolicyKind {
  return kind !== undefined && kindsOf(family).includes(kind) ? kind : firstKind(family)
}

export const policiesKey = ['policies'] as const

export function policiesQuery(family: Family, search: PolicySearch) {
  const query = present({ search: search.search, dialect: search.dialect, kind: shownKind(family, search), ...paging(search) })
  return queryOptions({
    queryKey: [...policiesKey, 'list', query],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/policies', { params: { query }, signal })),
  })
}

export function policyQuery(policy: string) {
  return queryOptions({
    queryKey: [...policiesKey, policy],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/policies/{policy}', { params: { path: { policy } }, signal })),
  })
}

export interface BindingSearch extends ListSearch {
  readonly group?: string
  readonly stage?: string
}

export function bindingSearch(raw: Record<string, unknown>): BindingSearch {
  return { ...listSearch(raw), ...target(raw) }
}

/** Of the APIs that it can be bound to. */
export function bindSearch(raw: Record<string, unknown>): NamedSearch & ReturnType<typeof target> {
  return { ...namedSearch(raw), ...target(raw) }
}

function target(raw: Record<string, unknown>) {
  return present({ group: text(raw, 'group'), stage: text(raw, 'stage') })
}

/** A binding, with the names of what it binds. */
export type BindingRow = Schemas['BindingView'] & { readonly named: { readonly api: string; readonly group: string; readonly stage: string } }

export function bindingsQuery(queries: QueryClient, policy: string, search: BindingSearch) {
  const query = present({ group: search.group, stage: search.stage, ...paging(search) })
  return queryOptions({
    queryKey: [...policiesKey, policy, 'bindings', query],
    queryFn: async ({ signal }) => {
      const page = await answer(client.GET('/api/v1/policies/{policy}/bindings', { params: { path: { policy }, query }, signal }))
      const rows = readable<Schemas['BindingView']>(page)
      const [apis, groups, stages] = await Promise.all([
        names(queries, 'api', rows.map(({ api }) => api)),
        names(queries, 'group', rows.map(({ group }) => group)),
        names(queries, 'stage', rows.map(({ stage }) => stage)),
      ])
      const named = ({ api, group, stage }: Schemas['BindingView']) => ({ api: apis.get(api) ?? api, group: groups.get(group) ?? group, stage: stages.get(stage) ?? stage })
      return { ...page, items: page.items.map((item) => ('unreadable' in item ? item : { ...(item as Schemas['BindingView']), named: named(item as Schemas['BindingView']) })) }
    },
  })
}

/** A binding to a whole group, with the names of what it binds. */
export type GroupBindingRow = Schemas['GroupBindingView'] & { readonly named: { readonly group: string; readonly stage: string } }

/** The groups that a policy is bound to, the newest 500. */
export function groupBindingsQuery(queries: QueryClient, policy: string) {
  return queryOptions({
    queryKey: [...policiesKey, policy, 'group-bindings'],
    queryFn: async ({ signal }) => {
      const page = await answer(client.GET('/api/v1/policies/{policy}/group-bindings', { params: { path: { policy }, query: { limit: 500, sort: '-created' } }, signal }))
      const rows = readable<Schemas['GroupBindingView']>(page)
      const [groups, stages] = await Promise.all([names(queries, 'group', rows.map(({ group }) => group)), names(queries, 'stage', rows.map(({ stage }) => stage))])
      const named = ({ group, stage }: Schemas['GroupBindingView']) => ({ group: groups.get(group) ?? group, stage: stages.get(stage) ?? stage })
      return { ...page, items: page.items.map((item) => (isUnreadable(item) ? item : { ...item, named: named(item) })) }
    },
  })
}

/** Policies of one cloud alone are bound to whole groups. */
export function bindsGroups(dialect: Dialect): boolean {
  return dialect === 'alibaba'
}

/** Groups of a dialect, to choose from: the newest 500. */
export function groupsOfQuery(dialect: Dialect) {
  return queryOptions({
    queryKey: ['groups', 'of', dialect],
    queryFn: async ({ signal }) => readable<Schemas['GroupView']>(await answer(client.GET('/api/v1/groups', { params: { query: { dialect, limit: 500, sort: '-created' } }, signal }))),
  })
}

/** Reads the policy, and what there is to choose from. */
export async function readPolicy(queries: QueryClient, policy: string): Promise<void> {
  const { dialect } = await queries.fetchQuery(policyQuery(policy))
  await Promise.all([queries.fetchQuery(groupsOfQuery(dialect)), queries.fetchQuery(stagesOfQuery(dialect))])
  if (bindsGroups(dialect)) await queries.fetchQuery(groupBindingsQuery(queries, policy))
}

export function createPolicy(body: PolicyDraft): Promise<Policy> {
  return answer(client.POST('/api/v1/policies', { body }))
}

export function updatePolicy(policy: Policy, body: Schemas['PolicyPatch']): Promise<Policy> {
  return answer(client.PATCH('/api/v1/policies/{policy}', { params: at(policy), body }))
}

/** The secret of a signature key; the audit trail remembers that somebody saw it. */
export function revealPolicy({ id }: Policy): Promise<Schemas['RevealedPolicy']> {
  return answer(client.POST('/api/v1/policies/{policy}/reveal', { params: { path: { policy: id } } }))
}

export function deletePolicy(policy: Policy): Promise<unknown> {
  return answer(client.DELETE('/api/v1/policies/{policy}', { params: at(policy) }))
}

export function setSpecial(policy: Policy, body: Schemas['SpecialDraft']): Promise<Policy> {
  return answer(client.PUT('/api/v1/policies/{policy}/specials', { params: { path: { policy: policy.id } }, body }))
}

export function removeSpecial(policy: Policy, object: string): Promise<Policy> {
  return answer(client.DELETE('/api/v1/policies/{policy}/specials/{object}', { params: { path: { policy: policy.id, object } } }))
}

export function bindPolicy(policy: Policy, apis: readonly string[], stage: string): Promise<unknown> {
  const body = apis.map((api) => ({ api, stage }))
  return answer(client.POST('/api/v1/policies/{policy}/bindings', { params: { path: { policy: policy.id } }, body }))
}

export function unbind(bindings: readonly Pick<BindingRow, 'id'>[]): Promise<unknown> {
  return answer(client.POST('/api/v1/bindings/unbind', { body: bindings.map(({ id }) => id) }))
}

export function bindPolicyToGroup(policy: Policy, target: Schemas['GroupTarget']): Promise<unknown> {
  return answer(client.POST('/api/v1/policies/{policy}/group-bindings', { params: { path: { policy: policy.id } }, body: [target] }))
}

export function unbindGroup({ id }: Pick<GroupBindingRow, 'id'>): Promise<unknown> {
  return answer(client.DELETE('/api/v1/group-bindings/{group_binding}', { params: { path: { group_binding: id } } }))
}

function at(policy: Policy) {
  return { path: { policy: policy.id }, header: unchanged(policy) }
}

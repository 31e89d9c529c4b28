// The policies that hold for an API, or would: those that are bound to it, and those that are bound to its group as a whole.
// Where a stage has both of a kind, the API's own goes before the group's.
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { answer, client, type Schemas } from '../../api/client'
import { isUnreadable, type Page, readable } from '../../api/page'
import { names } from '../../ui/names'
import { apiQuery } from '../apis/queries'
import type { PolicyKind } from './families'
import { policiesKey } from './queries'

export interface Holding {
  /** The binding's. */
  readonly id: string
  readonly policy: string
  readonly policyName: string
  readonly kind: PolicyKind
  readonly stage: string
  readonly boundTo: 'api' | 'group'
  /** The name of the API's own policy of the kind in the stage, where a group's gives way to it. */
  readonly givesWayTo?: string | undefined
}

type Bound = Schemas['BindingView'] | Schemas['GroupBindingView']

/** In all stages; one of each kind at most is bound to the API in each, and one to the group. */
export function policiesOfApiQuery(queries: QueryClient, api: string) {
  return queryOptions({
    queryKey: [...policiesKey, 'of', api],
    queryFn: async ({ signal }) => {
      const { group } = await queries.fetchQuery(apiQuery(api))
      const [own, groups] = await Promise.all([
        answer(client.GET('/api/v1/bindings', { params: { query: { api, limit: 500 } }, signal })),
        answer(client.GET('/api/v1/group-bindings', { params: { query: { group, limit: 500 } }, signal })),
      ])
      const called = await names(queries, 'policy', [...readable<Bound>(own), ...readable<Bound>(groups)].map(({ policy }) => policy))
      return { items: [...own.items, ...groups.items].map((item) => (isUnreadable(item) ? item : holding(item, readable(own), called))), next: null }
    },
  })
}

/** Those of a group as a whole. */
export function policiesOfGroupQuery(queries: QueryClient, group: string) {
  return queryOptions({
    queryKey: [...policiesKey, 'of-group', group],
    queryFn: async ({ signal }) => {
      const page = await answer(client.GET('/api/v1/group-bindings', { params: { query: { group, limit: 500 } }, signal }))
      const called = await names(queries, 'policy', readable<Bound>(page).map(({ policy }) => policy))
      return { items: page.items.map((item) => (isUnreadable(item) ? item : holding(item, [], called))), next: null }
    },
  })
}

function holding(bound: Bound, own: readonly Schemas['BindingView'][], called: ReadonlyMap<string, string>): Holding {
  const { id, policy, kind, stage } = bound
  const name = (policy: string) => called.get(policy) ?? policy
  const common = { id, policy, policyName: name(policy), kind, stage }
  if ('api' in bound) return { ...common, boundTo: 'api' }
  const before = own.find((one) => one.kind === kind && one.stage === stage)
  return { ...common, boundTo: 'group', givesWayTo: before && name(before.policy) }
}

/** By stages and kinds, what holds before what gives way. */
export function inOrder(page: Page<Holding>, stageName: (stage: string) => string): Page<Holding> {
  const place = ({ stage, kind, boundTo }: Holding) => `${stageName(stage)} ${kind} ${boundTo}`
  const sorted = readable<Holding>(page).toSorted((one, other) => place(one).localeCompare(place(other)))
  return { ...page, items: [...page.items.filter(isUnreadable), ...sorted] }
}

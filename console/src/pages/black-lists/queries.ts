// What the pages of black lists read and change.
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { answer, client, type Schemas, unchanged } from '../../api/client'
import type { Page } from '../../api/page'
import { type NamedSearch, namedSearch, oneOf, paging, present } from '../../ui/list/search'
import { names } from '../../ui/names'
import { type BlackListKind, entriesOf, kindOf, kinds } from './entries'

export type BlackList = Schemas['BlackListView']
export type BlackListDraft = Schemas['BlackListDraft']

export interface BlackListSearch extends NamedSearch {
  readonly kind?: BlackListKind
}

export function blackListSearch(raw: Record<string, unknown>): BlackListSearch {
  return { ...namedSearch(raw), ...present({ kind: oneOf(raw, 'kind', kinds) }) }
}

export const blackListsKey = ['black-lists'] as const

export function blackListsQuery(search: BlackListSearch) {
  const query = present({ search: search.search, kind: search.kind, ...paging(search) })
  return queryOptions({
    queryKey: [...blackListsKey, 'list', query],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/black-lists', { params: { query }, signal })),
  })
}

/** A list, and what those on it are called: apps, and the gateway's own account; others are called by their ids. */
export type NamedBlackList = BlackList & { readonly named: ReadonlyMap<string, string> }

export function blackListQuery(black_list: string) {
  return queryOptions({
    queryKey: [...blackListsKey, black_list],
    queryFn: async ({ signal, client: queries }): Promise<NamedBlackList> => {
      const list = await answer(client.GET('/api/v1/black-lists/{black_list}', { params: { path: { black_list } }, signal }))
      return { ...list, named: await listedNames(queries, list) }
    },
  })
}

export async function listedNames(queries: QueryClient, { entries }: BlackList): Promise<ReadonlyMap<string, string>> {
  switch (kindOf(entries)) {
    case 'address':
      return new Map()
    case 'app':
      return names(queries, 'app', entriesOf(entries))
    case 'user': {
      const { id, name } = await answer(client.GET('/api/v1/account'))
      return new Map([[id, name]])
    }
  }
}

/** Every list of apps. There are a thousand lists at most, and mostly a handful. */
export const listsOfAppsQuery = queryOptions({
  queryKey: [...blackListsKey, 'of-apps'],
  queryFn: async ({ signal }): Promise<Page<BlackList>> => {
    const items: Page<BlackList>['items'][number][] = []
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const query = present({ kind: 'app' as const, limit: 500, cursor })
      const page: Page<BlackList> = await answer(client.GET('/api/v1/black-lists', { params: { query }, signal }))
      items.push(...page.items)
      cursor = page.next
    }
    return { items, next: null }
  },
})

export function createBlackList(body: BlackListDraft): Promise<BlackList> {
  return answer(client.POST('/api/v1/black-lists', { body }))
}

/** The generator demands every member of a change; one that is absent stays as it is. */
export function updateBlackList(list: BlackList, patch: Partial<Schemas['BlackListPatch']>): Promise<BlackList> {
  return answer(client.PATCH('/api/v1/black-lists/{black_list}', { params: at(list), body: patch as Schemas['BlackListPatch'] }))
}

export function deleteBlackList(list: BlackList): Promise<unknown> {
  return answer(client.DELETE('/api/v1/black-lists/{black_list}', { params: at(list) }))
}

function at(list: BlackList) {
  return { path: { black_list: list.id }, header: unchanged(list) }
}

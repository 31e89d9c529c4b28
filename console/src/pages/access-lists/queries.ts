// What the pages of access lists read and change.
import { queryOptions } from '@tanstack/react-query'
import { answer, client, type Schemas, unchanged } from '../../api/client'
import { readable } from '../../api/page'
import { type NamedSearch, namedSearch, oneOf, paging, present } from '../../ui/list/search'

export type AccessList = Schemas['AccessListView']
export type AccessListDraft = Schemas['AccessListDraft']
export type Entry = Schemas['AccessListEntry']
export type IpVersion = Schemas['IpVersion']

export const versions = ['ipv4', 'ipv6'] as const satisfies readonly IpVersion[]

export interface AccessListSearch extends NamedSearch {
  /** In force for this version of IP. */
  readonly enforced?: IpVersion
}

export function accessListSearch(raw: Record<string, unknown>): AccessListSearch {
  return { ...namedSearch(raw), ...present({ enforced: oneOf(raw, 'enforced', versions) }) }
}

export const accessListsKey = ['access-lists'] as const

export function accessListsQuery(search: AccessListSearch) {
  const query = present({ search: search.search, enforced: search.enforced, ...paging(search) })
  return queryOptions({
    queryKey: [...accessListsKey, 'list', query],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/access-lists', { params: { query }, signal })),
  })
}

export function accessListQuery(access_list: string) {
  return queryOptions({
    queryKey: [...accessListsKey, access_list],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/access-lists/{access_list}', { params: { path: { access_list } }, signal })),
  })
}

/** The lists in force, one of each version at most. */
export const enforcedQuery = queryOptions({
  queryKey: [...accessListsKey, 'enforced'],
  queryFn: async ({ signal }) => {
    const pages = await Promise.all(versions.map((enforced) => answer(client.GET('/api/v1/access-lists', { params: { query: { enforced } }, signal }))))
    return pages.flatMap((page) => readable<AccessList>(page))
  },
})

export function createAccessList(body: AccessListDraft): Promise<AccessList> {
  return answer(client.POST('/api/v1/access-lists', { body }))
}

/** The generator demands every member of a change; one that is absent stays as it is. */
export function updateAccessList(list: AccessList, patch: Partial<Schemas['AccessListPatch']>): Promise<AccessList> {
  return answer(client.PATCH('/api/v1/access-lists/{access_list}', { params: at(list), body: patch as Schemas['AccessListPatch'] }))
}

export function deleteAccessList(list: AccessList): Promise<unknown> {
  return answer(client.DELETE('/api/v1/access-lists/{access_list}', { params: at(list) }))
}

function at(list: AccessList) {
  return { path: { access_list: list.id }, header: unchanged(list) }
}

// What the pages of groups read and change.
import { queryOptions } from '@tanstack/react-query'
import { answer, client, type Schemas, unchanged } from '../../api/client'
import { type NamedSearch, namedSearch, oneOf, paging, present } from '../../ui/list/search'

export type Group = Schemas['GroupView']
export type Dialect = Schemas['Dialect']

export const dialects = ['alibaba', 'huawei'] as const satisfies readonly Dialect[]

export interface GroupSearch extends NamedSearch {
  readonly dialect?: Dialect
}

export function groupSearch(raw: Record<string, unknown>): GroupSearch {
  return { ...namedSearch(raw), ...present({ dialect: oneOf(raw, 'dialect', dialects) }) }
}

/** The beginning of the keys of all that is read of groups. */
export const groupsKey = ['groups'] as const

export function groupsQuery(search: GroupSearch) {
  const { search: name, dialect } = search
  const query = present({ search: name, dialect, ...paging(search) })
  return queryOptions({
    queryKey: [...groupsKey, 'list', query],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/groups', { params: { query }, signal })),
  })
}

export function groupQuery(group: string) {
  return queryOptions({
    queryKey: [...groupsKey, group],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/groups/{group}', { params: { path: { group } }, signal })),
  })
}

export function createGroup(body: Schemas['GroupDraft']): Promise<Group> {
  return answer(client.POST('/api/v1/groups', { body }))
}

export function updateGroup(group: Group, body: Schemas['GroupPatch']): Promise<Group> {
  const params = { path: { group: group.id }, header: unchanged(group) }
  return answer(client.PATCH('/api/v1/groups/{group}', { params, body }))
}

export function deleteGroup(group: Group): Promise<unknown> {
  const params = { path: { group: group.id }, header: unchanged(group) }
  return answer(client.DELETE('/api/v1/groups/{group}', { params }))
}

// What the pages of APIs read and change.
import { queryOptions } from '@tanstack/react-query'
import { answer, client, type Schemas } from '../../api/client'
import { type ListSearch, listSearch, paging, present, text } from '../../ui/list/search'

export type Api = Schemas['ApiView']

export interface ApiSearch extends ListSearch {
  readonly group?: string
  readonly path?: string
}

export function apiSearch(raw: Record<string, unknown>): ApiSearch {
  return { ...listSearch(raw), ...present({ group: text(raw, 'group'), path: text(raw, 'path') }) }
}

export const apisKey = ['apis'] as const

export function apisQuery(search: ApiSearch) {
  const { search: name, group, path } = search
  const query = present({ search: name, group, path, ...paging(search) })
  return queryOptions({
    queryKey: [...apisKey, 'list', query],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/apis', { params: { query }, signal })),
  })
}

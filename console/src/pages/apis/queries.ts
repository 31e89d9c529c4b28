// What the pages of APIs read and change of the APIs themselves. Where they serve: `deployments.ts`.
import { queryOptions } from '@tanstack/react-query'
import { answer, client, type Schemas, unchanged } from '../../api/client'
import { type NamedSearch, namedSearch, paging, present, text } from '../../ui/list/search'

export type Api = Schemas['ApiView']
export type Definition = Schemas['Definition']

export interface ApiSearch extends NamedSearch {
  readonly group?: string
  readonly path?: string
}

export function apiSearch(raw: Record<string, unknown>): ApiSearch {
  return { ...namedSearch(raw), ...present({ group: text(raw, 'group'), path: text(raw, 'path') }) }
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

export function apiQuery(api: string) {
  return queryOptions({
    queryKey: [...apisKey, api],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/apis/{api}', { params: { path: { api } }, signal })),
  })
}

export function createApi(group: string, body: Definition): Promise<Api> {
  return answer(client.POST('/api/v1/groups/{group}/apis', { params: { path: { group } }, body }))
}

export function updateApi(api: Api, body: Definition): Promise<Api> {
  const params = { path: { api: api.id }, header: unchanged(api) }
  return answer(client.PUT('/api/v1/apis/{api}', { params, body }))
}

export function deleteApi(api: Api): Promise<unknown> {
  const params = { path: { api: api.id }, header: unchanged(api) }
  return answer(client.DELETE('/api/v1/apis/{api}', { params }))
}

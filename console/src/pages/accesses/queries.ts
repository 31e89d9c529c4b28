// What the pages of backend accesses ("VPC access") read and change.
import { queryOptions } from '@tanstack/react-query'
import { answer, client, type Schemas, unchanged } from '../../api/client'
import { type NamedSearch, paging, present } from '../../ui/list/search'

export type Access = Schemas['BackendAccessView']
export type AccessDraft = Schemas['BackendAccessDraft']

export const accessesKey = ['accesses'] as const

export function accessesQuery(search: NamedSearch) {
  const query = present({ search: search.search, ...paging(search) })
  return queryOptions({
    queryKey: [...accessesKey, 'list', query],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/backend-accesses', { params: { query }, signal })),
  })
}

export function accessQuery(backend_access: string) {
  return queryOptions({
    queryKey: [...accessesKey, backend_access],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/backend-accesses/{backend_access}', { params: { path: { backend_access } }, signal })),
  })
}

/** The APIs that call through it; the first of them. */
export function usersOfAccessQuery(backend_access: string) {
  const query = { backend_access, limit: 20, count: true }
  return queryOptions({
    queryKey: ['apis', 'list', query],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/apis', { params: { query }, signal })),
  })
}

export function createAccess(body: AccessDraft): Promise<Access> {
  return answer(client.POST('/api/v1/backend-accesses', { body }))
}

export function replaceAccess(access: Access, body: AccessDraft): Promise<Access> {
  const params = { path: { backend_access: access.id }, header: unchanged(access) }
  return answer(client.PUT('/api/v1/backend-accesses/{backend_access}', { params, body }))
}

export function deleteAccess(access: Access): Promise<unknown> {
  const params = { path: { backend_access: access.id }, header: unchanged(access) }
  return answer(client.DELETE('/api/v1/backend-accesses/{backend_access}', { params }))
}

/** What can be chosen of it, as a form and a document have it. */
export function chosen({ id: _id, revision: _revision, created_at: _c, updated_at: _u, ...fields }: Access): AccessDraft {
  return fields
}

export function accessDocument(access: Access): Record<string, unknown> {
  return { kind: 'backend_access', ...chosen(access) }
}

// What the pages of users and their access keys read and change.
import { queryOptions } from '@tanstack/react-query'
import { answer, client, type Schemas, unchanged } from '../../api/client'
import { type NamedSearch, paging, present } from '../../ui/list/search'

export type User = Schemas['UserInfoView']
export type AccessKey = Schemas['AccessKeyInfoView']
export type MadeAccessKey = Schemas['MadeAccessKey']
export type Role = Schemas['Role']

export const roles = ['owner', 'read_only'] as const satisfies readonly Role[]

export const usersKey = ['users'] as const

export function usersQuery(search: NamedSearch) {
  const query = present({ search: search.search, ...paging(search) })
  return queryOptions({
    queryKey: [...usersKey, 'list', query],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/users', { params: { query }, signal })),
  })
}

export function userQuery(user: string) {
  return queryOptions({
    queryKey: [...usersKey, user],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/users/{user}', { params: { path: { user } }, signal })),
  })
}

export function accessKeysQuery(user: string) {
  return queryOptions({
    queryKey: [...usersKey, user, 'access-keys'],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/users/{user}/access-keys', { params: { path: { user }, query: { limit: 500 } }, signal })),
  })
}

export function createUser({ password, ...body }: Schemas['UserDraft']): Promise<User> {
  return answer(client.POST('/api/v1/users', { body: { ...body, password: password || null } }))
}

export function updateUser(user: User, patch: Partial<Schemas['UserPatch']>): Promise<User> {
  const body = { enabled: null, role: null, ...patch }
  return answer(client.PATCH('/api/v1/users/{user}', { params: { path: { user: user.id }, header: unchanged(user) }, body }))
}

export function setPassword(user: string, body: Schemas['PasswordDraft']): Promise<unknown> {
  return answer(client.PUT('/api/v1/users/{user}/password', { params: { path: { user } }, body }))
}

export function deleteUser(user: User): Promise<unknown> {
  return answer(client.DELETE('/api/v1/users/{user}', { params: { path: { user: user.id }, header: unchanged(user) } }))
}

export function createAccessKey(user: string): Promise<MadeAccessKey> {
  return answer(client.POST('/api/v1/users/{user}/access-keys', { params: { path: { user } } }))
}

export function updateAccessKey(key: AccessKey, body: Schemas['AccessKeyPatch']): Promise<AccessKey> {
  return answer(client.PATCH('/api/v1/access-keys/{access_key}', { params: { path: { access_key: key.id } }, body }))
}

export function deleteAccessKey(key: AccessKey): Promise<unknown> {
  return answer(client.DELETE('/api/v1/access-keys/{access_key}', { params: { path: { access_key: key.id } } }))
}

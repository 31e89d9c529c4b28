// What the pages of apps read and change.
import { queryOptions } from '@tanstack/react-query'
import { answer, client, type Schemas, unchanged } from '../../api/client'
import { isUnreadable, readable } from '../../api/page'
import { type NamedSearch, paging, present } from '../../ui/list/search'
import { names } from '../../ui/names'

export type App = Schemas['AppView']
export type AppKey = Schemas['AppKeyInfoView']
export type AppCode = Schemas['AppCodeInfoView']
export type KeyWithSecret = Schemas['KeyWithSecret']

/** The most that an interface gives at once: more keys or codes than an app may have. */
const ALL = { limit: 500 }

export const appsKey = ['apps'] as const

/** An app, with the name of its quota. */
export type AppRow = App & { readonly quotaName?: string | undefined }

export function appsQuery(search: NamedSearch) {
  const query = present({ search: search.search, ...paging(search) })
  return queryOptions({
    queryKey: [...appsKey, 'list', query],
    queryFn: async ({ signal, client: queries }) => {
      const page = await answer(client.GET('/api/v1/apps', { params: { query }, signal }))
      const quotas = await names(queries, 'appQuota', readable<App>(page).map(({ quota }) => quota?.id))
      const named = (app: App): AppRow => ({ ...app, quotaName: quotas.get(app.quota?.id ?? '') })
      return { ...page, items: page.items.map((item) => (isUnreadable(item) ? item : named(item))) }
    },
  })
}

export function appQuery(app: string) {
  return queryOptions({
    queryKey: [...appsKey, app],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/apps/{app}', { params: { path: { app } }, signal })),
  })
}

export function keysQuery(app: string) {
  return queryOptions({
    queryKey: [...appsKey, app, 'keys'],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/apps/{app}/keys', { params: { path: { app }, query: ALL }, signal })),
  })
}

export function codesQuery(app: string) {
  return queryOptions({
    queryKey: [...appsKey, app, 'codes'],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/apps/{app}/codes', { params: { path: { app }, query: ALL }, signal })),
  })
}

export function createApp(body: Schemas['AppDraft']): Promise<Schemas['MadeApp']> {
  return answer(client.POST('/api/v1/apps', { body: drawn(body) }))
}

export function updateApp(app: App, body: Schemas['AppPatch']): Promise<App> {
  return answer(client.PATCH('/api/v1/apps/{app}', { params: { path: { app: app.id }, header: unchanged(app) }, body }))
}

export function deleteApp(app: App): Promise<unknown> {
  return answer(client.DELETE('/api/v1/apps/{app}', { params: { path: { app: app.id }, header: unchanged(app) } }))
}

export function addKey(app: string, body: Schemas['AppKeyDraft']): Promise<KeyWithSecret> {
  return answer(client.POST('/api/v1/apps/{app}/keys', { params: { path: { app } }, body: drawn(body) }))
}

export function resetSecret({ app, id }: AppKey, body: Schemas['SecretDraft']): Promise<KeyWithSecret> {
  return answer(client.POST('/api/v1/apps/{app}/keys/{key}/reset', { params: { path: { app, key: id } }, body: drawn(body) }))
}

export function revealSecret({ app, id }: AppKey): Promise<Schemas['Revealed']> {
  return answer(client.POST('/api/v1/apps/{app}/keys/{key}/reveal', { params: { path: { app, key: id } } }))
}

export function deleteKey({ app, id }: AppKey): Promise<unknown> {
  return answer(client.DELETE('/api/v1/apps/{app}/keys/{key}', { params: { path: { app, key: id } } }))
}

export function addCode(app: string, body: Schemas['AppCodeDraft']): Promise<Schemas['MadeAppCode']> {
  return answer(client.POST('/api/v1/apps/{app}/codes', { params: { path: { app } }, body: drawn(body) }))
}

export function revealCode({ app, id }: AppCode): Promise<Schemas['RevealedCode']> {
  return answer(client.POST('/api/v1/apps/{app}/codes/{code}/reveal', { params: { path: { app, code: id } } }))
}

export function deleteCode({ app, id }: AppCode): Promise<unknown> {
  return answer(client.DELETE('/api/v1/apps/{app}/codes/{code}', { params: { path: { app, code: id } } }))
}

/** A field that was left empty is drawn by the gateway. */
function drawn<Draft extends object>(draft: Draft): Draft {
  return Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== '' && value !== undefined)) as Draft
}

// What the pages of app quotas read and change.
import { queryOptions } from '@tanstack/react-query'
import { answer, client, type Schemas, unchanged } from '../../api/client'
import { readable } from '../../api/page'
import { type NamedSearch, paging, present } from '../../ui/list/search'
import type { Choice } from '../../ui/pick/pick'
import { type App, appsKey } from '../apps/queries'

export type AppQuota = Schemas['AppQuotaView']
export type AppQuotaDraft = Schemas['AppQuotaDraft']

export const units = ['second', 'minute', 'hour', 'day'] as const satisfies readonly AppQuota['unit'][]

export const appQuotasKey = ['app-quotas'] as const

/** What a change of which app has which quota may touch. */
export const boundKeys = [appQuotasKey, appsKey]

export function appQuotasQuery(search: NamedSearch) {
  const query = present({ search: search.search, ...paging(search) })
  return queryOptions({
    queryKey: [...appQuotasKey, 'list', query],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/app-quotas', { params: { query }, signal })),
  })
}

export function appQuotaQuery(app_quota: string) {
  return queryOptions({
    queryKey: [...appQuotasKey, app_quota],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/app-quotas/{app_quota}', { params: { path: { app_quota } }, signal })),
  })
}

/** The apps that have it. */
export function appsOfQuotaQuery(quota: string, search: NamedSearch) {
  const query = present({ quota, search: search.search, ...paging(search) })
  return queryOptions({
    queryKey: [...appsKey, 'list', query],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/apps', { params: { query }, signal })),
  })
}

const FEW = 50

export function findAppQuotas(search: string) {
  const query = present({ search: search || undefined, limit: FEW, sort: '-created' as const })
  return queryOptions({
    queryKey: [...appQuotasKey, 'find', query],
    queryFn: async (): Promise<readonly Choice[]> => {
      const page = await answer(client.GET('/api/v1/app-quotas', { params: { query } }))
      return readable<AppQuota>(page).map(({ id, name }) => ({ value: id, label: name }))
    },
  })
}

export function createAppQuota(body: AppQuotaDraft): Promise<AppQuota> {
  return answer(client.POST('/api/v1/app-quotas', { body }))
}

export function replaceAppQuota(quota: AppQuota, body: AppQuotaDraft): Promise<AppQuota> {
  return answer(client.PUT('/api/v1/app-quotas/{app_quota}', { params: at(quota), body }))
}

export function deleteAppQuota(quota: AppQuota): Promise<unknown> {
  return answer(client.DELETE('/api/v1/app-quotas/{app_quota}', { params: at(quota) }))
}

export function bindApps(quota: string, apps: string[]): Promise<unknown> {
  return answer(client.POST('/api/v1/app-quotas/{app_quota}/apps', { params: { path: { app_quota: quota } }, body: { apps } }))
}

export function unbindApp(quota: string, { id }: App): Promise<unknown> {
  return answer(client.DELETE('/api/v1/app-quotas/{app_quota}/apps/{app}', { params: { path: { app_quota: quota, app: id } } }))
}

function at(quota: AppQuota) {
  return { path: { app_quota: quota.id }, header: unchanged(quota) }
}

/** What can be chosen of it, as a form and a document have it. */
export function chosen({ name, calls, interval, unit, first_reset, description }: AppQuota): AppQuotaDraft {
  return { name, calls, interval, unit, first_reset: first_reset ?? undefined, description: description || undefined }
}

export function appQuotaDocument(quota: AppQuota): Record<string, unknown> {
  return { kind: 'app_quota', ...chosen(quota) }
}

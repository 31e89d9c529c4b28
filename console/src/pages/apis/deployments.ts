// Where an API serves, what is to serve there, and the versions that did.
import { queryOptions } from '@tanstack/react-query'
import { answer, client, type Schemas, unchanged } from '../../api/client'
import { readable } from '../../api/page'
import { type ListSearch, paging } from '../../ui/list/search'
import { type Api, apisKey } from './queries'

export type Deployment = Schemas['DeploymentView']
export type Version = Schemas['VersionEntry']
export type Live = Schemas['Live']
export type Difference = Schemas['Difference']
export type Deployed = Schemas['DeployedLive']

/** How long a change waits until every live node serves it. */
const WAIT = '10s'
const AT_MOST = 500

/** Where an API serves, or served. */
export function deploymentsQuery(api: string) {
  return queryOptions({
    queryKey: [...apisKey, api, 'deployments'],
    queryFn: async ({ signal }) => {
      const params = { path: { api }, query: { limit: AT_MOST } }
      return readable(await answer(client.GET('/api/v1/apis/{api}/deployments', { params, signal })))
    },
  })
}

export function versionsQuery(api: string, search: ListSearch) {
  const query = paging(search)
  return queryOptions({
    queryKey: [...apisKey, api, 'versions', query],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/apis/{api}/versions', { params: { path: { api }, query }, signal })),
  })
}

/** The version that serves in a stage; null: none does. */
export function servingQuery(api: string, stage: string) {
  return queryOptions({
    queryKey: [...apisKey, api, 'serving', stage],
    queryFn: async ({ signal }): Promise<Version | null> => {
      const params = { path: { api }, query: { limit: AT_MOST } }
      const page = await answer(client.GET('/api/v1/apis/{api}/versions', { params, signal }))
      return readable<Version>(page).find(({ serves }) => serves.includes(stage)) ?? null
    },
  })
}

/** Where two definitions differ; each is a version's number, or `draft`. */
export function compareQuery(api: string, from: string, to: string) {
  return queryOptions({
    queryKey: [...apisKey, api, 'compare', from, to],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/apis/{api}/compare', { params: { path: { api }, query: { from, to } }, signal })),
  })
}

export function publish(api: Api, stage: string, remark: string): Promise<Deployed> {
  const params = { path: { api: api.id, stage }, header: unchanged(api), query: { wait: WAIT } }
  return answer(client.PUT('/api/v1/apis/{api}/deployments/{stage}', { params, body: { remark } }))
}

export function takeOffline(api: string, stage: string): Promise<Schemas['OfflineLive']> {
  const params = { path: { api, stage }, query: { wait: WAIT } }
  return answer(client.DELETE('/api/v1/apis/{api}/deployments/{stage}', { params }))
}

export function switchTo(api: string, stage: string, version: number): Promise<Deployed> {
  const params = { path: { api, stage }, query: { wait: WAIT } }
  return answer(client.POST('/api/v1/apis/{api}/deployments/{stage}/switch', { params, body: { version } }))
}

/** Copies a version over the draft. */
export function restore(api: Api, number: number): Promise<Api> {
  const params = { path: { api: api.id, number }, header: unchanged(api) }
  return answer(client.POST('/api/v1/apis/{api}/versions/{number}/restore', { params }))
}

/** How far a revision is, once it is everywhere or after a while. */
export function revisionQuery(revision: number) {
  return queryOptions({
    queryKey: ['revisions', revision],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/revisions/{revision}', { params: { path: { revision }, query: { wait: WAIT } }, signal })),
  })
}

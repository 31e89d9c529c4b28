// Names for the ids in a list. They are read with the list, so that nothing jumps when they come.
import type { QueryClient } from '@tanstack/react-query'
import { answer, client } from '../api/client'
import { Failure } from '../api/failure'

type Noun = 'access' | 'api' | 'app' | 'appQuota' | 'certificate' | 'channel' | 'group' | 'policy' | 'service' | 'stage'
type Id = string | null | undefined

const FRESH_MS = 60_000

/** What the objects are called; one that is gone meanwhile is called by its id. */
export async function names(queries: QueryClient, noun: Noun, ids: readonly Id[]): Promise<ReadonlyMap<string, string>> {
  const distinct = [...new Set(ids.filter((id) => typeof id === 'string'))]
  const named = distinct.map(async (id) => [id, await name(queries, noun, id)] as const)
  return new Map(await Promise.all(named))
}

async function name(queries: QueryClient, noun: Noun, id: string): Promise<string> {
  try {
    return await queries.fetchQuery({ queryKey: ['names', noun, id], queryFn: () => reads[noun](id), staleTime: FRESH_MS })
  } catch (failure) {
    if (failure instanceof Failure && failure.status === 404) return id
    throw failure
  }
}

const reads: Readonly<Record<Noun, (id: string) => Promise<string>>> = {
  access: async (backend_access) => (await answer(client.GET('/api/v1/backend-accesses/{backend_access}', { params: { path: { backend_access } } }))).name,
  api: async (api) => (await answer(client.GET('/api/v1/apis/{api}', { params: { path: { api } } }))).definition.name,
  app: async (app) => (await answer(client.GET('/api/v1/apps/{app}', { params: { path: { app } } }))).name,
  appQuota: async (app_quota) => (await answer(client.GET('/api/v1/app-quotas/{app_quota}', { params: { path: { app_quota } } }))).name,
  certificate: async (certificate) => (await answer(client.GET('/api/v1/certificates/{certificate}', { params: { path: { certificate } } }))).name,
  channel: async (channel) => (await answer(client.GET('/api/v1/channels/{channel}', { params: { path: { channel } } }))).name,
  group: async (group) => (await answer(client.GET('/api/v1/groups/{group}', { params: { path: { group } } }))).name,
  policy: async (policy) => (await answer(client.GET('/api/v1/policies/{policy}', { params: { path: { policy } } }))).name,
  service: async (backend_service) => (await answer(client.GET('/api/v1/backend-services/{backend_service}', { params: { path: { backend_service } } }))).name,
  stage: async (stage) => (await answer(client.GET('/api/v1/stages/{stage}', { params: { path: { stage } } }))).name,
}

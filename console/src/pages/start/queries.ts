// From nothing to an API that is live: a group, an API, a deployment. Run twice, it ends up the same.
import { queryOptions } from '@tanstack/react-query'
import { answer, client, type Schemas } from '../../api/client'
import { readable } from '../../api/page'
import { publish } from '../apis/deployments'
import { type Api, createApi, type Definition, updateApi } from '../apis/queries'
import { createGroup, type Group } from '../groups/queries'
import { Failure } from '../../api/failure'

const GROUP = 'first_group'
const API = 'first_api'

/** The backend's address, or a text that the gateway answers with. */
export type Chosen = { readonly url: string } | { readonly answer: string }

export async function makeCallable(chosen: Chosen): Promise<Api> {
  const group = await firstGroup()
  const query = { group: group.id, name: API }
  const [there] = readable(await answer(client.GET('/api/v1/apis', { params: { query } })))
  const body = definition(chosen)
  const api = there ? await updateApi(there, body) : await createApi(group.id, body)
  await publish(api, 'RELEASE', '')
  return api
}

async function firstGroup(): Promise<Group> {
  const params = { query: { name: GROUP, dialect: 'alibaba' } } as const
  const [there] = readable(await answer(client.GET('/api/v1/groups', { params })))
  return there ?? createGroup({ name: GROUP, dialect: 'alibaba' })
}

function definition(chosen: Chosen): Definition {
  const backend: Definition['backend'] =
    'url' in chosen
      ? { kind: 'http', to: { kind: 'address', url: chosen.url } }
      : { kind: 'mock', headers: [{ name: 'Content-Type', value: 'text/plain; charset=utf-8' }], body: chosen.answer }
  return { name: API, request: { method: 'ANY', path: '/', match_mode: 'prefix', mode: 'passthrough' }, auth: { kind: 'none' }, backend }
}

/** How the gateway decides the call that the page shows. */
export function explainQuery(api: string) {
  return queryOptions({
    queryKey: ['start', 'explained', api],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => answer(client.POST('/api/v1/apis/{api}/debug', { params: { path: { api } }, body: { method: 'GET', path: '/' } satisfies Schemas['DebugCall'] })),
  })
}

/** Calls that are over, by how they were answered, as this node counts them. */
export async function readCalls(signal: AbortSignal): Promise<ReadonlyMap<string, number>> {
  const response = await fetch('/metrics', { signal }).catch((cause: unknown) => {
    throw Failure.unreachable(cause)
  })
  if (!response.ok) throw Failure.of(response, undefined)
  return calls(await response.text())
}

/** `2xx backend` → how many, from the text format of OpenMetrics. */
export function calls(metrics: string): ReadonlyMap<string, number> {
  const lines = metrics.matchAll(/^paifang_requests_total\{[^}]*class="(\dxx)"[^}]*answered_by="(\w+)"[^}]*\} (\d+)/gm)
  const counts = new Map<string, number>()
  for (const [, outcome, by, count] of lines) {
    const key = `${outcome} ${by}`
    counts.set(key, (counts.get(key) ?? 0) + Number(count))
  }
  return counts
}

// What a story needs and does not tell: made by native REST, in the session of the page.
import type { Page } from 'playwright-core'

interface Made {
  readonly id: string
}

interface Call {
  readonly method: string
  readonly path: string
  readonly body: unknown
}

export function post(page: Page, path: string, body: unknown): Promise<Made> {
  return call(page, 'POST', path, body)
}

/** A call of native REST. */
export async function call<T>(page: Page, method: string, path: string, body?: unknown): Promise<T> {
  const call: Call = { method, path: `/api/v1${path}`, body }
  return page.evaluate(async ({ method, path, body }) => {
    const session = await (await fetch('/api/v1/session')).json()
    const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': session.csrf_token }
    const answer = await fetch(path, { method, headers, cache: 'no-store', ...(body !== undefined && { body: JSON.stringify(body) }) })
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`)
    return answer.status === 204 ? undefined : answer.json()
  }, call)
}

/** Publishes an API to RELEASE. */
export async function publish(page: Page, api: string, dialect: string): Promise<void> {
  const { items } = await call<{ items: { id: string; name: string }[] }>(page, 'GET', `/stages?dialect=${dialect}`)
  const release = items.find(({ name }) => name === 'RELEASE')
  await call(page, 'PUT', `/apis/${api}/deployments/${release?.id}?wait=10s`, {})
}

/** APIs of a group, which answer by themselves; to apps that may call them, unless it is said otherwise. */
export async function makeApis(page: Page, group: string, names: readonly string[], auth: unknown = { kind: 'app' }): Promise<readonly string[]> {
  const made: string[] = []
  for (const name of names) {
    const definition = { name, request: { method: 'GET', path: `/${name}` }, auth, backend: { kind: 'mock', body: '[]' } }
    made.push((await post(page, `/groups/${group}/apis`, definition)).id)
  }
  return made
}

/** So many calls are under way at once while a list is filled. */
const AT_ONCE = 8

/** Many APIs of a group, `api_0` and so on. */
export async function fillApis(page: Page, group: string, count: number): Promise<void> {
  await page.evaluate(
    async ({ group, count, atOnce }) => {
      const session = await (await fetch('/api/v1/session')).json()
      const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': session.csrf_token }
      let next = 0
      const fill = async () => {
        while (next < count) {
          const name = `api_${next++}`
          const definition = { name, request: { method: 'GET', path: `/${name}` }, auth: { kind: 'none' }, backend: { kind: 'mock', body: '[]' } }
          const answer = await fetch(`/api/v1/groups/${group}/apis`, { method: 'POST', headers, body: JSON.stringify(definition) })
          if (!answer.ok) throw new Error(`${name}: ${await answer.text()}`)
        }
      }
      await Promise.all(Array.from({ length: atOnce }, fill))
    },
    { group, count, atOnce: AT_ONCE },
  )
}

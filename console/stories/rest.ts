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

export async function post(page: Page, path: string, body: unknown): Promise<Made> {
  const call: Call = { method: 'POST', path: `/api/v1${path}`, body }
  return page.evaluate(async ({ method, path, body }) => {
    const session = await (await fetch('/api/v1/session')).json()
    const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': session.csrf_token }
    const answer = await fetch(path, { method, headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`)
    return answer.json()
  }, call)
}

/** APIs of a group, which answer by themselves to apps that may call them. */
export async function makeApis(page: Page, group: string, names: readonly string[]): Promise<readonly string[]> {
  const made: string[] = []
  for (const name of names) {
    const definition = { name, request: { method: 'GET', path: `/${name}` }, auth: { kind: 'app' }, backend: { kind: 'mock', body: '[]' } }
    made.push((await post(page, `/groups/${group}/apis`, definition)).id)
  }
  return made
}

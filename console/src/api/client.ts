// The one client of native REST. Its types are generated from the gateway's OpenAPI document; the session's token goes
// with every change, and every answer that is no success becomes a `Failure`.
import createClient, { type Middleware } from 'openapi-fetch'
import { Failure } from './failure'
import type { components, paths } from './schema'

export type Schemas = components['schemas']

let csrf: string | undefined
let signedOut: () => void = () => {}

/** What changes in this session carry. */
export function carryToken(token: string | undefined): void {
  csrf = token
}

/** What happens when the gateway no longer knows who asks. */
export function whenSignedOut(then: () => void): void {
  signedOut = then
}

const session: Middleware = {
  onRequest({ request }) {
    if (csrf !== undefined) request.headers.set('X-CSRF-Token', csrf)
    return request
  },
  onResponse({ response, schemaPath }) {
    if (response.status === 401 && schemaPath !== '/api/v1/session') signedOut()
    return response
  },
}

// The browser keeps nothing: what is fresh is decided in `cache.ts` alone, and the `ETag` of an object that tells who has it
// stays when others come to have it.
export const client = createClient<paths>({ cache: 'no-store' })
client.use(session)

interface Result<T> {
  data?: T
  error?: unknown
  response: Response
}

/** What was answered; anything but a success is thrown as a `Failure`. */
export async function answer<T>(call: Promise<Result<T>>): Promise<T> {
  const { data, error, response } = await reached(call)
  if (response.ok) return data as T
  throw Failure.of(response, error)
}

/** A gateway that cannot be reached is a failure like any other. */
async function reached<T>(call: Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await call
  } catch (cause) {
    throw Failure.unreachable(cause)
  }
}

/** The condition under which an object is changed: that it still is as it was read. */
export function unchanged(object: { readonly revision: number }): { 'If-Match': string } {
  return { 'If-Match': `"r${object.revision}"` }
}

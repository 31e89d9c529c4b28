// A call that did not succeed: the gateway's problem document (RFC 9457), or that there was none.
import type { components } from './schema'

type Problem = components['schemas']['Problem']
export type Violation = components['schemas']['Violation']

export class Failure extends Error {
  private constructor(
    /** The answer's status; absent: there was no answer. */
    readonly status: number | undefined,
    /** The kind's stable name, `not-found` say. */
    readonly kind: string,
    /** The id under which the gateway's log knows the request. */
    readonly requestId: string | undefined,
    detail: string,
    /** Every complaint about what was sent. */
    readonly violations: readonly Violation[],
    /** Who needs the object, as `kind/id`. */
    readonly neededBy: readonly string[],
    options?: ErrorOptions,
  ) {
    super(detail, options)
    this.name = 'Failure'
  }

  static of(response: Response, body: unknown): Failure {
    const id = response.headers.get('x-request-id') ?? undefined
    if (!isProblem(body)) {
      return new Failure(response.status, 'unknown', id, `HTTP ${response.status} ${response.statusText}`, [], [])
    }
    const kind = body.type.replace('urn:paifang:problem:', '')
    return new Failure(body.status, kind, body.instance, body.detail, body.violations ?? [], body.needed_by ?? [])
  }

  static unreachable(cause: unknown): Failure {
    const detail = cause instanceof Error ? cause.message : String(cause)
    return new Failure(undefined, 'unreachable', undefined, detail, [], [], { cause })
  }

  /** The same, said otherwise. */
  withDetail(detail: string): Failure {
    return new Failure(this.status, this.kind, this.requestId, detail, this.violations, this.neededBy)
  }

  /** Whether asking again could help. */
  get isPassing(): boolean {
    return this.status === undefined || this.status >= 500 || this.kind === 'raced'
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'type' in body && 'detail' in body
}

// An API as `paifang apply` reads it: names in place of ids.
import type { Group } from '../groups/queries'
import type { Api } from './queries'

export interface Names {
  readonly group: Group
  /** Stages in which it is online. */
  readonly stages: readonly string[]
  /** Names of backend accesses, channels and backend services by id. */
  readonly backends: ReadonlyMap<string, string>
}

export function apiDocument({ definition }: Api, { group, stages, backends }: Names): Record<string, unknown> {
  const { name, backend, backend_policies: policies, ...rest } = definition
  const others = policies?.map((policy) => ({ ...policy, backend: named(policy.backend, backends) }))
  return { kind: 'api', group: `${group.dialect}/${group.name}`, name, ...rest, backend: named(backend, backends), ...(others && { backend_policies: others }), stages }
}

function named(backend: Api['definition']['backend'], names: ReadonlyMap<string, string>): unknown {
  if (backend.kind === 'mock') return backend
  if (backend.kind === 'service') return { ...backend, service: names.get(backend.service) ?? backend.service }
  const { to } = backend
  if (to.kind === 'access') return { ...backend, to: { ...to, access: names.get(to.access) ?? to.access } }
  if (to.kind === 'channel') return { ...backend, to: { ...to, channel: names.get(to.channel) ?? to.channel } }
  return backend
}

// Between a form and a backend policy. A list in a form keeps what fields held that are gone: only what belongs to the kinds
// that were chosen goes into a definition.
import type { Schemas } from '../../../../api/client'
import type { Messages } from '../../../../i18n/types'
import type { Definition } from '../../queries'
import type { BackendParameter } from '../definition'

export type BackendPolicy = Schemas['BackendPolicy']
export type Condition = Schemas['Condition']
export type Comparison = Schemas['Comparison']

/** The most conditions of a policy. */
export const CONDITIONS_AT_MOST = 5

export const newCondition = { of: 'parameter', is: { kind: 'exact' } } as const

/** A policy begins as a copy of what the API does without it. */
export function newPolicy(backend: Definition['backend'] | undefined, told: readonly BackendParameter[]) {
  return structuredClone({ name: '', effect_mode: 'all', conditions: [newCondition], backend, backend_parameters: told })
}

/** A policy as the interface takes it: its backend is of the kind of the default one. */
export function policyOf(policy: BackendPolicy, kind: Definition['backend']['kind']): BackendPolicy {
  const { name, effect_mode, conditions = [], backend_parameters: told = [] } = policy
  return {
    name,
    effect_mode,
    conditions: conditions.map(conditionOf),
    backend: { ...(kind === 'mock' ? mockOf(policy.backend) : httpOf(policy.backend)), kind } as Definition['backend'],
    backend_parameters: kind === 'mock' ? [] : told,
  }
}

export function conditionOf(condition: Condition): Condition {
  if (condition.of === 'source') return { of: 'source', addresses: condition.addresses ?? [] }
  const is = comparisonOf(condition.is)
  if (condition.of === 'parameter' || condition.of === 'cookie') return { of: condition.of, name: condition.name ?? '', is }
  return { of: condition.of, is }
}

function comparisonOf(is: Comparison): Comparison {
  if (is.kind === 'exact') return { kind: 'exact', value: is.value ?? '' }
  if (is.kind === 'enum') return { kind: 'enum', values: is.values ?? [] }
  return { kind: 'pattern', pattern: is.pattern ?? '' }
}

/** A condition in words. */
export function conditionText(condition: Condition, words: Messages['backendPolicies']): string {
  if (condition.of === 'source') return `${words.ofs.source} ${condition.addresses.join(', ')}`
  const { is } = condition
  const what = 'name' in condition ? `${words.ofs[condition.of]} ${condition.name}` : words.ofs[condition.of]
  if (is.kind === 'exact') return `${what} = ${is.value}`
  return is.kind === 'enum' ? `${what} = ${is.values.join(' | ')}` : `${what} ~ ${is.pattern}`
}

function mockOf(backend: object): object {
  return only(backend, ['status', 'headers', 'body'])
}

function httpOf(backend: object): object {
  const { to, retries, content_type, ...rest } = only(backend, ['to', 'path', 'method', 'timeout_ms', 'retries', 'protocol', 'content_type', 'host', 'verify_certificate']) as Partial<Record<string, object>>
  return {
    ...rest,
    ...(to && { to: only(to, MEMBERS[kindOf(to)] ?? []) }),
    ...(retries && { retries: only(retries, MEMBERS[kindOf(retries)] ?? []) }),
    ...(content_type && { content_type: only(content_type, MEMBERS[kindOf(content_type)] ?? []) }),
  }
}

/** What members destinations, retries and content types have, by their kinds. */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  address: ['kind', 'url'],
  access: ['kind', 'access', 'scheme'],
  named_access: ['kind', 'name', 'scheme'],
  channel: ['kind', 'channel', 'scheme'],
  idempotent: ['kind'],
  fixed: ['kind', 'times', 'value'],
  client: ['kind'],
  gateway: ['kind'],
}

function kindOf(value: object): string {
  return 'kind' in value ? String(value.kind) : ''
}

function only(value: object, members: readonly string[]): object {
  return Object.fromEntries(Object.entries(value).filter(([key]) => members.includes(key)))
}

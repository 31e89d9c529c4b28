// Between a form and a definition: what a form leaves empty is absent, and a new API begins as most do.
import type { Schemas } from '../../../api/client'
import type { Definition } from '../queries'
import { type BackendPolicy, policyOf } from './policies/definition'

export type Parameter = Schemas['Parameter']
export type BackendParameter = Schemas['BackendParameter']
export type Values = Definition & { readonly group?: string }

/** What a parameter's value can be. */
export const types = ['string', 'int', 'long', 'float', 'double', 'number', 'boolean', 'json', 'file', 'array'] as const

export const fresh: Partial<Values> = {
  visibility: 'private',
  auth: { kind: 'app', app_code: 'inherit', signature_methods: ['hmac_sha256'], nonce_required: false },
  request: { protocols: ['http', 'https'], method: 'GET', path: '/', match_mode: 'exact', mode: 'mapping', cors: false, intranet_only: false },
  parameters: [],
  backend: { kind: 'http', to: { kind: 'address', url: '' }, path: '/', method: 'ANY', timeout_ms: 10_000, retries: { kind: 'idempotent' }, protocol: 'http1', content_type: { kind: 'client' }, verify_certificate: true },
  backend_parameters: [],
  backend_policies: [],
  tags: [],
}

export const newParameter: Parameter = { name: '', location: 'query', type: 'string', required: false, validate: true, pass_through: false }

/** A definition as the interface takes it. What no form shows, none loses: what a vendor's interface keeps. */
export function definitionOf({ group: _group, ...values }: Values, before?: Pick<Definition, 'extra'>): Definition {
  const { extra } = before ?? {}
  const policies = values.backend_policies?.map((policy) => pruned(policyOf(policy, values.backend.kind)) as BackendPolicy) ?? []
  const definition = pruned(values) as Definition
  return {
    ...definition,
    description: values.description ?? '',
    parameters: values.parameters?.map((parameter) => pruned(parameter) as Parameter) ?? [],
    backend_parameters: values.backend_parameters ?? [],
    backend_policies: policies,
    ...(extra && Object.keys(extra).length > 0 && { extra }),
  }
}

/** The fields whose emptiness means that they are absent, at any depth. */
const OPTIONAL = new Set(['host', 'default', 'minimum', 'maximum', 'min_length', 'max_length', 'pattern', 'json_schema', 'item_type', 'body_format'])

function pruned(value: object): object {
  const kept = Object.entries(value).filter(([key, inner]) => inner !== undefined && !(OPTIONAL.has(key) && (inner === '' || inner === null)))
  return Object.fromEntries(kept.map(([key, inner]) => [key, isObject(inner) ? pruned(inner) : inner]))
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The names that a path has in brackets of either kind. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/\[([^\]+]+)\+?\]|\{([^}+]+)\+?\}/g)].map((match) => match[1] ?? match[2] ?? '')
}

/** Request parameters that no backend parameter takes up, as backend parameters of the same place and name. */
export function unmapped(parameters: readonly Parameter[], mapped: readonly BackendParameter[]): BackendParameter[] {
  const taken = new Set(mapped.flatMap((one) => (one?.origin?.from === 'parameter' ? [one.origin.name] : [])))
  return parameters
    .filter((parameter) => parameter?.name && !taken.has(parameter.name))
    .map(({ name, location }) => ({ name, location, origin: { from: 'parameter', name } }))
}

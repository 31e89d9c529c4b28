// Settings in the vendors' words, as pages and documents have them; in forms: `form-settings.ts`.
import { yaml } from '../../ui/yaml'
import type { Dialect } from '../groups/queries'
import type { PolicyKind } from './families'
import { callersOf, type Group, wordsOf } from './plug-in-specials'
import type { Policy } from './queries'

export type Settings = Readonly<Record<string, unknown>>

/** A caller with a number of its own, as Huawei Cloud's settings have it. */
export interface Special {
  readonly object_type: 'APP' | 'USER'
  readonly object_id: string
  readonly call_limits: number
}

export const units = ['SECOND', 'MINUTE', 'HOUR', 'DAY'] as const

export function specials({ dialect, kind, settings }: Policy): readonly Special[] {
  return dialect === 'huawei' && kind === 'throttle' ? ((settings as { specials?: Special[] }).specials ?? []) : []
}

/** The apps that a policy names, by their ids, for which files have names. */
export function namedApps(policy: Policy): readonly string[] {
  const apps = callerGroups(policy).filter(({ type }) => type === wordsOf.huawei.types.app).flatMap(callersOf)
  return [...apps, ...specials(policy).flatMap(({ object_type, object_id }) => (object_type === 'APP' ? [object_id] : []))]
}

/** Whether it names users, whose names nobody here knows. */
export function namesUsers(policy: Policy): boolean {
  return callerGroups(policy).some(({ type }) => type === wordsOf.huawei.types.user) || specials(policy).some(({ object_type }) => object_type === 'USER')
}

/** What a plug-in says of callers by their ids. */
function callerGroups({ kind, settings }: Policy): readonly Group[] {
  return kind === 'rate_limit' ? ((settings as { specials?: Group[] }).specials ?? []) : []
}

/** What a new policy begins with. */
export function fresh(dialect: Dialect, kind: PolicyKind): Settings {
  if (dialect === 'alibaba') return FRESH_PLUG_INS[kind] ?? {}
  return FRESH_OF_HUAWEI[kind] ?? { acl_type: 'PERMIT', acl_value: [] }
}

const FRESH_PLUG_INS: Readonly<Partial<Record<PolicyKind, Settings>>> = {
  throttle: { unit: 'SECOND' },
  address_list: { type: 'ALLOW', items: [{ blocks: [] }] },
  signature_key: { type: 'APIGW_BACKEND' },
  cors: { allowOrigins: [], allowCredentials: false },
}

const FRESH_OF_HUAWEI: Readonly<Partial<Record<PolicyKind, Settings>>> = {
  throttle: { type: 1, time_interval: 1, time_unit: 'SECOND' },
  rate_limit: { scope: 'basic', default_interval: 1, default_time_unit: 'second' },
  cors: { allow_origin: [], allow_credentials: false },
  signature_key: { sign_type: 'hmac' },
}

/** Members with several entries between commas; a form has the entries. */
const ENTRIES = ['acl_value', 'allowOrigins', 'allowMethods', 'allowHeaders', 'exposeHeaders', 'allow_origin', 'allow_methods', 'allow_headers', 'expose_headers']

/** What each dialect calls the members of the plug-in `cors`. */
export const corsMembers = {
  alibaba: { origins: 'allowOrigins', methods: 'allowMethods', headers: 'allowHeaders', exposed: 'exposeHeaders', maxAge: 'maxAge', credentials: 'allowCredentials' },
  huawei: { origins: 'allow_origin', methods: 'allow_methods', headers: 'allow_headers', exposed: 'expose_headers', maxAge: 'max_age', credentials: 'allow_credentials' },
} as const

export function isEntries(member: string): boolean {
  return ENTRIES.includes(member)
}

export function entriesOf(value: unknown): unknown {
  return typeof value === 'string' ? value.split(',').map((entry) => entry.trim()).filter((entry) => entry !== '') : value
}

/** The settings as text: as it was given, or the object as YAML. */
export function settingsText(settings: unknown): string {
  return typeof settings === 'string' ? settings : yaml(settings as Record<string, unknown>)
}

/** The policy as `paifang apply` reads it. `appName` gives the names of the apps that it names; a secret comes from outside. */
export function policyDocument(policy: Policy, appName: (app: string) => string): Record<string, unknown> {
  const { dialect, kind, name, remark, settings } = policy
  const named = [...specials(policy).map((special) => withName(special, appName)), ...callerGroups(policy).map((group) => withNames(group, appName))]
  const said = named.length > 0 ? { ...settings, specials: named } : settings
  return { kind: 'policy', dialect, policy_kind: kind, name, remark: remark || undefined, settings: said, secret: kind === 'signature_key' ? reference(name) : undefined }
}

/** Since when it is so, the gateway notes itself. */
function withName({ object_type, object_id, call_limits }: Special, appName: (app: string) => string): Special {
  return { object_type, object_id: appName(object_id), call_limits }
}

function withNames({ policies = [], ...group }: Group, appName: (app: string) => string): Group {
  return { ...group, policies: policies.map((caller) => ({ ...caller, key: appName(String(caller?.key)) })) }
}

/** As `paifang export` names the variable that holds a policy's secret. */
function reference(name: string): string {
  return `\${env:SECRET_${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}}`
}

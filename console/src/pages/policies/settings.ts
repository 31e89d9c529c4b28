// Settings in the vendors' words, as pages and documents have them; in forms: `form-settings.ts`.
import { yaml } from '../../ui/yaml'
import type { Dialect } from '../groups/queries'
import type { PolicyKind } from './families'
import type { Policy } from './queries'

export type Settings = Readonly<Record<string, unknown>>

/** A caller with a number of its own, as Huawei Cloud's settings have it. */
export interface Special {
  readonly object_type: 'APP' | 'USER'
  readonly object_id: string
  readonly call_limits: number
}

export const units = ['SECOND', 'MINUTE', 'HOUR', 'DAY'] as const

export function specials({ kind, settings }: Policy): readonly Special[] {
  return kind === 'throttle' ? ((settings as { specials?: Special[] }).specials ?? []) : []
}

/** Whether a plug-in names callers by their ids, for which files have names. */
export function namesCallers({ kind, settings }: Policy): boolean {
  return kind === 'rate_limit' && ((settings as { specials?: unknown[] }).specials ?? []).length > 0
}

/** Whether a policy names apps, whose names its own page alone has read. */
export function namesApps(policy: Policy): boolean {
  return specials(policy).some(({ object_type }) => object_type === 'APP')
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
  const given = specials(policy)
  const named = given.map(({ object_type, object_id, call_limits }) => ({ object_type, object_id: object_type === 'APP' ? appName(object_id) : object_id, call_limits }))
  const said = dialect === 'huawei' && given.length > 0 ? { ...settings, specials: named } : settings
  return { kind: 'policy', dialect, policy_kind: kind, name, remark: remark || undefined, settings: said, secret: kind === 'signature_key' ? reference(name) : undefined }
}

/** As `paifang export` names the variable that holds a policy's secret. */
function reference(name: string): string {
  return `\${env:SECRET_${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}}`
}

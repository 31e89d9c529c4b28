// Settings in the vendors' words, as forms and documents have them.
import { yaml } from '../../ui/yaml'
import type { Policy } from './queries'

export type Settings = Readonly<Record<string, unknown>>

/** A caller with a number of its own, as Huawei Cloud's settings have it. */
export interface Special {
  readonly object_type: 'APP' | 'USER'
  readonly object_id: string
  readonly call_limits: number
}

export const units = ['SECOND', 'MINUTE', 'HOUR', 'DAY'] as const

export function specials({ settings }: Policy): readonly Special[] {
  return ((settings as { specials?: Special[] }).specials ?? [])
}

/** The settings as text: as it was given, or the object as YAML. */
export function settingsText(settings: unknown): string {
  return typeof settings === 'string' ? settings : yaml(settings as Record<string, unknown>)
}

/** What was typed: an object when it is JSON, or else the text, which the gateway reads as YAML. */
export function typed(text: string): Settings {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Settings
  } catch {
    // YAML.
  }
  return text as unknown as Settings
}

/** The policy as `paifang apply` reads it. `appName` gives the names of the apps that it names. */
export function policyDocument(policy: Policy, appName: (app: string) => string): Record<string, unknown> {
  const { dialect, kind, name, remark, settings } = policy
  const given = specials(policy)
  const named = given.map(({ object_type, object_id, call_limits }) => ({ object_type, object_id: object_type === 'APP' ? appName(object_id) : object_id, call_limits }))
  const written = dialect === 'huawei' && given.length > 0 ? { ...settings, specials: named } : settings
  return { kind: 'policy', dialect, policy_kind: kind, name, remark: remark || undefined, settings: written }
}

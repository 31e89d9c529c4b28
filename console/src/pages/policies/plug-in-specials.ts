// Callers with numbers of their own, as plug-ins have them: those of a type in one entry.
import type { Dialect } from '../groups/queries'

/** A caller; which of the limits it has, the dialect says. */
export interface Caller {
  readonly key?: string | number
  readonly limit?: number
  readonly value?: number
}

export interface Group {
  readonly type?: string
  readonly policies?: readonly (Caller | undefined)[]
}

/** What each dialect calls the types, and a caller's limit. */
export const wordsOf = {
  alibaba: { types: { app: 'APP', user: 'USER' }, limit: 'value' },
  huawei: { types: { app: 'app', user: 'user' }, limit: 'limit' },
} as const satisfies Readonly<Record<Dialect, object>>

/** The same with one more caller of a type, who is nobody yet. */
export function withCaller(groups: readonly Group[], type: string): readonly Group[] {
  const place = groups.findIndex((group) => group.type === type)
  if (place < 0) return [...groups, { type, policies: [{}] }]
  return groups.with(place, { ...groups[place], policies: [...(groups[place]?.policies ?? []), {}] })
}

/** The callers of a group, as far as they are known. */
export function callersOf(group: Group | undefined): readonly string[] {
  return (group?.policies ?? []).flatMap((caller) => (caller?.key ? [String(caller.key)] : []))
}

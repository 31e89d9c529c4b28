// Who is on a black list: entries of one kind, which the interface has under the kind's name.
import type { Schemas } from '../../api/client'

export type Listed = Schemas['BlackListEntries']

export const kinds = ['address', 'app', 'user'] as const
export type BlackListKind = (typeof kinds)[number]

type ByKind = { readonly [kind in BlackListKind]?: readonly string[] }

export function kindOf(entries: Listed): BlackListKind {
  const kind = kinds.find((kind) => kind in entries)
  if (kind === undefined) throw new Error(`entries of a kind that the console does not know: ${Object.keys(entries).join(', ')}`)
  return kind
}

export function entriesOf(entries: Listed): readonly string[] {
  return (entries as ByKind)[kindOf(entries)] ?? []
}

export function listed(kind: BlackListKind, entries: readonly string[]): Listed {
  return { [kind]: entries } as unknown as Listed
}

/** With further entries, each once. */
export function withMore(entries: Listed, more: readonly string[]): Listed {
  return listed(kindOf(entries), [...new Set([...entriesOf(entries), ...more])])
}

export function without(entries: Listed, gone: readonly string[]): Listed {
  return listed(kindOf(entries), entriesOf(entries).filter((entry) => !gone.includes(entry)))
}

interface Named {
  readonly name: string
  readonly description?: string
  readonly entries: Listed
}

/** A list as `paifang apply` reads it, with names in place of ids. */
export function blackListDocument({ name, description, entries }: Named, named: ReadonlyMap<string, string>): Record<string, unknown> {
  const called = entriesOf(entries).map((entry) => named.get(entry) ?? entry)
  return { kind: 'black_list', name, description: description || undefined, entries: listed(kindOf(entries), called) }
}

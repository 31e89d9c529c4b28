// The entries of an access list, and the list as a document.
import type { AccessList, Entry } from './queries'

export function entriesOf({ entries = [] }: Pick<AccessList, 'entries'>): Entry[] {
  return entries
}

/** Addresses as entries, with one comment for all of them. */
export function entriesFrom(addresses: readonly string[], comment = ''): Entry[] {
  return [...new Set(addresses)].map((address) => ({ address, comment }))
}

/** With further entries. An address that is listed already stays as it is. */
export function withMore(list: Pick<AccessList, 'entries'>, more: readonly Entry[]): Entry[] {
  const there = new Set(entriesOf(list).map(({ address }) => address))
  return [...entriesOf(list), ...more.filter(({ address }) => !there.has(address))]
}

export function without(list: Pick<AccessList, 'entries'>, gone: readonly Entry[]): Entry[] {
  const addresses = new Set(gone.map(({ address }) => address))
  return entriesOf(list).filter(({ address }) => !addresses.has(address))
}

export function commented(list: Pick<AccessList, 'entries'>, { address }: Entry, comment: string): Entry[] {
  return entriesOf(list).map((entry) => (entry.address === address ? { address, comment } : entry))
}

/** A list as `paifang apply` reads it. */
export function accessListDocument(list: Pick<AccessList, 'name' | 'ip_version' | 'entries' | 'enforced'>): Record<string, unknown> {
  const entries = entriesOf(list).map(({ address, comment }) => ({ address, comment: comment || undefined }))
  return { kind: 'access_list', name: list.name, ip_version: list.ip_version, entries, enforced: list.enforced ?? undefined }
}

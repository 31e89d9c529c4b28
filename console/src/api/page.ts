// A page of a list, as every list of the interface has it.
import type { Schemas } from './client'

export type Unreadable = Schemas['UnreadableItem']

/** What the interface answers. */
export interface Page<T> {
  readonly items: readonly (T | Unreadable)[]
  readonly next: string | null
  readonly total?: number
}

export function isUnreadable(item: object): item is Unreadable {
  return 'unreadable' in item
}

/** The objects that can be read. */
export function readable<T extends object>(page: Page<T>): T[] {
  return page.items.filter((item): item is T => !isUnreadable(item))
}

// What is debugged, as the URL says it.
import { oneOf, present, text } from '../../../ui/list/search'

export interface DebugSearch {
  /** The stage's name; absent: the one that everything is published to first. */
  readonly stage?: string
  readonly target?: 'draft'
}

export function debugSearch(raw: Record<string, unknown>): DebugSearch {
  return present({ stage: text(raw, 'stage'), target: oneOf(raw, 'target', ['draft']) })
}

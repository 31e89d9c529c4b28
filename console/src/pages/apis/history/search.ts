// The list of versions, and which two are compared, as the URL says it.
import { type ListSearch, listSearch, present, text } from '../../../ui/list/search'

export interface HistorySearch extends ListSearch {
  /** A version's number. */
  readonly from?: string
  /** A version's number, or `draft`. */
  readonly to?: string
}

export function historySearch(raw: Record<string, unknown>): HistorySearch {
  const { search: _search, ...list } = listSearch(raw)
  return { ...list, ...present({ from: text(raw, 'from'), to: text(raw, 'to') }) }
}

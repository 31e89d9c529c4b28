import { present, text } from '../../ui/list/search'

export function startSearch(raw: Record<string, unknown>): { readonly api?: string } {
  return present({ api: text(raw, 'api') })
}

import { present, text } from '../../ui/list/search'

/** Where to go after signing in: a place in this console, and nowhere else. */
export function signInSearch(raw: Record<string, unknown>): { readonly back?: string } {
  const back = text(raw, 'back')
  return present({ back: back?.startsWith('/') && !back.startsWith('//') ? back : undefined })
}

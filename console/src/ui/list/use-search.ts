// Changes the URL's search where one is, whichever list that is.
import { useNavigate } from '@tanstack/react-router'

export type Patch = Readonly<Record<string, unknown>>

/** Puts the patch into the search. What is undefined goes; the page starts anew unless the patch says which. */
export function useSearchPatch(): (patch: Patch) => void {
  const navigate = useNavigate()
  return (patch) => {
    const search = (old: Patch) => ({ ...old, page: undefined, cursor: undefined, ...patch })
    void navigate({ to: '.', search: search as never, replace: !('page' in patch || 'cursor' in patch) })
  }
}

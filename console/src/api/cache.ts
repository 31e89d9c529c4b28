// What was read, and when it is read anew. A page never begins with what a change made untrue: after every change all that
// was read is stale, and a route's loader awaits what is stale (`fetchQuery`) before its page is shown.
import { MutationCache, QueryClient } from '@tanstack/react-query'
import { Failure } from './failure'

/** So long a reading is good enough for the next page, as long as nothing is changed here. */
const FRESH_MS = 2_000

/** The beginning of the key of who is signed in, which no change touches. */
const SESSION = 'session'

export function makeQueries(): QueryClient {
  const queries: QueryClient = new QueryClient({
    defaultOptions: {
      queries: { staleTime: FRESH_MS, retry: (count, error) => count < 1 && error instanceof Failure && error.isPassing },
    },
    // Before the change's own `onSuccess`, which leads to other pages. Of several changes some may be done when one fails.
    mutationCache: new MutationCache({ onSuccess: () => forget(queries), onError: () => forget(queries) }),
  })
  return queries
}

/** What is shown now is read again by the change that touches it: the object of the page may be gone. */
function forget(queries: QueryClient): Promise<void> {
  return queries.invalidateQueries({ predicate: ({ queryKey: [noun] }) => noun !== SESSION, refetchType: 'none' })
}

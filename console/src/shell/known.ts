// The two roots of all routes: everybody's, and that of who is signed in.
import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { callerQuery } from '../session/session'
import { NotFound } from './not-found'

interface Context {
  readonly queries: QueryClient
}

export const root = createRootRouteWithContext<Context>()({ notFoundComponent: NotFound })

/** Everything that only somebody known may see. */
export const known = createRoute({
  getParentRoute: () => root,
  id: 'known',
  beforeLoad: async ({ context, location }) => {
    const caller = await context.queries.ensureQueryData(callerQuery)
    if (caller === null) throw redirect({ to: '/sign-in', search: { back: location.href } })
  },
  component: lazyRouteComponent(() => import('./shell'), 'Shell'),
})

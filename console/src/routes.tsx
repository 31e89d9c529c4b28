// The map of the console. A route reads its URL, awaits what its page shows, and names the page; the page is fetched when
// it is first needed.
import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { apisQuery, apiSearch } from './pages/apis/queries'
import { groupQuery, groupSearch, groupsQuery } from './pages/groups/queries'
import { signInSearch } from './pages/sign-in/search'
import { callerQuery } from './session/session'
import { Failed } from './shell/failed'
import { NotFound } from './shell/not-found'

interface Context {
  readonly queries: QueryClient
}

const root = createRootRouteWithContext<Context>()({ notFoundComponent: NotFound })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: signInSearch,
  component: lazyRouteComponent(() => import('./pages/sign-in/sign-in'), 'SignIn'),
})

/** Everything that only somebody known may see. */
const known = createRoute({
  getParentRoute: () => root,
  id: 'known',
  beforeLoad: async ({ context, location }) => {
    const caller = await context.queries.ensureQueryData(callerQuery)
    if (caller === null) throw redirect({ to: '/sign-in', search: { back: location.href } })
  },
  component: lazyRouteComponent(() => import('./shell/shell'), 'Shell'),
})

const home = createRoute({
  getParentRoute: () => known,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/groups' })
  },
})

const groups = createRoute({
  getParentRoute: () => known,
  path: '/groups',
  validateSearch: groupSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.ensureQueryData(groupsQuery(deps)),
  component: lazyRouteComponent(() => import('./pages/groups/list'), 'GroupList'),
})

const newGroup = createRoute({
  getParentRoute: () => known,
  path: '/groups/new',
  component: lazyRouteComponent(() => import('./pages/groups/new'), 'NewGroup'),
})

const group = createRoute({
  getParentRoute: () => known,
  path: '/groups/$group',
  loader: ({ context, params }) => context.queries.ensureQueryData(groupQuery(params.group)),
  component: lazyRouteComponent(() => import('./pages/groups/overview'), 'GroupOverview'),
})

const editGroup = createRoute({
  getParentRoute: () => known,
  path: '/groups/$group/edit',
  loader: ({ context, params }) => context.queries.ensureQueryData(groupQuery(params.group)),
  component: lazyRouteComponent(() => import('./pages/groups/edit'), 'EditGroup'),
})

const apis = createRoute({
  getParentRoute: () => known,
  path: '/apis',
  validateSearch: apiSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.ensureQueryData(apisQuery(deps)),
  component: lazyRouteComponent(() => import('./pages/apis/list'), 'ApiList'),
})

const tree = root.addChildren([signIn, known.addChildren([home, groups, newGroup, group, editGroup, apis])])

export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: tree,
    basepath: '/console',
    context: { queries },
    defaultErrorComponent: Failed,
    defaultPreload: 'intent',
    // Queries decide what is fresh.
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}

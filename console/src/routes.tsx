// The map of the console. A route reads its URL, awaits what its page shows, and names the page; the page is fetched when
// it is first needed.
import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { apisQuery, apiSearch } from './pages/apis/queries'
import { appQuery, appsQuery, codesQuery, keysQuery } from './pages/apps/queries'
import { auditQuery, auditSearch } from './pages/audit/queries'
import { chosenQuery, grantSearch, grantsQuery, newGrantSearch } from './pages/grants/queries'
import { groupQuery, groupSearch, groupsQuery } from './pages/groups/queries'
import { nodeSearch, nodesQuery, statusQuery } from './pages/nodes/queries'
import { quotaSearch, quotasQuery } from './pages/quotas/queries'
import { signInSearch } from './pages/sign-in/search'
import { itemSearch, itemsQuery, taskQuery, taskSearch, tasksQuery } from './pages/tasks/queries'
import { accessKeysQuery, userQuery, usersQuery } from './pages/users/queries'
import { callerQuery } from './session/session'
import { Failed } from './shell/failed'
import { NotFound } from './shell/not-found'
import { listSearch } from './ui/list/search'

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

const apps = createRoute({
  getParentRoute: () => known,
  path: '/apps',
  validateSearch: listSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.ensureQueryData(appsQuery(deps)),
  component: lazyRouteComponent(() => import('./pages/apps/list'), 'AppList'),
})

const newApp = createRoute({
  getParentRoute: () => known,
  path: '/apps/new',
  component: lazyRouteComponent(() => import('./pages/apps/new'), 'NewApp'),
})

const app = createRoute({
  getParentRoute: () => known,
  path: '/apps/$app',
  loader: ({ context, params: { app } }) =>
    Promise.all([context.queries.ensureQueryData(appQuery(app)), context.queries.ensureQueryData(keysQuery(app)), context.queries.ensureQueryData(codesQuery(app))]),
  component: lazyRouteComponent(() => import('./pages/apps/overview'), 'AppOverview'),
})

const editApp = createRoute({
  getParentRoute: () => known,
  path: '/apps/$app/edit',
  loader: ({ context, params }) => context.queries.ensureQueryData(appQuery(params.app)),
  component: lazyRouteComponent(() => import('./pages/apps/edit'), 'EditApp'),
})

const grants = createRoute({
  getParentRoute: () => known,
  path: '/grants',
  validateSearch: grantSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.ensureQueryData(grantsQuery(deps)),
  component: lazyRouteComponent(() => import('./pages/grants/list'), 'GrantList'),
})

const newGrants = createRoute({
  getParentRoute: () => known,
  path: '/grants/new',
  validateSearch: newGrantSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.ensureQueryData(chosenQuery(deps)),
  component: lazyRouteComponent(() => import('./pages/grants/new'), 'NewGrants'),
})

const users = createRoute({
  getParentRoute: () => known,
  path: '/users',
  validateSearch: listSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.ensureQueryData(usersQuery(deps)),
  component: lazyRouteComponent(() => import('./pages/users/list'), 'UserList'),
})

const newUser = createRoute({
  getParentRoute: () => known,
  path: '/users/new',
  component: lazyRouteComponent(() => import('./pages/users/new'), 'NewUser'),
})

const user = createRoute({
  getParentRoute: () => known,
  path: '/users/$user',
  loader: ({ context, params: { user } }) => Promise.all([context.queries.ensureQueryData(userQuery(user)), context.queries.ensureQueryData(accessKeysQuery(user))]),
  component: lazyRouteComponent(() => import('./pages/users/overview'), 'UserOverview'),
})

const quotas = createRoute({
  getParentRoute: () => known,
  path: '/quotas',
  validateSearch: quotaSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.ensureQueryData(quotasQuery(deps)),
  component: lazyRouteComponent(() => import('./pages/quotas/list'), 'QuotaList'),
})

const audit = createRoute({
  getParentRoute: () => known,
  path: '/audit',
  validateSearch: auditSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.ensureQueryData(auditQuery(deps)),
  component: lazyRouteComponent(() => import('./pages/audit/list'), 'AuditList'),
})

const tasks = createRoute({
  getParentRoute: () => known,
  path: '/tasks',
  validateSearch: taskSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.ensureQueryData(tasksQuery(deps)),
  component: lazyRouteComponent(() => import('./pages/tasks/list'), 'TaskList'),
})

const task = createRoute({
  getParentRoute: () => known,
  path: '/tasks/$task',
  validateSearch: itemSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps, params }) =>
    Promise.all([context.queries.ensureQueryData(taskQuery(params.task)), context.queries.ensureQueryData(itemsQuery(params.task, deps))]),
  component: lazyRouteComponent(() => import('./pages/tasks/overview'), 'TaskOverview'),
})

const nodes = createRoute({
  getParentRoute: () => known,
  path: '/nodes',
  validateSearch: nodeSearch,
  loader: ({ context }) => Promise.all([context.queries.ensureQueryData(nodesQuery), context.queries.ensureQueryData(statusQuery)]),
  component: lazyRouteComponent(() => import('./pages/nodes/list'), 'NodeList'),
})

const tree = root.addChildren([
  signIn,
  known.addChildren([
    home,
    groups,
    newGroup,
    group,
    editGroup,
    apis,
    apps,
    newApp,
    app,
    editApp,
    grants,
    newGrants,
    users,
    newUser,
    user,
    quotas,
    audit,
    tasks,
    task,
    nodes,
  ]),
])

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

// The map of the console. A route reads its URL, awaits what its page shows, and names the page; the page is fetched when
// it is first needed.
import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { accessesQuery, accessQuery, usersOfAccessQuery } from './pages/accesses/queries'
import { groupChoicesQuery, allStagesQuery, appChoicesQuery, callAddressQuery } from './pages/apis/around'
import { debugSearch } from './pages/apis/debug/search'
import { deploymentsQuery, versionsQuery } from './pages/apis/deployments'
import { historySearch } from './pages/apis/history/search'
import { apisQuery, apiSearch, apiQuery } from './pages/apis/queries'
import { appQuery, appsQuery, codesQuery, keysQuery } from './pages/apps/queries'
import { auditQuery, auditSearch } from './pages/audit/queries'
import { channelQuery, channelsQuery, healthQuery } from './pages/channels/queries'
import { domainSearch, domainsQuery } from './pages/domains/queries'
import { chosenQuery, grantSearch, grantsQuery, newGrantSearch } from './pages/grants/queries'
import { groupQuery, groupSearch, groupsQuery } from './pages/groups/queries'
import { nodeSearch, nodesQuery, statusQuery } from './pages/nodes/queries'
import { bindingSearch, bindingsQuery, policiesQuery, policyQuery, policySearch, readPolicy } from './pages/policies/queries'
import { quotaSearch, quotasQuery } from './pages/quotas/queries'
import { startSearch } from './pages/start/search'
import { signInSearch } from './pages/sign-in/search'
import { itemSearch, itemsQuery, taskQuery, taskSearch, tasksQuery } from './pages/tasks/queries'
import { accessKeysQuery, userQuery, usersQuery } from './pages/users/queries'
import { stageQuery, stageSearch, stagesOfQuery, stagesQuery } from './pages/stages/queries'
import { readVariables, variableSearch } from './pages/variables/queries'
import { callerQuery } from './session/session'
import { Failed } from './shell/failed'
import { NotFound } from './shell/not-found'
import { listSearch, present, text } from './ui/list/search'

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
  // An empty gateway leads to a first call.
  beforeLoad: async ({ context }) => {
    const { total } = await context.queries.fetchQuery(groupsQuery({}))
    throw redirect({ to: total === 0 ? '/start' : '/groups' })
  },
})

const groups = createRoute({
  getParentRoute: () => known,
  path: '/groups',
  validateSearch: groupSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.fetchQuery(groupsQuery(deps)),
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
  loader: ({ context, params }) => context.queries.fetchQuery(groupQuery(params.group)),
  component: lazyRouteComponent(() => import('./pages/groups/overview'), 'GroupOverview'),
})

const editGroup = createRoute({
  getParentRoute: () => known,
  path: '/groups/$group/edit',
  loader: ({ context, params }) => context.queries.fetchQuery(groupQuery(params.group)),
  component: lazyRouteComponent(() => import('./pages/groups/edit'), 'EditGroup'),
})

const apis = createRoute({
  getParentRoute: () => known,
  path: '/apis',
  validateSearch: apiSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queries }, deps }) =>
    Promise.all([queries.fetchQuery(apisQuery(deps)), queries.fetchQuery(groupChoicesQuery), queries.fetchQuery(allStagesQuery)]),
  component: lazyRouteComponent(() => import('./pages/apis/list'), 'ApiList'),
})

const apps = createRoute({
  getParentRoute: () => known,
  path: '/apps',
  validateSearch: listSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.fetchQuery(appsQuery(deps)),
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
    Promise.all([context.queries.fetchQuery(appQuery(app)), context.queries.fetchQuery(keysQuery(app)), context.queries.fetchQuery(codesQuery(app))]),
  component: lazyRouteComponent(() => import('./pages/apps/overview'), 'AppOverview'),
})

const editApp = createRoute({
  getParentRoute: () => known,
  path: '/apps/$app/edit',
  loader: ({ context, params }) => context.queries.fetchQuery(appQuery(params.app)),
  component: lazyRouteComponent(() => import('./pages/apps/edit'), 'EditApp'),
})

const grants = createRoute({
  getParentRoute: () => known,
  path: '/grants',
  validateSearch: grantSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.fetchQuery(grantsQuery(deps)),
  component: lazyRouteComponent(() => import('./pages/grants/list'), 'GrantList'),
})

const newGrants = createRoute({
  getParentRoute: () => known,
  path: '/grants/new',
  validateSearch: newGrantSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.fetchQuery(chosenQuery(deps)),
  component: lazyRouteComponent(() => import('./pages/grants/new'), 'NewGrants'),
})

const users = createRoute({
  getParentRoute: () => known,
  path: '/users',
  validateSearch: listSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.fetchQuery(usersQuery(deps)),
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
  loader: ({ context, params: { user } }) => Promise.all([context.queries.fetchQuery(userQuery(user)), context.queries.fetchQuery(accessKeysQuery(user))]),
  component: lazyRouteComponent(() => import('./pages/users/overview'), 'UserOverview'),
})

const quotas = createRoute({
  getParentRoute: () => known,
  path: '/quotas',
  validateSearch: quotaSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.fetchQuery(quotasQuery(deps)),
  component: lazyRouteComponent(() => import('./pages/quotas/list'), 'QuotaList'),
})

const audit = createRoute({
  getParentRoute: () => known,
  path: '/audit',
  validateSearch: auditSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.fetchQuery(auditQuery(deps)),
  component: lazyRouteComponent(() => import('./pages/audit/list'), 'AuditList'),
})

const tasks = createRoute({
  getParentRoute: () => known,
  path: '/tasks',
  validateSearch: taskSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.fetchQuery(tasksQuery(deps)),
  component: lazyRouteComponent(() => import('./pages/tasks/list'), 'TaskList'),
})

const task = createRoute({
  getParentRoute: () => known,
  path: '/tasks/$task',
  validateSearch: itemSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps, params }) =>
    Promise.all([context.queries.fetchQuery(taskQuery(params.task)), context.queries.fetchQuery(itemsQuery(params.task, deps))]),
  component: lazyRouteComponent(() => import('./pages/tasks/overview'), 'TaskOverview'),
})

const nodes = createRoute({
  getParentRoute: () => known,
  path: '/nodes',
  validateSearch: nodeSearch,
  loader: ({ context }) => Promise.all([context.queries.fetchQuery(nodesQuery), context.queries.fetchQuery(statusQuery)]),
  component: lazyRouteComponent(() => import('./pages/nodes/list'), 'NodeList'),
})

const stages = createRoute({
  getParentRoute: () => known,
  path: '/stages',
  validateSearch: stageSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.fetchQuery(stagesQuery(deps)),
  component: lazyRouteComponent(() => import('./pages/stages/list'), 'StageList'),
})

const newStage = createRoute({
  getParentRoute: () => known,
  path: '/stages/new',
  component: lazyRouteComponent(() => import('./pages/stages/new'), 'NewStage'),
})

const editStage = createRoute({
  getParentRoute: () => known,
  path: '/stages/$stage/edit',
  loader: ({ context, params }) => context.queries.fetchQuery(stageQuery(params.stage)),
  component: lazyRouteComponent(() => import('./pages/stages/edit'), 'EditStage'),
})

const domains = createRoute({
  getParentRoute: () => known,
  path: '/groups/$group/domains',
  validateSearch: domainSearch,
  loaderDeps: ({ search }) => search,
  loader: async ({ context: { queries }, params, deps }) => {
    const domains = queries.fetchQuery(domainsQuery(params.group, deps))
    const { dialect } = await queries.fetchQuery(groupQuery(params.group))
    await Promise.all([domains, queries.fetchQuery(stagesOfQuery(dialect))])
  },
  component: lazyRouteComponent(() => import('./pages/domains/list'), 'DomainList'),
})

const variables = createRoute({
  getParentRoute: () => known,
  path: '/groups/$group/variables',
  validateSearch: variableSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, params, deps }) => readVariables(context.queries, params.group, deps),
  component: lazyRouteComponent(() => import('./pages/variables/list'), 'VariableList'),
})

const accesses = createRoute({
  getParentRoute: () => known,
  path: '/backend-accesses',
  validateSearch: listSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.fetchQuery(accessesQuery(deps)),
  component: lazyRouteComponent(() => import('./pages/accesses/list'), 'AccessList'),
})

const newAccess = createRoute({
  getParentRoute: () => known,
  path: '/backend-accesses/new',
  component: lazyRouteComponent(() => import('./pages/accesses/new'), 'NewAccess'),
})

const access = createRoute({
  getParentRoute: () => known,
  path: '/backend-accesses/$access',
  loader: ({ context, params }) =>
    Promise.all([context.queries.fetchQuery(accessQuery(params.access)), context.queries.fetchQuery(usersOfAccessQuery(params.access))]),
  component: lazyRouteComponent(() => import('./pages/accesses/overview'), 'AccessOverview'),
})

const editAccess = createRoute({
  getParentRoute: () => known,
  path: '/backend-accesses/$access/edit',
  loader: ({ context, params }) => context.queries.fetchQuery(accessQuery(params.access)),
  component: lazyRouteComponent(() => import('./pages/accesses/edit'), 'EditAccess'),
})

const channels = createRoute({
  getParentRoute: () => known,
  path: '/channels',
  validateSearch: listSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.fetchQuery(channelsQuery(deps)),
  component: lazyRouteComponent(() => import('./pages/channels/list'), 'ChannelList'),
})

const newChannel = createRoute({
  getParentRoute: () => known,
  path: '/channels/new',
  component: lazyRouteComponent(() => import('./pages/channels/new'), 'NewChannel'),
})

const channel = createRoute({
  getParentRoute: () => known,
  path: '/channels/$channel',
  validateSearch: listSearch,
  loader: ({ context: { queries }, params }) => {
    // The page shows by itself that this failed.
    void queries.prefetchQuery(healthQuery(params.channel))
    return queries.fetchQuery(channelQuery(params.channel))
  },
  component: lazyRouteComponent(() => import('./pages/channels/overview'), 'ChannelOverview'),
})

const editChannel = createRoute({
  getParentRoute: () => known,
  path: '/channels/$channel/edit',
  loader: ({ context, params }) => context.queries.fetchQuery(channelQuery(params.channel)),
  component: lazyRouteComponent(() => import('./pages/channels/edit'), 'EditChannel'),
})

const policies = createRoute({
  getParentRoute: () => known,
  path: '/policies',
  validateSearch: policySearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.fetchQuery(policiesQuery(deps)),
  component: lazyRouteComponent(() => import('./pages/policies/list'), 'PolicyList'),
})

const newPolicy = createRoute({
  getParentRoute: () => known,
  path: '/policies/new',
  component: lazyRouteComponent(() => import('./pages/policies/new'), 'NewPolicy'),
})

const policy = createRoute({
  getParentRoute: () => known,
  path: '/policies/$policy',
  validateSearch: bindingSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queries }, params, deps }) =>
    Promise.all([readPolicy(queries, params.policy), queries.fetchQuery(bindingsQuery(queries, params.policy, deps))]),
  component: lazyRouteComponent(() => import('./pages/policies/overview'), 'PolicyOverview'),
})

const editPolicy = createRoute({
  getParentRoute: () => known,
  path: '/policies/$policy/edit',
  loader: ({ context, params }) => context.queries.fetchQuery(policyQuery(params.policy)),
  component: lazyRouteComponent(() => import('./pages/policies/edit'), 'EditPolicy'),
})

const bindPolicy = createRoute({
  getParentRoute: () => known,
  path: '/policies/$policy/bind',
  validateSearch: bindingSearch,
  loader: ({ context, params }) => readPolicy(context.queries, params.policy),
  component: lazyRouteComponent(() => import('./pages/policies/bind'), 'BindPolicy'),
})

const newApi = createRoute({
  getParentRoute: () => known,
  path: '/apis/new',
  validateSearch: (raw: Record<string, unknown>) => present({ group: text(raw, 'group') }),
  loader: ({ context }) => context.queries.fetchQuery(groupChoicesQuery),
  component: lazyRouteComponent(() => import('./pages/apis/new'), 'NewApi'),
})

/** What every page of one API shows. */
async function loadApi(queries: QueryClient, id: string) {
  const api = await queries.fetchQuery(apiQuery(id))
  const group = await queries.fetchQuery(groupQuery(api.group))
  await Promise.all([queries.fetchQuery(stagesOfQuery(group.dialect)), queries.fetchQuery(deploymentsQuery(id)), queries.fetchQuery(callAddressQuery)])
}

const api = createRoute({
  getParentRoute: () => known,
  path: '/apis/$api',
  loader: ({ context, params }) => loadApi(context.queries, params.api),
  component: lazyRouteComponent(() => import('./pages/apis/overview'), 'ApiOverview'),
})

const editApi = createRoute({
  getParentRoute: () => known,
  path: '/apis/$api/edit',
  loader: ({ context, params }) => loadApi(context.queries, params.api),
  component: lazyRouteComponent(() => import('./pages/apis/edit'), 'EditApi'),
})

const debugApi = createRoute({
  getParentRoute: () => known,
  path: '/apis/$api/debug',
  validateSearch: debugSearch,
  loader: ({ context: { queries }, params }) => Promise.all([loadApi(queries, params.api), queries.fetchQuery(appChoicesQuery)]),
  component: lazyRouteComponent(() => import('./pages/apis/debug/debug'), 'DebugApi'),
})

const apiHistory = createRoute({
  getParentRoute: () => known,
  path: '/apis/$api/history',
  validateSearch: historySearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queries }, params, deps }) => Promise.all([loadApi(queries, params.api), queries.fetchQuery(versionsQuery(params.api, deps))]),
  component: lazyRouteComponent(() => import('./pages/apis/history/history'), 'ApiHistory'),
})

const start = createRoute({
  getParentRoute: () => known,
  path: '/start',
  validateSearch: startSearch,
  component: lazyRouteComponent(() => import('./pages/start/start'), 'Start'),
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
    newApi,
    api,
    editApi,
    debugApi,
    apiHistory,
    start,
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
    stages,
    newStage,
    editStage,
    domains,
    variables,
    accesses,
    newAccess,
    access,
    editAccess,
    channels,
    newChannel,
    channel,
    editChannel,
    policies,
    newPolicy,
    policy,
    editPolicy,
    bindPolicy,
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
    defaultStaleReloadMode: 'blocking',
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}

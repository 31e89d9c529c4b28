import type { QueryClient } from '@tanstack/react-query'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { known } from '../../shell/known'
import { present, text } from '../../ui/list/search'
import { groupQuery } from '../groups/queries'
import { policiesOfApiQuery } from '../policies/holding'
import { stagesOfQuery } from '../stages/queries'
import { allStagesQuery, appChoicesQuery, callAddressQuery, groupChoicesQuery } from './around'
import { debugSearch } from './debug/search'
import { deploymentsQuery, versionsQuery } from './deployments'
import { historySearch } from './history/search'
import { apiQuery, apiSearch, apisQuery } from './queries'
import { metricsQuery, metricsSearch } from '../metrics/queries'

const apis = createRoute({
  getParentRoute: () => known,
  path: '/apis',
  validateSearch: apiSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queries }, deps }) =>
    Promise.all([queries.fetchQuery(apisQuery(deps)), queries.fetchQuery(groupChoicesQuery), queries.fetchQuery(allStagesQuery)]),
  component: lazyRouteComponent(() => import('./list'), 'ApiList'),
})

const newApi = createRoute({
  getParentRoute: () => known,
  path: '/apis/new',
  validateSearch: (raw: Record<string, unknown>) => present({ group: text(raw, 'group') }),
  loader: ({ context }) => context.queries.fetchQuery(groupChoicesQuery),
  component: lazyRouteComponent(() => import('./new'), 'NewApi'),
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
  loader: ({ context: { queries }, params }) => Promise.all([loadApi(queries, params.api), queries.fetchQuery(policiesOfApiQuery(queries, params.api))]),
  component: lazyRouteComponent(() => import('./overview'), 'ApiOverview'),
})

const editApi = createRoute({
  getParentRoute: () => known,
  path: '/apis/$api/edit',
  loader: ({ context, params }) => loadApi(context.queries, params.api),
  component: lazyRouteComponent(() => import('./edit'), 'EditApi'),
})

const debugApi = createRoute({
  getParentRoute: () => known,
  path: '/apis/$api/debug',
  validateSearch: debugSearch,
  loader: ({ context: { queries }, params }) => Promise.all([loadApi(queries, params.api), queries.fetchQuery(appChoicesQuery)]),
  component: lazyRouteComponent(() => import('./debug/debug'), 'DebugApi'),
})

const apiHistory = createRoute({
  getParentRoute: () => known,
  path: '/apis/$api/history',
  validateSearch: historySearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queries }, params, deps }) => Promise.all([loadApi(queries, params.api), queries.fetchQuery(versionsQuery(params.api, deps))]),
  component: lazyRouteComponent(() => import('./history/history'), 'ApiHistory'),
})

const apiMetrics = createRoute({
  getParentRoute: () => known,
  path: '/apis/$api/metrics',
  validateSearch: metricsSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queries }, params: { api }, deps }) =>
    Promise.all([loadApi(queries, api), queries.fetchQuery(metricsQuery(present({ api, stage: deps.stage }), deps))]),
  component: lazyRouteComponent(() => import('./metrics'), 'ApiMetrics'),
})

export const apiRoutes = [apis, newApi, api, editApi, debugApi, apiHistory, apiMetrics] as const

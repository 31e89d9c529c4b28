import type { QueryClient } from '@tanstack/react-query'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { known } from '../../shell/known'
import { namedSearch } from '../../ui/list/search'
import { appQuotaQuery } from '../app-quotas/queries'
import { listsOfAppsQuery } from '../black-lists/queries'
import { appQuery, appsQuery, codesQuery, keysQuery } from './queries'

const apps = createRoute({
  getParentRoute: () => known,
  path: '/apps',
  validateSearch: namedSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.fetchQuery(appsQuery(deps)),
  component: lazyRouteComponent(() => import('./list'), 'AppList'),
})

const newApp = createRoute({
  getParentRoute: () => known,
  path: '/apps/new',
  component: lazyRouteComponent(() => import('./new'), 'NewApp'),
})

const app = createRoute({
  getParentRoute: () => known,
  path: '/apps/$app',
  loader: ({ context: { queries }, params: { app } }) => Promise.all([readApp(queries, app), queries.fetchQuery(keysQuery(app)), queries.fetchQuery(codesQuery(app)), queries.fetchQuery(listsOfAppsQuery)]),
  component: lazyRouteComponent(() => import('./overview'), 'AppOverview'),
})

const editApp = createRoute({
  getParentRoute: () => known,
  path: '/apps/$app/edit',
  loader: ({ context, params }) => context.queries.fetchQuery(appQuery(params.app)),
  component: lazyRouteComponent(() => import('./edit'), 'EditApp'),
})

/** The page shows by itself that the app's quota could not be read. */
async function readApp(queries: QueryClient, app: string): Promise<void> {
  const { quota } = await queries.fetchQuery(appQuery(app))
  if (quota) await queries.prefetchQuery(appQuotaQuery(quota.id))
}

export const appRoutes = [apps, newApp, app, editApp] as const

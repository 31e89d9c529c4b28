import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { known } from '../../shell/known'
import { listSearch } from '../../ui/list/search'
import { appQuery, appsQuery, codesQuery, keysQuery } from './queries'

const apps = createRoute({
  getParentRoute: () => known,
  path: '/apps',
  validateSearch: listSearch,
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
  loader: ({ context, params: { app } }) =>
    Promise.all([context.queries.fetchQuery(appQuery(app)), context.queries.fetchQuery(keysQuery(app)), context.queries.fetchQuery(codesQuery(app))]),
  component: lazyRouteComponent(() => import('./overview'), 'AppOverview'),
})

const editApp = createRoute({
  getParentRoute: () => known,
  path: '/apps/$app/edit',
  loader: ({ context, params }) => context.queries.fetchQuery(appQuery(params.app)),
  component: lazyRouteComponent(() => import('./edit'), 'EditApp'),
})

export const appRoutes = [apps, newApp, app, editApp] as const

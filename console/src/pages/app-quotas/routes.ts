import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { known } from '../../shell/known'
import { namedSearch } from '../../ui/list/search'
import { appQuotaQuery, appQuotasQuery, appsOfQuotaQuery } from './queries'

const quotas = createRoute({
  getParentRoute: () => known,
  path: '/app-quotas',
  validateSearch: namedSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.fetchQuery(appQuotasQuery(deps)),
  component: lazyRouteComponent(() => import('./list'), 'AppQuotaList'),
})

const newQuota = createRoute({
  getParentRoute: () => known,
  path: '/app-quotas/new',
  component: lazyRouteComponent(() => import('./new'), 'NewAppQuota'),
})

const quota = createRoute({
  getParentRoute: () => known,
  path: '/app-quotas/$quota',
  validateSearch: namedSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queries }, params, deps }) => Promise.all([queries.fetchQuery(appQuotaQuery(params.quota)), queries.fetchQuery(appsOfQuotaQuery(params.quota, deps))]),
  component: lazyRouteComponent(() => import('./overview'), 'AppQuotaOverview'),
})

const editQuota = createRoute({
  getParentRoute: () => known,
  path: '/app-quotas/$quota/edit',
  loader: ({ context, params }) => context.queries.fetchQuery(appQuotaQuery(params.quota)),
  component: lazyRouteComponent(() => import('./edit'), 'EditAppQuota'),
})

export const appQuotaRoutes = [quotas, newQuota, quota, editQuota] as const

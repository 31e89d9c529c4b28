import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { known } from '../../shell/known'
import { quotaSearch, quotasQuery } from './queries'

const quotas = createRoute({
  getParentRoute: () => known,
  path: '/quotas',
  validateSearch: quotaSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.fetchQuery(quotasQuery(deps)),
  component: lazyRouteComponent(() => import('./list'), 'QuotaList'),
})

export const quotaRoutes = [quotas] as const

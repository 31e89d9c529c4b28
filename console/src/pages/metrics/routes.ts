import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { known } from '../../shell/known'
import { metered, metricsQuery, metricsSearch } from './queries'

const metrics = createRoute({
  getParentRoute: () => known,
  path: '/metrics',
  validateSearch: metricsSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.fetchQuery(metricsQuery(metered(deps), deps)),
  component: lazyRouteComponent(() => import('./overview'), 'MetricsOverview'),
})

export const metricsRoutes = [metrics] as const

import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { known } from '../../shell/known'
import { auditQuery, auditSearch } from './queries'

const audit = createRoute({
  getParentRoute: () => known,
  path: '/audit',
  validateSearch: auditSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.fetchQuery(auditQuery(deps)),
  component: lazyRouteComponent(() => import('./list'), 'AuditList'),
})

export const auditRoutes = [audit] as const

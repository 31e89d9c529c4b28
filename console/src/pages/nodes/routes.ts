import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { known } from '../../shell/known'
import { nodeSearch, nodesQuery, statusQuery } from './queries'

const nodes = createRoute({
  getParentRoute: () => known,
  path: '/nodes',
  validateSearch: nodeSearch,
  loader: ({ context }) => Promise.all([context.queries.fetchQuery(nodesQuery), context.queries.fetchQuery(statusQuery)]),
  component: lazyRouteComponent(() => import('./list'), 'NodeList'),
})

export const nodeRoutes = [nodes] as const

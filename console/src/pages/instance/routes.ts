import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { known } from '../../shell/known'
import { enforcedQuery } from '../access-lists/queries'
import { nodesQuery, statusQuery } from '../nodes/queries'
import { authorityQuery } from './queries'

const instance = createRoute({
  getParentRoute: () => known,
  path: '/instance',
  loader: ({ context: { queries } }) => Promise.all([queries.fetchQuery(statusQuery), queries.fetchQuery(nodesQuery), queries.fetchQuery(authorityQuery), queries.fetchQuery(enforcedQuery)]),
  component: lazyRouteComponent(() => import('./instance'), 'Instance'),
})

export const instanceRoutes = [instance] as const

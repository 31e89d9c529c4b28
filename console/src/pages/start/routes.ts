import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { known } from '../../shell/known'
import { startSearch } from './search'

const start = createRoute({
  getParentRoute: () => known,
  path: '/start',
  validateSearch: startSearch,
  component: lazyRouteComponent(() => import('./start'), 'Start'),
})

export const startRoutes = [start] as const

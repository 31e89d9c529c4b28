import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { known } from '../../shell/known'
import { chosenQuery, grantSearch, grantsQuery, newGrantSearch } from './queries'

const grants = createRoute({
  getParentRoute: () => known,
  path: '/grants',
  validateSearch: grantSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.fetchQuery(grantsQuery(deps)),
  component: lazyRouteComponent(() => import('./list'), 'GrantList'),
})

const newGrants = createRoute({
  getParentRoute: () => known,
  path: '/grants/new',
  validateSearch: newGrantSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.fetchQuery(chosenQuery(deps)),
  component: lazyRouteComponent(() => import('./new'), 'NewGrants'),
})

export const grantRoutes = [grants, newGrants] as const

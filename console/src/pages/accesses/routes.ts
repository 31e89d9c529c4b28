import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { known } from '../../shell/known'
import { namedSearch } from '../../ui/list/search'
import { accessesQuery, accessQuery, usersOfAccessQuery } from './queries'

const accesses = createRoute({
  getParentRoute: () => known,
  path: '/backend-accesses',
  validateSearch: namedSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.fetchQuery(accessesQuery(deps)),
  component: lazyRouteComponent(() => import('./list'), 'AccessList'),
})

const newAccess = createRoute({
  getParentRoute: () => known,
  path: '/backend-accesses/new',
  component: lazyRouteComponent(() => import('./new'), 'NewAccess'),
})

const access = createRoute({
  getParentRoute: () => known,
  path: '/backend-accesses/$access',
  loader: ({ context, params }) =>
    Promise.all([context.queries.fetchQuery(accessQuery(params.access)), context.queries.fetchQuery(usersOfAccessQuery(params.access))]),
  component: lazyRouteComponent(() => import('./overview'), 'AccessOverview'),
})

const editAccess = createRoute({
  getParentRoute: () => known,
  path: '/backend-accesses/$access/edit',
  loader: ({ context, params }) => context.queries.fetchQuery(accessQuery(params.access)),
  component: lazyRouteComponent(() => import('./edit'), 'EditAccess'),
})

export const accessRoutes = [accesses, newAccess, access, editAccess] as const

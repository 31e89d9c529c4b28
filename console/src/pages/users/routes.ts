import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { known } from '../../shell/known'
import { namedSearch } from '../../ui/list/search'
import { accessKeysQuery, userQuery, usersQuery } from './queries'

const users = createRoute({
  getParentRoute: () => known,
  path: '/users',
  validateSearch: namedSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.fetchQuery(usersQuery(deps)),
  component: lazyRouteComponent(() => import('./list'), 'UserList'),
})

const newUser = createRoute({
  getParentRoute: () => known,
  path: '/users/new',
  component: lazyRouteComponent(() => import('./new'), 'NewUser'),
})

const user = createRoute({
  getParentRoute: () => known,
  path: '/users/$user',
  loader: ({ context, params: { user } }) => Promise.all([context.queries.fetchQuery(userQuery(user)), context.queries.fetchQuery(accessKeysQuery(user))]),
  component: lazyRouteComponent(() => import('./overview'), 'UserOverview'),
})

export const userRoutes = [users, newUser, user] as const

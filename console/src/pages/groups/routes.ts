import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { known } from '../../shell/known'
import { policiesOfGroupQuery } from '../policies/holding'
import { bindsGroups } from '../policies/queries'
import { stagesOfQuery } from '../stages/queries'
import { groupQuery, groupSearch, groupsQuery } from './queries'

const home = createRoute({
  getParentRoute: () => known,
  path: '/',
  // An empty gateway leads to a first call.
  beforeLoad: async ({ context }) => {
    const { total } = await context.queries.fetchQuery(groupsQuery({}))
    throw redirect({ to: total === 0 ? '/start' : '/groups' })
  },
})

const groups = createRoute({
  getParentRoute: () => known,
  path: '/groups',
  validateSearch: groupSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.fetchQuery(groupsQuery(deps)),
  component: lazyRouteComponent(() => import('./list'), 'GroupList'),
})

const newGroup = createRoute({
  getParentRoute: () => known,
  path: '/groups/new',
  component: lazyRouteComponent(() => import('./new'), 'NewGroup'),
})

const group = createRoute({
  getParentRoute: () => known,
  path: '/groups/$group',
  loader: async ({ context: { queries }, params }) => {
    const { dialect } = await queries.fetchQuery(groupQuery(params.group))
    if (bindsGroups(dialect)) await Promise.all([queries.fetchQuery(stagesOfQuery(dialect)), queries.fetchQuery(policiesOfGroupQuery(queries, params.group))])
  },
  component: lazyRouteComponent(() => import('./overview'), 'GroupOverview'),
})

const editGroup = createRoute({
  getParentRoute: () => known,
  path: '/groups/$group/edit',
  loader: ({ context, params }) => context.queries.fetchQuery(groupQuery(params.group)),
  component: lazyRouteComponent(() => import('./edit'), 'EditGroup'),
})

export const groupRoutes = [home, groups, newGroup, group, editGroup] as const

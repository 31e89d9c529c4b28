import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { known } from '../../shell/known'
import { listSearch, oneOf, present } from '../../ui/list/search'
import { kinds } from './entries'
import { blackListQuery, blackListSearch, blackListsQuery } from './queries'

const lists = createRoute({
  getParentRoute: () => known,
  path: '/black-lists',
  validateSearch: blackListSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.fetchQuery(blackListsQuery(deps)),
  component: lazyRouteComponent(() => import('./list'), 'BlackListList'),
})

const newList = createRoute({
  getParentRoute: () => known,
  path: '/black-lists/new',
  validateSearch: (raw: Record<string, unknown>) => present({ kind: oneOf(raw, 'kind', kinds) }),
  component: lazyRouteComponent(() => import('./new'), 'NewBlackList'),
})

const list = createRoute({
  getParentRoute: () => known,
  path: '/black-lists/$list',
  validateSearch: listSearch,
  loader: ({ context, params }) => context.queries.fetchQuery(blackListQuery(params.list)),
  component: lazyRouteComponent(() => import('./overview'), 'BlackListOverview'),
})

const editList = createRoute({
  getParentRoute: () => known,
  path: '/black-lists/$list/edit',
  loader: ({ context, params }) => context.queries.fetchQuery(blackListQuery(params.list)),
  component: lazyRouteComponent(() => import('./edit'), 'EditBlackList'),
})

export const blackListRoutes = [lists, newList, list, editList] as const

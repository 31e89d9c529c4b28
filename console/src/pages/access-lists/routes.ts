import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { known } from '../../shell/known'
import { listSearch } from '../../ui/list/search'
import { accessListQuery, accessListSearch, accessListsQuery, enforcedQuery } from './queries'

const lists = createRoute({
  getParentRoute: () => known,
  path: '/access-lists',
  validateSearch: accessListSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.fetchQuery(accessListsQuery(deps)),
  component: lazyRouteComponent(() => import('./list'), 'AccessListList'),
})

const newList = createRoute({
  getParentRoute: () => known,
  path: '/access-lists/new',
  loader: ({ context }) => context.queries.fetchQuery(enforcedQuery),
  component: lazyRouteComponent(() => import('./new'), 'NewAccessList'),
})

const list = createRoute({
  getParentRoute: () => known,
  path: '/access-lists/$list',
  validateSearch: listSearch,
  loader: ({ context: { queries }, params }) => Promise.all([queries.fetchQuery(accessListQuery(params.list)), queries.fetchQuery(enforcedQuery)]),
  component: lazyRouteComponent(() => import('./overview'), 'AccessListOverview'),
})

const editList = createRoute({
  getParentRoute: () => known,
  path: '/access-lists/$list/edit',
  loader: ({ context: { queries }, params }) => Promise.all([queries.fetchQuery(accessListQuery(params.list)), queries.fetchQuery(enforcedQuery)]),
  component: lazyRouteComponent(() => import('./edit'), 'EditAccessList'),
})

export const accessListRoutes = [lists, newList, list, editList] as const

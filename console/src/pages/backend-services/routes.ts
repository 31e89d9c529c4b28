import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { known } from '../../shell/known'
import { draftsQuery, publishedQuery, serviceListSearch, serviceQuery, serviceSearch, servicesQuery, stagesQuery, usersQuery } from './queries'

const services = createRoute({
  getParentRoute: () => known,
  path: '/backend-services',
  validateSearch: serviceListSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queries }, deps }) => Promise.all([queries.fetchQuery(servicesQuery(queries, deps)), queries.fetchQuery(stagesQuery)]),
  component: lazyRouteComponent(() => import('./list'), 'ServiceList'),
})

const newService = createRoute({
  getParentRoute: () => known,
  path: '/backend-services/new',
  component: lazyRouteComponent(() => import('./new'), 'NewService'),
})

const service = createRoute({
  getParentRoute: () => known,
  path: '/backend-services/$service',
  validateSearch: serviceSearch,
  loaderDeps: ({ search: { task: _task, ...search } }) => search,
  loader: async ({ context: { queries }, params: { service }, deps: { tab, ...list } }) => {
    const users = tab === undefined ? queries.fetchQuery(draftsQuery(queries, service, list)) : queries.fetchQuery(publishedQuery(queries, service, tab, list))
    await Promise.all([users, queries.fetchQuery(serviceQuery(queries, service)), queries.fetchQuery(usersQuery(service)), queries.fetchQuery(stagesQuery)])
  },
  component: lazyRouteComponent(() => import('./overview'), 'ServiceOverview'),
})

const editService = createRoute({
  getParentRoute: () => known,
  path: '/backend-services/$service/edit',
  loader: ({ context: { queries }, params }) => queries.fetchQuery(serviceQuery(queries, params.service)),
  component: lazyRouteComponent(() => import('./edit'), 'EditService'),
})

const defineService = createRoute({
  getParentRoute: () => known,
  path: '/backend-services/$service/definitions/$stage',
  loader: ({ context: { queries }, params: { service, stage } }) =>
    Promise.all([queries.fetchQuery(serviceQuery(queries, service)), queries.fetchQuery(stagesQuery), queries.fetchQuery(publishedQuery(queries, service, stage, {}))]),
  component: lazyRouteComponent(() => import('./define'), 'DefineService'),
})

export const backendServiceRoutes = [services, newService, service, editService, defineService] as const

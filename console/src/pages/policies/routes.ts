import { createRoute, lazyRouteComponent, notFound } from '@tanstack/react-router'
import { known } from '../../shell/known'
import { type Family, isFamily } from './families'
import { bindingSearch, bindingsQuery, bindSearch, policiesQuery, policyQuery, policySearch, readPolicy } from './queries'

/** Around the pages of one family. */
const family = createRoute({
  getParentRoute: () => known,
  path: '/policies/$family',
  params: { parse: ({ family }) => ({ family: family as Family }) },
  beforeLoad: ({ params }) => {
    if (!isFamily(params.family)) throw notFound()
  },
})

const policies = createRoute({
  getParentRoute: () => family,
  path: '/',
  validateSearch: policySearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, params, deps }) => context.queries.fetchQuery(policiesQuery(params.family, deps)),
  component: lazyRouteComponent(() => import('./list'), 'PolicyList'),
})

const newPolicy = createRoute({
  getParentRoute: () => family,
  path: '/new',
  component: lazyRouteComponent(() => import('./new'), 'NewPolicy'),
})

const policy = createRoute({
  getParentRoute: () => family,
  path: '/$policy',
  validateSearch: bindingSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queries }, params, deps }) =>
    Promise.all([readPolicy(queries, params.policy), queries.fetchQuery(bindingsQuery(queries, params.policy, deps))]),
  component: lazyRouteComponent(() => import('./overview'), 'PolicyOverview'),
})

const editPolicy = createRoute({
  getParentRoute: () => family,
  path: '/$policy/edit',
  loader: ({ context, params }) => context.queries.fetchQuery(policyQuery(params.policy)),
  component: lazyRouteComponent(() => import('./edit'), 'EditPolicy'),
})

const bindPolicy = createRoute({
  getParentRoute: () => family,
  path: '/$policy/bind',
  validateSearch: bindSearch,
  loader: ({ context, params }) => readPolicy(context.queries, params.policy),
  component: lazyRouteComponent(() => import('./bind'), 'BindPolicy'),
})

export const policyRoutes = [family.addChildren([policies, newPolicy, policy, editPolicy, bindPolicy])] as const

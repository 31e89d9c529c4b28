import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { known } from '../../shell/known'
import { bindingSearch, bindingsQuery, policiesQuery, policyQuery, policySearch, readPolicy } from './queries'

const policies = createRoute({
  getParentRoute: () => known,
  path: '/policies',
  validateSearch: policySearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.fetchQuery(policiesQuery(deps)),
  component: lazyRouteComponent(() => import('./list'), 'PolicyList'),
})

const newPolicy = createRoute({
  getParentRoute: () => known,
  path: '/policies/new',
  component: lazyRouteComponent(() => import('./new'), 'NewPolicy'),
})

const policy = createRoute({
  getParentRoute: () => known,
  path: '/policies/$policy',
  validateSearch: bindingSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queries }, params, deps }) =>
    Promise.all([readPolicy(queries, params.policy), queries.fetchQuery(bindingsQuery(queries, params.policy, deps))]),
  component: lazyRouteComponent(() => import('./overview'), 'PolicyOverview'),
})

const editPolicy = createRoute({
  getParentRoute: () => known,
  path: '/policies/$policy/edit',
  loader: ({ context, params }) => context.queries.fetchQuery(policyQuery(params.policy)),
  component: lazyRouteComponent(() => import('./edit'), 'EditPolicy'),
})

const bindPolicy = createRoute({
  getParentRoute: () => known,
  path: '/policies/$policy/bind',
  validateSearch: bindingSearch,
  loader: ({ context, params }) => readPolicy(context.queries, params.policy),
  component: lazyRouteComponent(() => import('./bind'), 'BindPolicy'),
})

export const policyRoutes = [policies, newPolicy, policy, editPolicy, bindPolicy] as const

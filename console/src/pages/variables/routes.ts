import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { known } from '../../shell/known'
import { readVariables, variableSearch } from './queries'

const variables = createRoute({
  getParentRoute: () => known,
  path: '/groups/$group/variables',
  validateSearch: variableSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, params, deps }) => readVariables(context.queries, params.group, deps),
  component: lazyRouteComponent(() => import('./list'), 'VariableList'),
})

export const variableRoutes = [variables] as const

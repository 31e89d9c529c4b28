import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { known } from '../../shell/known'
import { stageQuery, stageSearch, stagesQuery } from './queries'

const stages = createRoute({
  getParentRoute: () => known,
  path: '/stages',
  validateSearch: stageSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.fetchQuery(stagesQuery(deps)),
  component: lazyRouteComponent(() => import('./list'), 'StageList'),
})

const newStage = createRoute({
  getParentRoute: () => known,
  path: '/stages/new',
  component: lazyRouteComponent(() => import('./new'), 'NewStage'),
})

const editStage = createRoute({
  getParentRoute: () => known,
  path: '/stages/$stage/edit',
  loader: ({ context, params }) => context.queries.fetchQuery(stageQuery(params.stage)),
  component: lazyRouteComponent(() => import('./edit'), 'EditStage'),
})

export const stageRoutes = [stages, newStage, editStage] as const

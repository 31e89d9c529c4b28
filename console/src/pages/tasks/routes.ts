import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { known } from '../../shell/known'
import { itemSearch, itemsQuery, taskQuery, taskSearch, tasksQuery } from './queries'

const tasks = createRoute({
  getParentRoute: () => known,
  path: '/tasks',
  validateSearch: taskSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.fetchQuery(tasksQuery(deps)),
  component: lazyRouteComponent(() => import('./list'), 'TaskList'),
})

const task = createRoute({
  getParentRoute: () => known,
  path: '/tasks/$task',
  validateSearch: itemSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps, params }) =>
    Promise.all([context.queries.fetchQuery(taskQuery(params.task)), context.queries.fetchQuery(itemsQuery(params.task, deps))]),
  component: lazyRouteComponent(() => import('./overview'), 'TaskOverview'),
})

export const taskRoutes = [tasks, task] as const

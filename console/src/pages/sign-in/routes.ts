import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { root } from '../../shell/known'
import { signInSearch } from './search'

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: signInSearch,
  component: lazyRouteComponent(() => import('./sign-in'), 'SignIn'),
})

export const signInRoutes = [signIn] as const

// The map of the console: the routes of each noun. A route reads its URL, awaits what its page shows, and names the page;
// the page is fetched when it is first needed.
import type { QueryClient } from '@tanstack/react-query'
import { createRouter } from '@tanstack/react-router'
import { accessListRoutes } from './pages/access-lists/routes'
import { accessRoutes } from './pages/accesses/routes'
import { apiRoutes } from './pages/apis/routes'
import { appQuotaRoutes } from './pages/app-quotas/routes'
import { appRoutes } from './pages/apps/routes'
import { auditRoutes } from './pages/audit/routes'
import { backendServiceRoutes } from './pages/backend-services/routes'
import { blackListRoutes } from './pages/black-lists/routes'
import { certificateRoutes } from './pages/certificates/routes'
import { channelRoutes } from './pages/channels/routes'
import { domainRoutes } from './pages/domains/routes'
import { grantRoutes } from './pages/grants/routes'
import { groupRoutes } from './pages/groups/routes'
import { instanceRoutes } from './pages/instance/routes'
import { metricsRoutes } from './pages/metrics/routes'
import { nodeRoutes } from './pages/nodes/routes'
import { policyRoutes } from './pages/policies/routes'
import { quotaRoutes } from './pages/quotas/routes'
import { signInRoutes } from './pages/sign-in/routes'
import { stageRoutes } from './pages/stages/routes'
import { startRoutes } from './pages/start/routes'
import { taskRoutes } from './pages/tasks/routes'
import { userRoutes } from './pages/users/routes'
import { variableRoutes } from './pages/variables/routes'
import { Failed } from './shell/failed'
import { known, root } from './shell/known'

const tree = root.addChildren([
  ...signInRoutes,
  known.addChildren([
    ...accessListRoutes,
    ...accessRoutes,
    ...apiRoutes,
    ...appQuotaRoutes,
    ...appRoutes,
    ...auditRoutes,
    ...backendServiceRoutes,
    ...blackListRoutes,
    ...certificateRoutes,
    ...channelRoutes,
    ...domainRoutes,
    ...grantRoutes,
    ...groupRoutes,
    ...instanceRoutes,
    ...metricsRoutes,
    ...nodeRoutes,
    ...policyRoutes,
    ...quotaRoutes,
    ...stageRoutes,
    ...startRoutes,
    ...taskRoutes,
    ...userRoutes,
    ...variableRoutes,
  ]),
])

export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: tree,
    basepath: '/console',
    context: { queries },
    defaultErrorComponent: Failed,
    defaultPreload: 'intent',
    // Queries decide what is fresh.
    defaultPreloadStaleTime: 0,
    defaultStaleReloadMode: 'blocking',
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}

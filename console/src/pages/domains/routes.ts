import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { known } from '../../shell/known'
import { namedSearch } from '../../ui/list/search'
import { groupQuery } from '../groups/queries'
import { stagesOfQuery } from '../stages/queries'
import { domainsQuery } from './queries'

const domains = createRoute({
  getParentRoute: () => known,
  path: '/groups/$group/domains',
  validateSearch: namedSearch,
  loaderDeps: ({ search }) => search,
  loader: async ({ context: { queries }, params, deps }) => {
    const domains = queries.fetchQuery(domainsQuery(params.group, deps))
    const { dialect } = await queries.fetchQuery(groupQuery(params.group))
    await Promise.all([domains, queries.fetchQuery(stagesOfQuery(dialect))])
  },
  component: lazyRouteComponent(() => import('./list'), 'DomainList'),
})

export const domainRoutes = [domains] as const

import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { known } from '../../shell/known'
import { listSearch, namedSearch } from '../../ui/list/search'
import { channelQuery, channelsQuery, healthQuery } from './queries'

const channels = createRoute({
  getParentRoute: () => known,
  path: '/channels',
  validateSearch: namedSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.fetchQuery(channelsQuery(deps)),
  component: lazyRouteComponent(() => import('./list'), 'ChannelList'),
})

const newChannel = createRoute({
  getParentRoute: () => known,
  path: '/channels/new',
  component: lazyRouteComponent(() => import('./new'), 'NewChannel'),
})

const channel = createRoute({
  getParentRoute: () => known,
  path: '/channels/$channel',
  validateSearch: listSearch,
  loader: ({ context: { queries }, params }) => {
    // The page shows by itself that this failed.
    void queries.prefetchQuery(healthQuery(params.channel))
    return queries.fetchQuery(channelQuery(params.channel))
  },
  component: lazyRouteComponent(() => import('./overview'), 'ChannelOverview'),
})

const editChannel = createRoute({
  getParentRoute: () => known,
  path: '/channels/$channel/edit',
  loader: ({ context, params }) => context.queries.fetchQuery(channelQuery(params.channel)),
  component: lazyRouteComponent(() => import('./edit'), 'EditChannel'),
})

export const channelRoutes = [channels, newChannel, channel, editChannel] as const

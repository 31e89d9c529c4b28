// Every URL of the console that is not a link to a typed route, and the order of the menu.
// `to` is a route of `routes.tsx`; the router checks it when compiled.
import { linkOptions } from '@tanstack/react-router'
import type { ListSearch } from './ui/list/search'

export const paths = {
  home: () => linkOptions({ to: '/groups' }),
  signIn: (back: string) => linkOptions({ to: '/sign-in', search: { back } }),
  groups: (search: ListSearch = {}) => linkOptions({ to: '/groups', search }),
  newGroup: () => linkOptions({ to: '/groups/new' }),
  group: (group: string) => linkOptions({ to: '/groups/$group', params: { group } }),
  editGroup: (group: string) => linkOptions({ to: '/groups/$group/edit', params: { group } }),
  apis: (search: ListSearch & { readonly group?: string } = {}) => linkOptions({ to: '/apis', search }),
}

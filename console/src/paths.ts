// Every URL of the console that is not a link to a typed route, and the order of the menu.
// `to` is a route of some `routes.ts`; the router checks it when compiled.
import { linkOptions } from '@tanstack/react-router'
import type { AccessListSearch } from './pages/access-lists/queries'
import type { BlackListSearch } from './pages/black-lists/queries'
import type { NewGrantSearch } from './pages/grants/queries'
import type { ItemSearch } from './pages/tasks/queries'
import type { DebugSearch } from './pages/apis/debug/search'
import type { HistorySearch } from './pages/apis/history/search'
import type { ServiceListSearch, ServiceSearch } from './pages/backend-services/queries'
import { type Family, familyOf, type PolicyKind } from './pages/policies/families'
import type { PolicySearch } from './pages/policies/queries'
import type { ListSearch } from './ui/list/search'

/** What a policy's page is found by. */
interface PolicyRef {
  readonly id: string
  readonly kind: PolicyKind
}

export const paths = {
  home: () => linkOptions({ to: '/groups' }),
  signIn: (back: string) => linkOptions({ to: '/sign-in', search: { back } }),
  groups: (search: ListSearch = {}) => linkOptions({ to: '/groups', search }),
  newGroup: () => linkOptions({ to: '/groups/new' }),
  group: (group: string) => linkOptions({ to: '/groups/$group', params: { group } }),
  editGroup: (group: string) => linkOptions({ to: '/groups/$group/edit', params: { group } }),
  apis: (search: ListSearch & { readonly group?: string } = {}) => linkOptions({ to: '/apis', search }),
  apps: (search: ListSearch = {}) => linkOptions({ to: '/apps', search }),
  newApp: () => linkOptions({ to: '/apps/new' }),
  app: (app: string) => linkOptions({ to: '/apps/$app', params: { app } }),
  editApp: (app: string) => linkOptions({ to: '/apps/$app/edit', params: { app } }),
  grants: (search: ListSearch & { readonly app?: string; readonly api?: string; readonly group?: string; readonly stage?: string } = {}) => linkOptions({ to: '/grants', search }),
  newGrants: (search: NewGrantSearch = {}) => linkOptions({ to: '/grants/new', search }),
  appQuotas: (search: ListSearch = {}) => linkOptions({ to: '/app-quotas', search }),
  newAppQuota: () => linkOptions({ to: '/app-quotas/new' }),
  appQuota: (quota: string) => linkOptions({ to: '/app-quotas/$quota', params: { quota } }),
  editAppQuota: (quota: string) => linkOptions({ to: '/app-quotas/$quota/edit', params: { quota } }),
  blackLists: (search: BlackListSearch = {}) => linkOptions({ to: '/black-lists', search }),
  newBlackList: (search: Pick<BlackListSearch, 'kind'> = {}) => linkOptions({ to: '/black-lists/new', search }),
  blackList: (list: string) => linkOptions({ to: '/black-lists/$list', params: { list } }),
  editBlackList: (list: string) => linkOptions({ to: '/black-lists/$list/edit', params: { list } }),
  users: (search: ListSearch = {}) => linkOptions({ to: '/users', search }),
  newUser: () => linkOptions({ to: '/users/new' }),
  user: (user: string) => linkOptions({ to: '/users/$user', params: { user } }),
  quotas: () => linkOptions({ to: '/quotas' }),
  audit: () => linkOptions({ to: '/audit' }),
  tasks: () => linkOptions({ to: '/tasks' }),
  task: (task: string, search: ItemSearch = {}) => linkOptions({ to: '/tasks/$task', params: { task }, search }),
  instance: () => linkOptions({ to: '/instance' }),
  accessLists: (search: AccessListSearch = {}) => linkOptions({ to: '/access-lists', search }),
  newAccessList: () => linkOptions({ to: '/access-lists/new' }),
  accessList: (list: string) => linkOptions({ to: '/access-lists/$list', params: { list } }),
  editAccessList: (list: string) => linkOptions({ to: '/access-lists/$list/edit', params: { list } }),
  metrics: () => linkOptions({ to: '/metrics' }),
  nodes: () => linkOptions({ to: '/nodes' }),
  stages: (search: ListSearch = {}) => linkOptions({ to: '/stages', search }),
  newStage: () => linkOptions({ to: '/stages/new' }),
  editStage: (stage: string) => linkOptions({ to: '/stages/$stage/edit', params: { stage } }),
  domains: (group: string) => linkOptions({ to: '/groups/$group/domains', params: { group } }),
  variables: (group: string) => linkOptions({ to: '/groups/$group/variables', params: { group } }),
  accesses: (search: ListSearch = {}) => linkOptions({ to: '/backend-accesses', search }),
  newAccess: () => linkOptions({ to: '/backend-accesses/new' }),
  access: (access: string) => linkOptions({ to: '/backend-accesses/$access', params: { access } }),
  editAccess: (access: string) => linkOptions({ to: '/backend-accesses/$access/edit', params: { access } }),
  channels: (search: ListSearch = {}) => linkOptions({ to: '/channels', search }),
  newChannel: () => linkOptions({ to: '/channels/new' }),
  channel: (channel: string) => linkOptions({ to: '/channels/$channel', params: { channel } }),
  editChannel: (channel: string) => linkOptions({ to: '/channels/$channel/edit', params: { channel } }),
  certificates: (search: ListSearch = {}) => linkOptions({ to: '/certificates', search }),
  newCertificate: () => linkOptions({ to: '/certificates/new' }),
  certificate: (certificate: string) => linkOptions({ to: '/certificates/$certificate', params: { certificate } }),
  editCertificate: (certificate: string) => linkOptions({ to: '/certificates/$certificate/edit', params: { certificate } }),
  policies: (family: Family, search: PolicySearch = {}) => linkOptions({ to: '/policies/$family', params: { family }, search }),
  newPolicy: (family: Family) => linkOptions({ to: '/policies/$family/new', params: { family } }),
  policy: ({ id, kind }: PolicyRef) => linkOptions({ to: '/policies/$family/$policy', params: { family: familyOf(kind), policy: id } }),
  editPolicy: ({ id, kind }: PolicyRef) => linkOptions({ to: '/policies/$family/$policy/edit', params: { family: familyOf(kind), policy: id } }),
  bindPolicy: ({ id, kind }: PolicyRef) => linkOptions({ to: '/policies/$family/$policy/bind', params: { family: familyOf(kind), policy: id } }),
  backendServices: (search: ServiceListSearch = {}) => linkOptions({ to: '/backend-services', search }),
  newBackendService: () => linkOptions({ to: '/backend-services/new' }),
  backendService: (service: string, search: ServiceSearch = {}) => linkOptions({ to: '/backend-services/$service', params: { service }, search }),
  editBackendService: (service: string) => linkOptions({ to: '/backend-services/$service/edit', params: { service } }),
  defineBackendService: (service: string, stage: string) => linkOptions({ to: '/backend-services/$service/definitions/$stage', params: { service, stage } }),
  newApi: (search: { readonly group?: string } = {}) => linkOptions({ to: '/apis/new', search }),
  api: (api: string) => linkOptions({ to: '/apis/$api', params: { api } }),
  editApi: (api: string) => linkOptions({ to: '/apis/$api/edit', params: { api } }),
  debugApi: (api: string, search: DebugSearch = {}) => linkOptions({ to: '/apis/$api/debug', params: { api }, search }),
  apiMetrics: (api: string) => linkOptions({ to: '/apis/$api/metrics', params: { api } }),
  apiHistory: (api: string, search: HistorySearch = {}) => linkOptions({ to: '/apis/$api/history', params: { api }, search }),
  start: (search: { readonly api?: string } = {}) => linkOptions({ to: '/start', search }),
}

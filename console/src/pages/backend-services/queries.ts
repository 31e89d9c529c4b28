// What the pages of backend services read and change.
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { answer, client, type Schemas, unchanged } from '../../api/client'
import { isUnreadable, readable } from '../../api/page'
import { listSearch, type NamedSearch, namedSearch, oneOf, paging, present, text } from '../../ui/list/search'
import { names } from '../../ui/names'
import type { Api } from '../apis/queries'
import { type Stage, stagesOfQuery } from '../stages/queries'
import { placeOf } from './target'

export type BackendService = Schemas['BackendServiceView']
export type Definition = Schemas['ServiceDefinition']
export type Target = Schemas['ServiceTarget']
export type ServiceKind = Schemas['ServiceKind']
export type Defined = Schemas['DefinedView']

/** What accesses and channels are called, by their ids. */
export type Places = Readonly<Record<string, string>>

/** A service, with what its definitions name. */
export type ServiceRow = BackendService & { readonly places: Places }

export const serviceKinds = ['http', 'access', 'channel', 'mock'] as const satisfies readonly ServiceKind[]

export interface ServiceListSearch extends NamedSearch {
  readonly kind?: ServiceKind
}

export function serviceListSearch(raw: Record<string, unknown>): ServiceListSearch {
  return { ...namedSearch(raw), ...present({ kind: oneOf(raw, 'kind', serviceKinds) }) }
}

export interface ServiceSearch extends NamedSearch {
  /** The stage that is shown; absent: the drafts. */
  readonly tab?: string
  /** The task whose results are shown. */
  readonly task?: string
}

export function serviceSearch(raw: Record<string, unknown>): ServiceSearch {
  const { search: _search, ...list } = namedSearch(raw)
  return { ...list, ...present({ tab: text(raw, 'tab'), task: text(raw, 'task') }) }
}

export const servicesKey = ['backend-services'] as const

export function servicesQuery(queries: QueryClient, search: ServiceListSearch) {
  const query = present({ search: search.search, kind: search.kind, ...paging(search) })
  return queryOptions({
    queryKey: [...servicesKey, 'list', query],
    queryFn: async ({ signal }) => {
      const page = await answer(client.GET('/api/v1/backend-services', { params: { query }, signal }))
      const places = await placesOf(queries, readable<BackendService>(page).flatMap(targets))
      return { ...page, items: page.items.map((item) => (isUnreadable(item) ? item : { ...item, places })) }
    },
  })
}

export function serviceQuery(queries: QueryClient, backend_service: string) {
  return queryOptions({
    queryKey: [...servicesKey, backend_service],
    queryFn: async ({ signal }): Promise<ServiceRow> => {
      const service = await answer(client.GET('/api/v1/backend-services/{backend_service}', { params: { path: { backend_service } }, signal }))
      return { ...service, places: await placesOf(queries, targets(service)) }
    },
  })
}

function targets({ definitions = [] }: BackendService): readonly Target[] {
  return definitions.map(({ target }) => target)
}

async function placesOf(queries: QueryClient, targets: readonly Target[]): Promise<Places> {
  const places = targets.map(placeOf)
  const [accesses, channels] = await Promise.all([
    names(queries, 'access', places.map(({ access }) => access)),
    names(queries, 'channel', places.map(({ channel }) => channel)),
  ])
  return Object.fromEntries([...accesses, ...channels])
}

/** An API whose draft uses the service. */
export type DraftRow = Api & { readonly groupName: string }

export function draftsQuery(queries: QueryClient, backend_service: string, search: NamedSearch) {
  const query = { backend_service, ...paging(search) }
  return queryOptions({
    queryKey: [...servicesKey, backend_service, 'drafts', query],
    queryFn: async ({ signal }) => {
      const page = await answer(client.GET('/api/v1/apis', { params: { query }, signal }))
      const groups = await names(queries, 'group', readable<Api>(page).map(({ group }) => group))
      return { ...page, items: page.items.map((item) => (isUnreadable(item) ? item : { ...item, groupName: groups.get(item.group) ?? item.group })) }
    },
  })
}

/** An API that is published in a stage and uses the service, with names. */
export type PublishedRow = Schemas['DeploymentView'] & { readonly apiName: string; readonly groupName: string; readonly places: Places }

export function publishedQuery(queries: QueryClient, backend_service: string, stage: string, search: NamedSearch) {
  // What is published has no name of its own.
  const query = { backend_service, stage, ...paging(listSearch({ ...search })) }
  return queryOptions({
    queryKey: [...servicesKey, backend_service, 'published', query],
    queryFn: async ({ signal }) => {
      const page = await answer(client.GET('/api/v1/deployments', { params: { query }, signal }))
      const rows = readable<Schemas['DeploymentView']>(page)
      const [apis, groups, places] = await Promise.all([
        names(queries, 'api', rows.map(({ api }) => api)),
        names(queries, 'group', rows.map(({ group }) => group)),
        placesOf(queries, rows.flatMap(({ service }) => (service ? [service.target] : []))),
      ])
      const named = (row: Schemas['DeploymentView']): PublishedRow => ({ ...row, apiName: apis.get(row.api) ?? row.api, groupName: groups.get(row.group) ?? row.group, places })
      return { ...page, items: page.items.map((item) => (isUnreadable(item) ? item : named(item))) }
    },
  })
}

/** How many drafts and how many published APIs use the service. */
export function usersQuery(backend_service: string) {
  const query = { backend_service, limit: 1, count: true }
  return queryOptions({
    queryKey: [...servicesKey, backend_service, 'users'],
    queryFn: async ({ signal }) => {
      const [drafts, published] = await Promise.all([
        answer(client.GET('/api/v1/apis', { params: { query }, signal })),
        answer(client.GET('/api/v1/deployments', { params: { query }, signal })),
      ])
      return { drafts: drafts.total ?? 0, published: published.total ?? 0 }
    },
  })
}

const FIRST = ['TEST', 'PRE', 'RELEASE']

/** Stages in the order in which an API passes through them; those of one's own come last. */
export function inOrder(stages: readonly Stage[]): readonly Stage[] {
  const place = ({ name }: Stage) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length)
  return stages.toSorted((one, other) => place(one) - place(other))
}

/** The stages that services have definitions for: one dialect has services. */
export const stagesQuery = stagesOfQuery('alibaba')

export function createService(body: Schemas['BackendServiceDraft']): Promise<BackendService> {
  return answer(client.POST('/api/v1/backend-services', { body }))
}

export function updateService(service: BackendService, body: Schemas['BackendServicePatch']): Promise<BackendService> {
  return answer(client.PATCH('/api/v1/backend-services/{backend_service}', { params: at(service), body }))
}

export function deleteService(service: BackendService): Promise<unknown> {
  return answer(client.DELETE('/api/v1/backend-services/{backend_service}', { params: at(service) }))
}

/** What is published in the stage follows by the task, if there is any. */
export function define(service: BackendService, stage: string, body: Schemas['ServiceDefinitionDraft']): Promise<Defined> {
  return answer(client.PUT('/api/v1/backend-services/{backend_service}/definitions/{stage}', { params: of(service, stage), body }))
}

/** What is published in the stage goes offline by the task, if there is any. */
export function undefine(service: BackendService, stage: string): Promise<Defined> {
  return answer(client.DELETE('/api/v1/backend-services/{backend_service}/definitions/{stage}', { params: of(service, stage) }))
}

function at(service: BackendService) {
  return { path: { backend_service: service.id }, header: unchanged(service) }
}

function of(service: BackendService, stage: string) {
  return { path: { backend_service: service.id, stage }, header: unchanged(service) }
}

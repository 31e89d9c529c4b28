// What can be opened by name. A noun with a page of its own adds its line here.
import { queryOptions } from '@tanstack/react-query'
import type { LinkOptions } from '@tanstack/react-router'
import { answer, client } from '../../api/client'
import { readable } from '../../api/page'
import type { Messages } from '../../i18n/types'
import { familyOf } from '../../pages/policies/families'
import { paths } from '../../paths'

export interface Found {
  readonly label: string
  readonly kind: string
  readonly link: LinkOptions
}

const LIMIT = 8

const finds = [groups, apis, apps, users, accesses, channels, certificates, services, policies, stages, domains, appQuotas, blackLists, accessLists]

export function foundQuery(search: string, t: Messages) {
  return queryOptions({
    queryKey: ['found', search],
    queryFn: async (): Promise<Found[]> => (await Promise.all(finds.map((find) => find(search, t)))).flat(),
  })
}

async function groups(search: string, t: Messages): Promise<Found[]> {
  const page = await answer(client.GET('/api/v1/groups', { params: { query: { search, limit: LIMIT } } }))
  return readable(page).map(({ id, name }) => ({ label: name, kind: t.groups.one, link: paths.group(id) }))
}

async function apps(search: string, t: Messages): Promise<Found[]> {
  const page = await answer(client.GET('/api/v1/apps', { params: { query: { search, limit: LIMIT } } }))
  return readable(page).map(({ id, name }) => ({ label: name, kind: t.apps.one, link: paths.app(id) }))
}

async function users(search: string, t: Messages): Promise<Found[]> {
  const page = await answer(client.GET('/api/v1/users', { params: { query: { search, limit: LIMIT } } }))
  return readable(page).map(({ id, name }) => ({ label: name, kind: t.users.one, link: paths.user(id) }))
}

async function accesses(search: string, t: Messages): Promise<Found[]> {
  const page = await answer(client.GET('/api/v1/backend-accesses', { params: { query: { search, limit: LIMIT } } }))
  return readable(page).map(({ id, name }) => ({ label: name, kind: t.accesses.one, link: paths.access(id) }))
}

async function channels(search: string, t: Messages): Promise<Found[]> {
  const page = await answer(client.GET('/api/v1/channels', { params: { query: { search, limit: LIMIT } } }))
  return readable(page).map(({ id, name }) => ({ label: name, kind: t.channels.one, link: paths.channel(id) }))
}

async function certificates(search: string, t: Messages): Promise<Found[]> {
  const page = await answer(client.GET('/api/v1/certificates', { params: { query: { search, limit: LIMIT } } }))
  return readable(page).map(({ id, name }) => ({ label: name, kind: t.certificates.one, link: paths.certificate(id) }))
}

async function policies(search: string, t: Messages): Promise<Found[]> {
  const page = await answer(client.GET('/api/v1/policies', { params: { query: { search, limit: LIMIT } } }))
  return readable(page).map((policy) => ({ label: policy.name, kind: t.policies.families[familyOf(policy.kind)].title, link: paths.policy(policy) }))
}

async function stages(search: string, t: Messages): Promise<Found[]> {
  const page = await answer(client.GET('/api/v1/stages', { params: { query: { search, limit: LIMIT } } }))
  return readable(page).map(({ id, name, dialect }) => ({ label: name, kind: t.terms[dialect].stage, link: paths.editStage(id) }))
}

async function domains(search: string, t: Messages): Promise<Found[]> {
  const page = await answer(client.GET('/api/v1/domains', { params: { query: { search, limit: LIMIT } } }))
  return readable(page).map(({ host, group }) => ({ label: host, kind: t.domains.host, link: paths.domains(group) }))
}

async function appQuotas(search: string, t: Messages): Promise<Found[]> {
  const page = await answer(client.GET('/api/v1/app-quotas', { params: { query: { search, limit: LIMIT } } }))
  return readable(page).map(({ id, name }) => ({ label: name, kind: t.appQuotas.one, link: paths.appQuota(id) }))
}

async function blackLists(search: string, t: Messages): Promise<Found[]> {
  const page = await answer(client.GET('/api/v1/black-lists', { params: { query: { search, limit: LIMIT } } }))
  return readable(page).map(({ id, name }) => ({ label: name, kind: t.blackLists.one, link: paths.blackList(id) }))
}

async function accessLists(search: string, t: Messages): Promise<Found[]> {
  const page = await answer(client.GET('/api/v1/access-lists', { params: { query: { search, limit: LIMIT } } }))
  return readable(page).map(({ id, name }) => ({ label: name, kind: t.accessLists.one, link: paths.accessList(id) }))
}

async function services(search: string, t: Messages): Promise<Found[]> {
  const page = await answer(client.GET('/api/v1/backend-services', { params: { query: { search, limit: LIMIT } } }))
  return readable(page).map(({ id, name }) => ({ label: name, kind: t.backendServices.one, link: paths.backendService(id) }))
}

async function apis(search: string, t: Messages): Promise<Found[]> {
  const page = await answer(client.GET('/api/v1/apis', { params: { query: { search, limit: LIMIT } } }))
  return readable(page).map(({ id, definition }) => ({ label: definition.name, kind: t.apis.one, link: paths.api(id) }))
}

// APIs of a list as `paifang apply` reads them: where they are deployed, and what their backends are called, is read for it.
import type { QueryClient } from '@tanstack/react-query'
import { names } from '../../../ui/names'
import { groupQuery } from '../../groups/queries'
import { allStagesQuery } from '../around'
import { deploymentsQuery } from '../deployments'
import { apiDocument } from '../document'
import type { Api } from '../queries'

export async function documentOf(queries: QueryClient, api: Api): Promise<Record<string, unknown>> {
  const { backend, backend_policies: policies = [] } = api.definition
  const [group, stages, deployments, backends] = await Promise.all([
    queries.fetchQuery(groupQuery(api.group)),
    queries.fetchQuery(allStagesQuery),
    queries.fetchQuery(deploymentsQuery(api.id)),
    backendNames(queries, [backend, ...policies.map((policy) => policy.backend)]),
  ])
  const stageName = (stage: string) => stages.find(({ id }) => id === stage)?.name ?? stage
  const online = deployments.filter((deployment) => deployment.online)
  return apiDocument(api, { group, stages: online.map(({ stage }) => stageName(stage)), backends })
}

async function backendNames(queries: QueryClient, backends: readonly Api['definition']['backend'][]): Promise<ReadonlyMap<string, string>> {
  const to = backends.flatMap((backend) => (backend.kind === 'http' ? [backend.to] : []))
  const all = await Promise.all([
    names(queries, 'access', to.map((one) => (one.kind === 'access' ? one.access : undefined))),
    names(queries, 'channel', to.map((one) => (one.kind === 'channel' ? one.channel : undefined))),
    names(queries, 'service', backends.map((backend) => (backend.kind === 'service' ? backend.service : undefined))),
  ])
  return new Map(all.flatMap((found) => [...found]))
}

// What every page of one API has at hand; the route awaited it.
import { useSuspenseQuery } from '@tanstack/react-query'
import { groupQuery } from '../groups/queries'
import { callAddressQuery } from './around'
import { stagesOfQuery } from '../stages/queries'
import { deploymentsQuery } from './deployments'
import { apiQuery } from './queries'

export function useApi(id: string) {
  const { data: api } = useSuspenseQuery(apiQuery(id))
  const { data: group } = useSuspenseQuery(groupQuery(api.group))
  const { data: stages } = useSuspenseQuery(stagesOfQuery(group.dialect))
  const { data: deployments } = useSuspenseQuery(deploymentsQuery(id))
  const { data: address } = useSuspenseQuery(callAddressQuery)
  const stageName = (stage: string) => stages.find((one) => one.id === stage)?.name ?? stage
  const online = deployments.filter((deployment) => deployment.online)
  return { api, group, stages, deployments, online, address, stageName }
}

export type AboutApi = ReturnType<typeof useApi>

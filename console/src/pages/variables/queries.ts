// What the page of a group's variables reads and changes.
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { answer, client, type Schemas, unchanged } from '../../api/client'
import { type NamedSearch, namedSearch, paging, present, text } from '../../ui/list/search'
import { groupQuery } from '../groups/queries'
import { type Stage, stagesOfQuery } from '../stages/queries'

export type Variable = Schemas['VariableView']

export interface VariableSearch extends NamedSearch {
  /** The stage's id; absent: the first that there is. */
  readonly stage?: string
}

export function variableSearch(raw: Record<string, unknown>): VariableSearch {
  return { ...namedSearch(raw), ...present({ stage: text(raw, 'stage') }) }
}

export const variablesKey = ['variables'] as const

/** The stage that is shown. */
export function shownStage({ stage }: VariableSearch, stages: readonly Stage[]): Stage {
  const shown = stages.find(({ id }) => id === stage) ?? stages.find(({ name }) => name === 'RELEASE') ?? stages[0]
  if (shown === undefined) throw new Error('there is no stage')
  return shown
}

export function variablesQuery(group: string, stage: string, search: VariableSearch) {
  const query = present({ search: search.search, ...paging(search) })
  return queryOptions({
    queryKey: [...variablesKey, 'list', group, stage, query],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/groups/{group}/stages/{stage}/variables', { params: { path: { group, stage }, query }, signal })),
  })
}

/** Reads all that the page shows. */
export async function readVariables(queries: QueryClient, group: string, search: VariableSearch): Promise<void> {
  const { dialect } = await queries.fetchQuery(groupQuery(group))
  const stages = await queries.fetchQuery(stagesOfQuery(dialect))
  await queries.fetchQuery(variablesQuery(group, shownStage(search, stages).id, search))
}

export function addVariable(group: string, stage: string, body: Schemas['VariableDraft']): Promise<Variable> {
  return answer(client.POST('/api/v1/groups/{group}/stages/{stage}/variables', { params: { path: { group, stage } }, body }))
}

export function changeVariable(variable: Variable, body: Schemas['VariablePatch']): Promise<Variable> {
  return answer(client.PATCH('/api/v1/groups/{group}/stages/{stage}/variables/{variable}', { params: at(variable), body }))
}

export function deleteVariable(variable: Variable): Promise<unknown> {
  return answer(client.DELETE('/api/v1/groups/{group}/stages/{stage}/variables/{variable}', { params: at(variable) }))
}

function at(variable: Variable) {
  const { group, stage, name } = variable
  return { path: { group, stage, variable: name }, header: unchanged(variable) }
}
